import { createSeededDatabase } from '@commerce/testkit/seeded-database';
import postgres from 'postgres';
import { type DatabaseName, databaseNames } from '../src/invariant.ts';

type ShopUrls = Record<DatabaseName, string>;

export type SeededShop = {
  urls: ShopUrls;
  /** The same shop after something happened to some of its databases: those are copies. Gone with the shop. */
  after(events: Partial<Record<DatabaseName, string>>): Promise<ShopUrls>;
  drop(): Promise<void>;
};

/** All five databases of a shop that nothing has happened to yet but its demonstration data. */
export async function createSeededShop(): Promise<SeededShop> {
  const drops: (() => Promise<void>)[] = [];
  const create = async (name: DatabaseName): Promise<string> => {
    const { url, drop } = await createSeededDatabase(name);
    drops.push(drop);
    return url;
  };
  const [users, catalog, cart, orders, payments] = await Promise.all([
    create('users'),
    create('catalog'),
    create('cart'),
    create('orders'),
    create('payments'),
  ]);
  const urls = { users, catalog, cart, orders, payments };
  return {
    urls,
    async after(events) {
      const changed: ShopUrls = { ...urls };
      for (const name of databaseNames) {
        const statements = events[name];
        if (statements === undefined) continue;
        changed[name] = await create(name);
        await runStatements(changed[name], statements);
      }
      return changed;
    },
    async drop() {
      await Promise.all(drops.map((drop) => drop()));
    },
  };
}

async function runStatements(url: string, statements: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  await sql.unsafe(statements).finally(() => sql.end());
}
