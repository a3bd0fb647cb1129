import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ConfigError } from '@commerce/kit/config';
import { z } from 'zod';
import type { DatabaseName } from './invariant.ts';

// What the launcher keeps in its data folder.
const secretsFile = z.object({
  rolePasswords: z.object({
    users: z.string(),
    catalog: z.string(),
    cart: z.string(),
    orders: z.string(),
    payments: z.string(),
  }),
});
const portLine = z.string().regex(/^\d+$/);
/** Of Postgres' postmaster.pid, from 0. */
const PORT_LINE = 3;

/** The databases of the embedded shop that runs on a data folder.
 *  @throws ConfigError where none does */
export async function findEmbeddedShop(directory: string): Promise<Record<DatabaseName, string>> {
  const root = path.resolve(directory);
  const [secrets, pidFile] = await Promise.all([
    readText(path.join(root, 'secrets.json')),
    readText(path.join(root, 'postgres', 'data', 'postmaster.pid')),
  ]);
  const passwords = secretsFile.safeParse(parseJson(secrets));
  const port = portLine.safeParse(pidFile.split('\n')[PORT_LINE]);
  if (!passwords.success || !port.success) throw noShop(root);
  const { rolePasswords } = passwords.data;
  const urlOf = (name: DatabaseName) =>
    `postgres://${name}:${rolePasswords[name]}@127.0.0.1:${port.data}/${name}`;
  return {
    users: urlOf('users'),
    catalog: urlOf('catalog'),
    cart: urlOf('cart'),
    orders: urlOf('orders'),
    payments: urlOf('payments'),
  };
}

async function readText(file: string): Promise<string> {
  return await readFile(file, 'utf8').catch(() => '');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function noShop(root: string): ConfigError {
  return new ConfigError([
    `no embedded shop runs on ${root}: start it, or set USERS_, CATALOG_, CART_ and ORDERS_DATABASE_URL, and PAYMENTS_DATABASE_URL for the demonstration provider's ledger`,
  ]);
}
