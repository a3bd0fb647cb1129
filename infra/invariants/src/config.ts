import { parseArgs } from 'node:util';
import { ConfigError, httpUrl, loadConfig, postgresUrl } from '@commerce/kit/config';
import { z } from 'zod';
import { findEmbeddedShop } from './embedded-shop.ts';
import type { DatabaseUrls } from './invariant.ts';
import type { Mode } from './plan-checks.ts';

export type InvariantsConfig = {
  urls: DatabaseUrls;
  mode: Mode;
  settleSeconds: number;
  ackedFile: string | null;
};

type Environment = Readonly<Record<string, string | undefined>>;

const urlVariables = z.object({
  USERS_DATABASE_URL: postgresUrl,
  CATALOG_DATABASE_URL: postgresUrl,
  CART_DATABASE_URL: postgresUrl,
  ORDERS_DATABASE_URL: postgresUrl,
  PAYMENTS_DATABASE_URL: postgresUrl.optional(),
});

// As the launcher reads them: where payments go elsewhere, the embedded ledger is not what they are in.
const shopVariables = z.object({
  DATA_DIR: z.string().default('.data'),
  PAYMENT_PROVIDER: z.string().default('demo'),
  PAYMENT_PROVIDER_URL: httpUrl.optional(),
});

const settleSeconds = z.coerce.number().min(0).max(3_600);

/** @throws ConfigError */
export async function loadInvariantsConfig(
  env: Environment,
  args: readonly string[],
): Promise<InvariantsConfig> {
  const { live, 'settle-seconds': settle, acked } = parseOptions(args);
  const seconds = settleSeconds.safeParse(settle);
  if (!seconds.success) throw new ConfigError(['--settle-seconds: must be a number from 0 to 3600']);
  if (live && seconds.data > 0) throw new ConfigError(['--settle-seconds: nothing settles with --live']);
  return {
    urls: await findUrls(env),
    mode: live ? 'live' : 'quiet',
    settleSeconds: seconds.data,
    ackedFile: acked ?? null,
  };
}

function parseOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        live: { type: 'boolean', default: false },
        'settle-seconds': { type: 'string', default: '0' },
        acked: { type: 'string' },
      },
    }).values;
  } catch (cause) {
    throw new ConfigError([cause instanceof Error ? cause.message : String(cause)]);
  }
}

async function findUrls(env: Environment): Promise<DatabaseUrls> {
  const isGiven = Object.keys(urlVariables.shape).some((name) => env[name]);
  if (!isGiven) return await findEmbeddedUrls(env);
  const urls = loadConfig(urlVariables, env);
  return {
    users: urls.USERS_DATABASE_URL,
    catalog: urls.CATALOG_DATABASE_URL,
    cart: urls.CART_DATABASE_URL,
    orders: urls.ORDERS_DATABASE_URL,
    ...(urls.PAYMENTS_DATABASE_URL === undefined ? {} : { payments: urls.PAYMENTS_DATABASE_URL }),
  };
}

async function findEmbeddedUrls(env: Environment): Promise<DatabaseUrls> {
  const shop = loadConfig(shopVariables, env);
  const { payments, ...urls } = await findEmbeddedShop(shop.DATA_DIR);
  const isLedgerOurs = shop.PAYMENT_PROVIDER === 'demo' && shop.PAYMENT_PROVIDER_URL === undefined;
  return isLedgerOurs ? { ...urls, payments } : urls;
}
