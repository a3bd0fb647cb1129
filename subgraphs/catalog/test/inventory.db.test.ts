import type { Viewer } from '@commerce/kit/viewer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admin, anonymous, type CatalogFixture, customer, openCatalog, service } from './catalog-fixture.ts';
import { insertCategories, insertProducts, productRow } from './samples.ts';

let catalog: CatalogFixture;
beforeAll(async () => {
  catalog = await openCatalog();
  await insertCategories(catalog.db);
  await insertProducts(catalog.db, [productRow('prod_taken')]);
});
afterAll(async () => await catalog.close());

const strangers: [string, Viewer, string][] = [
  ['a customer', customer, 'AUTH_004'],
  ['nobody', anonymous, 'AUTH_003'],
  ['somebody whose token has expired', { kind: 'anonymous', reason: 'expired' }, 'AUTH_002'],
  ['somebody with a bad token', { kind: 'anonymous', reason: 'invalid' }, 'AUTH_003'],
  ['a service', service, 'AUTH_003'],
];

describe('updateInventory', () => {
  const document = `mutation ($input: UpdateInventoryInput!) { updateInventory(input: $input) {
    product { inventory inStock } movement { movementId kind onHandDelta reservedDelta onHandAfter note orderId createdAt }
  } }`;
  async function adjust(input: Record<string, unknown>, viewer: Viewer = admin) {
    const { data, codes, errors } = await catalog.run(document, { input }, viewer);
    return { ...data?.updateInventory, codes, details: errors[0]?.extensions?.details };
  }
  async function newProduct(fields: Parameters<typeof productRow>[1]): Promise<string> {
    const productId = `prod_${Math.random().toString(36).slice(2)}`;
    await insertProducts(catalog.db, [productRow(productId, fields)]);
    return productId;
  }

  it('sets the pieces on hand, or changes them, and writes the ledger', async () => {
    const productId = await newProduct({ onHand: 10, reserved: 2 });
    expect(await adjust({ productId, onHand: 30, note: ' counted ' })).toMatchObject({
      product: { inventory: 28, inStock: true },
      movement: { kind: 'ADJUSTMENT', onHandDelta: 20, reservedDelta: 0, onHandAfter: 30, note: 'counted' },
    });
    expect(await adjust({ productId, delta: -28 })).toMatchObject({
      product: { inventory: 0, inStock: false },
      movement: { onHandDelta: -28, onHandAfter: 2, note: null, orderId: null },
    });
  });

  it('tells that nothing changed by a null movement', async () => {
    const productId = await newProduct({ onHand: 10 });
    expect(await adjust({ productId, onHand: 10 })).toMatchObject({ movement: null, codes: [] });
    expect(await adjust({ productId, delta: 0 })).toMatchObject({ movement: null, codes: [] });
  });

  it.each([{ onHand: 2 }, { delta: -8 }, { delta: -1_000_000 }])(
    'is refused with BUS_001 where fewer would be left than are reserved: %j',
    async (change) => {
      const productId = await newProduct({ onHand: 10, reserved: 3 });
      const { codes, details } = await adjust({ productId, ...change });
      expect(codes).toEqual(['BUS_001']);
      expect(details).toMatchObject({ productId, available: 7 });
      expect(await adjust({ productId, delta: -7 })).toMatchObject({ product: { inventory: 0 } });
    },
  );

  it.each([
    ['VAL_001', { onHand: 1, delta: 1 }],
    ['VAL_001', {}],
    ['VAL_001', { onHand: -1 }],
    ['VAL_001', { onHand: 1_000_001 }],
    ['VAL_001', { delta: 1_000_000 }],
    ['VAL_001', { delta: 1, note: 'x'.repeat(501) }],
    ['RES_001', { productId: 'prod_none', delta: 1 }],
  ])('is refused with %s: %j', async (code, fields) => {
    const productId = await newProduct({ onHand: 10 });
    expect((await adjust({ productId, ...fields })).codes).toEqual([code]);
  });

  it.each(strangers)('is not for %s', async (_, viewer, code) => {
    expect((await adjust({ productId: 'prod_taken', onHand: 0 }, viewer)).codes).toEqual([code]);
  });

  it('answers each of two changes in one request with its own stock', async () => {
    const productId = await newProduct({ onHand: 1 });
    const { data } = await catalog.run(
      `mutation ($id: ID!) {
        a: updateInventory(input: { productId: $id, delta: 1 }) { product { inventory } }
        b: updateInventory(input: { productId: $id, delta: 1 }) { product { inventory } }
      }`,
      { id: productId },
      admin,
    );
    expect(data).toEqual({ a: { product: { inventory: 2 } }, b: { product: { inventory: 3 } } });
  });

  it('loses no parallel change', async () => {
    const productId = await newProduct({ onHand: 0 });
    await Promise.all(Array.from({ length: 20 }, () => adjust({ productId, delta: 5 })));
    expect(await adjust({ productId, delta: 0 })).toMatchObject({ product: { inventory: 100 } });
  });
});

describe('stockMovements', () => {
  const document = `query ($first: Int, $after: String, $page: Int, $limit: Int) { product(productId: "prod_ledger") {
    stockMovements(first: $first, after: $after, page: $page, limit: $limit) {
      totalCount nodes { onHandAfter } pageInfo { hasNextPage endCursor } } } }`;
  beforeAll(async () => {
    await insertProducts(catalog.db, [productRow('prod_ledger', { onHand: 0 })]);
    for (let change = 0; change < 5; change += 1) {
      await catalog.run(
        'mutation { updateInventory(input: { productId: "prod_ledger", delta: 1 }) { movement { kind } } }',
        {},
        admin,
      );
    }
  });

  it('list the newest first, by cursor and by number', async () => {
    const after: number[] = [];
    let cursor: string | null = null;
    do {
      const { data } = await catalog.run(document, { first: 2, after: cursor }, admin);
      const page = data.product.stockMovements;
      expect(page.totalCount).toBe(6);
      after.push(...page.nodes.map((node: { onHandAfter: number }) => node.onHandAfter));
      cursor = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (cursor !== null);
    expect(after).toEqual([5, 4, 3, 2, 1, 0]);
    const { data } = await catalog.run(document, { page: 2, limit: 4 }, admin);
    expect(data.product.stockMovements.nodes).toEqual([{ onHandAfter: 1 }, { onHandAfter: 0 }]);
  });

  it('are for administrators, and cost others only this field', async () => {
    const { data, codes } = await catalog.run(document, {}, customer);
    expect(codes).toEqual(['AUTH_004']);
    expect(data).toEqual({ product: { stockMovements: null } });
  });

  it('refuse a faulty page', async () => {
    expect((await catalog.run(document, { first: 0 }, admin)).codes).toEqual(['VAL_001']);
    expect((await catalog.run(document, { after: 'WyJ4Il0' }, admin)).codes).toEqual(['VAL_001']);
  });

  it('of a page of products cost one statement, and one for the counts', async () => {
    await catalog.run('{ products(first: 5) { nodes { name } } }', {}, admin);
    await catalog.run('{ products(first: 5) { nodes { name } } }', {}, admin);
    catalog.statements.length = 0;
    const { data } = await catalog.run(
      '{ products(first: 5) { nodes { name stockMovements(first: 1) { totalCount nodes { kind } } } } }',
      {},
      admin,
    );
    expect(data.products.nodes.length).toBeGreaterThanOrEqual(5);
    expect(data.products.nodes[0].stockMovements.nodes).toHaveLength(1);
    expect(catalog.statements).toHaveLength(2);
  });
});
