import type { Viewer } from '@commerce/kit/viewer';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admin, type CatalogFixture, customer, openCatalog } from './catalog-fixture.ts';

const users: Viewer = { kind: 'service', name: 'users' };

let catalog: CatalogFixture;
beforeAll(async () => {
  catalog = await openCatalog({ isSeeded: true });
});
afterAll(async () => await catalog.close());

async function erase(viewer: Viewer = users, userId = 'usr_c') {
  const { data, codes } = await catalog.run(
    `mutation ($input: EraseCustomerInput!) {
      eraseCustomerInCatalog(input: $input) { found { what count } erased { what } kept { what count reason } }
    }`,
    { input: { userId } },
    viewer,
  );
  return { codes, proof: data?.eraseCustomerInCatalog ?? null };
}

async function note(text: string): Promise<void> {
  const { codes } = await catalog.run(
    'mutation ($i: UpdateInventoryInput!) { updateInventory(input: $i) { product { inventory } } }',
    { i: { productId: 'prod_001', delta: 1, note: text } },
    admin,
  );
  expect(codes).toEqual([]);
}

/** What is for administrators, tried by a customer: it is refused and recorded. */
async function attempt(userId: string): Promise<void> {
  const { codes } = await catalog.run(
    'mutation ($i: UpdateInventoryInput!) { updateInventory(input: $i) { product { inventory } } }',
    { i: { productId: 'prod_001', delta: 1 } },
    { ...customer, userId } as Viewer,
  );
  expect(codes).toEqual(['AUTH_004']);
}

describe('an erased customer', () => {
  it('was looked for and is not in the catalog', async () => {
    const { proof } = await erase();
    expect(proof).toEqual({ found: [], erased: [], kept: [] });
  });

  it('would be found in a table that names people, and in what people wrote', async () => {
    await catalog.db.execute(
      sql`create table reviews (review_id text, customer_id text, approved_by text, customer_address text, by_user boolean)`,
    );
    await catalog.db.execute(sql`insert into reviews values
      ('1', 'usr_c', null, null, true), ('2', 'usr_c', 'usr_d', null, true), ('3', 'usr_d', 'usr_c', 'usr_c', true)`);
    await note('brought back by usr_c');
    await note('brought back by usrXc');
    const { proof } = await erase();
    expect(proof.found).toEqual([
      { what: 'notes of stock movements with the id of the customer', count: 1 },
      { what: 'rows of reviews by approved_by', count: 1 },
      { what: 'rows of reviews by customer_id', count: 2 },
    ]);
    for (const { reason } of proof.kept) expect(reason).toEqual(expect.any(String));
    await catalog.db.execute(sql`drop table reviews`);
  });

  it('who tried what is for administrators is told that the attempt and its network address stay', async () => {
    await attempt('usr_bold');
    const { proof } = await erase(users, 'usr_bold');
    expect(proof.kept).toEqual([
      { what: 'entries of the audit log', count: 1, reason: expect.stringContaining('network address') },
    ]);
  });

  it('is looked for by indexes in what grows', async () => {
    await catalog.db.transaction(async (db) => {
      const reads = async () => {
        const rows = await db.execute(sql`select relname, seq_scan::int as reads from pg_stat_xact_user_tables
          where relname in ('audit_log', 'stock_movements') order by relname`);
        return [...rows];
      };
      await db.execute(sql`set local enable_seqscan = off`);
      const before = await reads();
      await db.execute(sql`select * from customer_traces('usr_c')`);
      expect(await reads()).toEqual(before);
    });
  });

  it('is named by services only', async () => {
    for (const viewer of [customer, admin]) expect((await erase(viewer)).codes).toEqual(['AUTH_004']);
    expect((await erase(users, '')).codes).toEqual(['VAL_001']);
  });
});

const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on DataExport {
  catalog { subgraph found { what count } data nextCursor } } } }`;

async function exported(userId: string, viewer: Viewer = { ...customer, userId } as Viewer) {
  const variables = { r: [{ __typename: 'DataExport', userId }] };
  return (await catalog.run(query, variables, viewer)).data._entities[0];
}

it('exports what was found to oneself, and to nobody else', async () => {
  expect(await exported('usr_nobody')).toEqual({
    catalog: { subgraph: 'catalog', found: [], data: {}, nextCursor: null },
  });
  for (const viewer of [customer, admin, users]) expect(await exported('usr_nobody', viewer)).toBeNull();
});

it('exports what oneself tried of what is for administrators, and nothing of others', async () => {
  await attempt('usr_curious');
  await attempt('usr_other');
  const { catalog: part } = await exported('usr_curious');
  expect(part.found).toEqual([{ what: 'entries of the audit log', count: 1 }]);
  expect(part.data.auditEntries).toMatchObject([
    { action: 'updateInventory', outcome: 'AUTH_004', clientAddress: expect.any(String) },
  ]);
});
