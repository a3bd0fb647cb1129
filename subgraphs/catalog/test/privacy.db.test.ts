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

const nothing = [
  { what: 'columns that could name a person', count: 3 },
  { what: "notes of stock movements with the customer's id", count: 0 },
];

describe('an erased customer', () => {
  it('was looked for and is not in the catalog', async () => {
    const { proof } = await erase();
    expect(proof).toMatchObject({
      found: nothing,
      erased: [],
      kept: [
        { what: 'stock movements and reservations of orders', reason: expect.stringContaining('orders') },
      ],
    });
  });

  it('would be found in a table that names people, and in what people wrote', async () => {
    await catalog.db.execute(sql`create table reviews (review_id text, customer_id text)`);
    await catalog.db.execute(sql`insert into reviews values ('1', 'usr_c'), ('2', 'usr_c'), ('3', 'usr_d')`);
    await catalog.run(
      'mutation ($i: UpdateInventoryInput!) { updateInventory(input: $i) { product { inventory } } }',
      { i: { productId: 'prod_001', delta: 1, note: 'brought back by usr_c' } },
      admin,
    );
    const { proof } = await erase();
    expect(proof.found).toEqual([
      { what: 'columns that could name a person', count: 4 },
      { what: "notes of stock movements with the customer's id", count: 1 },
      { what: 'rows of reviews by customer_id', count: 2 },
    ]);
    for (const { reason } of proof.kept) expect(reason).toEqual(expect.any(String));
    await catalog.db.execute(sql`drop table reviews`);
  });

  it('is named by services only', async () => {
    for (const viewer of [customer, admin]) expect((await erase(viewer)).codes).toEqual(['AUTH_004']);
    expect((await erase(users, '')).codes).toEqual(['VAL_001']);
  });
});

it('exports what was looked for to oneself, and to nobody else', async () => {
  const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on DataExport {
    catalog { subgraph found { what count } data nextCursor } } } }`;
  const variables = { r: [{ __typename: 'DataExport', userId: 'usr_nobody' }] };
  const own: Viewer = { ...customer, userId: 'usr_nobody' } as Viewer;
  expect((await catalog.run(query, variables, own)).data._entities).toEqual([
    { catalog: { subgraph: 'catalog', found: nothing, data: {}, nextCursor: null } },
  ]);
  for (const viewer of [customer, admin, users])
    expect((await catalog.run(query, variables, viewer)).data._entities).toEqual([null]);
});
