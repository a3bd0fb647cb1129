import { randomBytes } from 'node:crypto';
import { acceptedSecrets, ConfigError, loadConfig, secret } from '@commerce/kit/config';
import { z } from 'zod';
import { internalKeys } from './internal-keys.ts';
import { serviceNames } from './service-names.ts';

// Prints the keys between services, for whoever runs each service by itself: a block of variables a service.
const variables = z.object({
  INTERNAL_TOKEN_SECRET: secret.optional(),
  INTERNAL_TOKEN_SECRET_ALSO_ACCEPTED: secret.optional(),
});

try {
  const config = loadConfig(variables);
  const current = config.INTERNAL_TOKEN_SECRET ?? randomBytes(32).toString('base64url');
  if (config.INTERNAL_TOKEN_SECRET === undefined) {
    process.stdout.write(
      `# Made now. Keep it where no service reads it.\nINTERNAL_TOKEN_SECRET=${current}\n\n`,
    );
  }
  const secrets = acceptedSecrets(current, config.INTERNAL_TOKEN_SECRET_ALSO_ACCEPTED);
  for (const name of serviceNames) {
    const lines = Object.entries(internalKeys(name, secrets)).filter(([, value]) => value !== undefined);
    process.stdout.write(`# ${name}\n${lines.map(([key, value]) => `${key}=${value}\n`).join('')}\n`);
  }
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
