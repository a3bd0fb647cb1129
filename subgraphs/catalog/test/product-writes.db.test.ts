import type { Viewer } from '@commerce/kit/viewer';
import { count, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { products, stockMovements } from '../src/data/tables.ts';
import { admin, anonymous, type CatalogFixture, customer, openCatalog, service } from './catalog-fixture.ts';
import { insertCategories, insertProducts, productRow } from './samples.ts';

let catalog: CatalogFixture;
beforeAll(async () => {
  catalog = await openCatalog();
  await insertCategories(catalog.db);
  await insertProducts(catalog.db, [productRow('prod_taken', { sku: 'TAKEN' })]);
});
afterAll(async () => await catalog.close());

const createDocument = `mutation Create($input: CreateProductInput!) {
  createProduct(input: $input) { product {
    productId name description longDescription price { amount currencyCode cents } category { slug } brand sku
    inventory inStock images specifications { name value } rating reviewCount isActive createdAt updatedAt
    stockMovements { totalCount nodes { kind onHandDelta onHandAfter reservedAfter orderId } }
  } }
}`;
const updateDocument = `mutation Update($input: UpdateProductInput!) {
  updateProduct(input: $input) { product {
    productId name description price { amount } category { slug path { slug } } brand sku images
    specifications { name value } isActive inventory createdAt updatedAt
  } }
}`;

const lamp = { name: 'Lamp', price: '19.90', categoryId: 'cat_audio' };

async function create(input: Record<string, unknown>, viewer: Viewer = admin) {
  const { data, codes, errors } = await catalog.run(createDocument, { input }, viewer);
  return { product: data?.createProduct?.product, codes, details: errors[0]?.extensions?.details };
}

async function update(input: Record<string, unknown>, viewer: Viewer = admin) {
  const { data, codes, errors } = await catalog.run(updateDocument, { input }, viewer);
  return { product: data?.updateProduct?.product, codes, details: errors[0]?.extensions?.details };
}

async function countProducts(): Promise<number> {
  return await catalog.db.$count(products);
}

const strangers: [string, Viewer, string][] = [
  ['a customer', customer, 'AUTH_004'],
  ['nobody', anonymous, 'AUTH_003'],
  ['somebody whose token has expired', { kind: 'anonymous', reason: 'expired' }, 'AUTH_002'],
  ['somebody with a bad token', { kind: 'anonymous', reason: 'invalid' }, 'AUTH_003'],
  ['a service', service, 'AUTH_003'],
];

describe('createProduct', () => {
  it.each([
    ['name', { name: 'a\ud800b' }],
    ['name', { name: 'x\u0001\n2' }],
    ['name', { name: '\u200b\u200d' }],
    ['specifications.0.value', { specifications: [{ name: 'a', value: '\ud800' }] }],
  ])('refuses a %s that cannot be stored or read', async (field, fields) => {
    const before = await countProducts();
    const { codes, details } = await create({ ...lamp, ...fields });
    expect(codes).toEqual(['VAL_001']);
    expect(details).toEqual([expect.objectContaining({ field })]);
    expect(await countProducts()).toBe(before);
  });

  it('writes the product and the first entry of its ledger', async () => {
    const { product, codes } = await create({
      ...lamp,
      description: 'Shines.',
      brand: 'Bright',
      sku: 'L-1',
      inventory: 12,
      currencyCode: 'EUR',
      images: ['https://cdn.example.com/1.jpg', 'data:image/svg+xml,%3Csvg%3E'],
      specifications: [
        { name: 'weight', value: '1 kg' },
        { name: 'a', value: 'shorter names come first in jsonb objects' },
      ],
    });
    expect(codes).toEqual([]);
    expect(product).toMatchObject({
      name: 'Lamp',
      description: 'Shines.',
      longDescription: null,
      price: { amount: '19.90', currencyCode: 'EUR', cents: 1990 },
      category: { slug: 'audio' },
      inventory: 12,
      inStock: true,
      images: ['https://cdn.example.com/1.jpg', 'data:image/svg+xml,%3Csvg%3E'],
      specifications: [{ name: 'weight' }, { name: 'a' }],
      rating: 0,
      reviewCount: 0,
      isActive: true,
      stockMovements: {
        totalCount: 1,
        nodes: [{ kind: 'INITIAL', onHandDelta: 12, onHandAfter: 12, reservedAfter: 0, orderId: null }],
      },
    });
    expect(product.productId).toMatch(/^prod_[0-9A-Za-z]{22}$/);
    expect(product.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    const [row] = await catalog.db.select().from(products).where(eq(products.productId, product.productId));
    expect(row).toMatchObject({ category: 'Electronics', subcategory: 'Audio', price: '19.90', onHand: 12 });
  });

  it.each([
    ['RES_001', { categoryId: 'cat_none' }],
    ['RES_002', { sku: 'TAKEN' }],
    ['VAL_001', { price: '-1' }],
    ['VAL_001', { price: '99999999.99' }],
    ['VAL_001', { images: ['http://plain.example/1.jpg'] }],
    ['VAL_001', { inventory: -1 }],
    ['VAL_001', { name: '' }],
    ['VAL_002', { name: null }],
    ['VAL_002', { price: undefined }],
    ['VAL_001', { price: {} }],
    ['VAL_001', { rating: 5 }],
  ])('is refused with %s and writes nothing: %j', async (code, fields) => {
    const before = await countProducts();
    expect((await create({ ...lamp, ...fields })).codes).toEqual([code]);
    expect(await countProducts()).toBe(before);
    expect(await catalog.db.$count(stockMovements)).toBe(before);
  });

  it.each(strangers)('is not for %s', async (_, viewer, code) => {
    const before = await countProducts();
    expect((await create({ ...lamp, name: '' }, viewer)).codes).toEqual([code]);
    expect(await countProducts()).toBe(before);
  });

  it('lets one of two parallel products have a SKU', async () => {
    const answers = await Promise.all([
      create({ ...lamp, sku: 'RACE' }),
      create({ ...lamp, sku: 'RACE' }),
      create({ ...lamp, sku: 'RACE' }),
    ]);
    expect(answers.map((answer) => answer.codes).sort()).toEqual([[], ['RES_002'], ['RES_002']]);
  });

  it('is one statement between those of the audit log', async () => {
    catalog.statements.length = 0;
    await catalog.run(
      'mutation ($input: CreateProductInput!) { createProduct(input: $input) { product { name } } }',
      { input: lamp },
      admin,
    );
    expect(catalog.statements).toHaveLength(3);
    expect(catalog.statements[0]).toContain('audit_log');
    expect(catalog.statements[2]).toContain('audit_outcomes');
  });
});

describe('updateProduct', () => {
  it('changes what is given and leaves the rest', async () => {
    const { product } = await create({ ...lamp, description: 'Old', brand: 'Bright', inventory: 4 });
    const { product: changed, codes } = await update({
      productId: product.productId,
      name: 'Big lamp',
      price: 25,
      description: null,
      categoryId: 'cat_headphones',
      specifications: [{ name: 'x', value: 'y' }],
    });
    expect(codes).toEqual([]);
    expect(changed).toMatchObject({
      name: 'Big lamp',
      price: { amount: '25.00' },
      description: null,
      brand: 'Bright',
      category: { path: [{ slug: 'electronics' }, { slug: 'audio' }, { slug: 'headphones' }] },
      specifications: [{ name: 'x', value: 'y' }],
      inventory: 4,
    });
    const [row] = await catalog.db.select().from(products).where(eq(products.productId, product.productId));
    expect(row).toMatchObject({ category: 'Electronics', subcategory: 'Audio', onHand: 4 });
  });

  it('without fields answers the product and touches nothing', async () => {
    const { product } = await create(lamp);
    const { product: same } = await update({ productId: product.productId });
    expect(same).toMatchObject({ name: 'Lamp', updatedAt: product.updatedAt });
  });

  it('takes a product off sale: gone for customers, there for administrators', async () => {
    const { product } = await create({ ...lamp, name: 'Fading lamp' });
    const { productId } = product;
    const document = `query ($id: ID!) { product(productId: $id) { isActive }
      products(filter: { text: "fading" }) { nodes { productId } }
      searchProducts(query: "fading") { nodes { productId } } }`;
    const seen = (isVisible: boolean) => (isVisible ? [{ productId }] : []);
    for (const isActive of [true, false, true]) {
      expect((await update({ productId, isActive })).product).toMatchObject({ isActive });
      expect((await catalog.run(document, { id: productId }, customer)).data).toEqual({
        product: isActive ? { isActive } : null,
        products: { nodes: seen(isActive) },
        searchProducts: { nodes: seen(isActive) },
      });
      const answer = await catalog.run(document, { id: productId }, admin);
      expect(answer.data.product).toEqual({ isActive });
    }
  });

  it.each([
    ['RES_001', { productId: 'prod_none', name: 'x' }],
    ['RES_001', { categoryId: 'cat_none' }],
    ['RES_002', { sku: 'TAKEN' }],
    ['VAL_001', { price: '0.001' }],
    ['VAL_001', { productId: "x' or '1'='1" }],
    ['VAL_002', { name: null }],
    ['VAL_002', { isActive: null }],
    ['VAL_001', { inventory: 5 }],
  ])('is refused with %s and changes nothing: %j', async (code, fields) => {
    const { product } = await create(lamp);
    const { codes } = await update({ productId: product.productId, description: 'half', ...fields });
    expect(codes).toEqual([code]);
    const [row] = await catalog.db.select().from(products).where(eq(products.productId, product.productId));
    expect(row).toMatchObject({ name: 'Lamp', description: null, categoryId: 'cat_audio' });
  });

  it.each(strangers)('is not for %s', async (_, viewer, code) => {
    const { codes } = await update({ productId: 'prod_taken', name: 'Stolen' }, viewer);
    expect(codes).toEqual([code]);
    expect(await catalog.db.select({ n: count() }).from(products).where(eq(products.name, 'Stolen'))).toEqual(
      [{ n: 0 }],
    );
  });
});
