import { newId } from '@commerce/kit/ids';
import type { UserViewer } from '@commerce/kit/viewer';
import { createLogReader, describeAuditLog } from '@commerce/testkit/audit-log-suite';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CatalogFixture, openCatalog } from './catalog-fixture.ts';

let catalog: CatalogFixture;
beforeAll(async () => {
  catalog = await openCatalog();
  await catalog.run(
    'mutation { createCategory(input: { name: "Lamps" }) { category { slug } } }',
    {},
    user('admin'),
  );
});
afterAll(async () => await catalog.close());

function user(role: UserViewer['role']): UserViewer {
  const userId = newId('usr');
  return { kind: 'user', userId, email: `${userId}@example.com`, role };
}

const createDocument = `mutation ($input: CreateProductInput!) {
  createProduct(input: $input) { product { productId } }
}`;

async function createProduct(viewer = user('admin')): Promise<string> {
  const [category] = await catalog.db.execute(sql`select category_id from categories`);
  const input = {
    name: 'Lamp',
    description: 'A lamp',
    price: '10.00',
    categoryId: category?.category_id,
    sku: newId('SKU'),
    inventory: 1,
  };
  const { data, errors } = await catalog.run(createDocument, { input }, viewer);
  expect(errors).toEqual([]);
  return data.createProduct.product.productId;
}

describeAuditLog('catalogAuditLog', () => ({
  run: async (document, viewer) => await catalog.run(document, {}, viewer),
  execute: async (statement) => [...(await catalog.db.execute(sql.raw(statement)))],
  createAdmin: async () => user('admin'),
  createCustomer: async () => user('customer'),
  async createAct() {
    const target = await createProduct();
    return {
      field: `updateInventory(input: { productId: "${target}", onHand: 7 }) { product { productId } }`,
      action: 'updateInventory',
      target,
      state: async () =>
        await catalog.db.execute(sql`select on_hand from products where product_id = ${target}`),
    };
  },
}));

const read = createLogReader('catalogAuditLog', {
  run: async (document, viewer) => await catalog.run(document, {}, viewer),
});

describe('an entry of an act that makes something', () => {
  it('names what was made', async () => {
    const actor = user('admin');
    const productId = await createProduct(actor);
    const { page } = await read(actor, `(filter: { actorId: "${actor.userId}" })`);
    expect(page.nodes).toMatchObject([{ action: 'createProduct', target: productId, outcome: 'DONE' }]);
  });

  it('names nothing where nothing was made', async () => {
    const actor = user('admin');
    const document = 'mutation { createCategory(input: { name: "Lamps" }) { category { categoryId } } }';
    await catalog.run(document, {}, actor);
    const { page } = await read(actor, `(filter: { actorId: "${actor.userId}" })`);
    expect(page.nodes).toMatchObject([{ action: 'createCategory', target: null, outcome: 'RES_002' }]);
  });
});
