import { type Database, openDatabase, queryRows } from '@commerce/kit/postgres';
import { createTestDatabase, type TestDatabase } from '@commerce/testkit/database';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { demoOrderStock } from '../src/demo/order-stock.ts';
import { demoProducts } from '../src/demo/products.ts';
import { seedCatalog } from '../src/seed.ts';
import { seedOrderStock } from '../src/seed-order-stock.ts';

let testDatabase: TestDatabase;
let database: Database;

beforeAll(async () => {
  testDatabase = await createTestDatabase('catalog');
  database = openDatabase({ url: testDatabase.url, applicationName: 'test', statementTimeoutMs: 30_000 });
});
afterAll(async () => {
  await database?.close();
  await testDatabase?.drop();
});

it('takes the demonstration orders out of the stock once, and returns what was cancelled', async () => {
  const { db } = database;
  await seedCatalog({ db, now: new Date('2026-11-01T00:00:00Z') });

  await seedOrderStock({ db });
  await seedOrderStock({ db });

  const row = z.object({ productId: z.string(), onHand: z.number(), reserved: z.number() });
  const products = await queryRows(
    db,
    sql`select product_id as "productId", on_hand as "onHand", reserved from products`,
    row,
  );
  for (const { lines, isReturned } of demoOrderStock) {
    for (const { productId, quantity } of lines) {
      const before = demoProducts.find((product) => product.productId === productId)?.stock ?? 0;
      const left = products.find((product) => product.productId === productId);
      expect(left).toEqual({ productId, onHand: isReturned ? before : before - quantity, reserved: 0 });
    }
  }
  const ledger = await queryRows(
    db,
    sql`select p.product_id as "productId", p.on_hand as "onHand", sum(m.on_hand_delta)::int as reserved
      from products p left join stock_movements m using (product_id) group by 1, 2
      having p.on_hand <> coalesce(sum(m.on_hand_delta), 0)`,
    row,
  );
  expect(ledger).toEqual([]);
});
