import { ConfigError, loadConfig, postgresUrl } from '@commerce/kit/config';
import { z } from 'zod';
import { databaseNames } from './databases.ts';
import { migrateAll } from './migrate-databases.ts';
import { databaseVariable } from './service-environment.ts';
import { StartError } from './start-error.ts';

/** Brings the databases up to date whose URLs are in the environment: for services that run apart, which do not
 *  migrate by themselves. Instances may do it at once; the first does the work. */
const databaseUrls = z
  .object({
    USERS_DATABASE_URL: postgresUrl.optional(),
    CATALOG_DATABASE_URL: postgresUrl.optional(),
    CART_DATABASE_URL: postgresUrl.optional(),
    ORDERS_DATABASE_URL: postgresUrl.optional(),
    PAYMENTS_DATABASE_URL: postgresUrl.optional(),
  })
  .refine((urls) => Object.values(urls).some((url) => url !== undefined), {
    path: ['*_DATABASE_URL'],
    message: 'at least one must be set',
  });

try {
  const variables = loadConfig(databaseUrls);
  const urls = Object.fromEntries(
    databaseNames.flatMap((name) => {
      const url = variables[databaseVariable(name)];
      return url === undefined ? [] : [[name, url]];
    }),
  );
  await migrateAll(urls);
  for (const name of Object.keys(urls)) process.stdout.write(`${name}: up to date\n`);
} catch (error) {
  if (!(error instanceof StartError || error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
