import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { admin, anonymous, type CatalogFixture, customer, openCatalog, service } from './catalog-fixture.ts';
import { insertCategories, insertProducts, productRow } from './samples.ts';

let catalog: CatalogFixture;
beforeAll(async () => {
  catalog = await openCatalog();
  await insertCategories(catalog.db);
  await insertProducts(catalog.db, [
    ...Array.from({ length: 100 }, (_, index) =>
      productRow(`prod_${index}`, { onHand: index, price: `${index}.50` }),
    ),
    productRow('prod_off', { isActive: false, onHand: 7 }),
  ]);
});
afterAll(async () => await catalog.close());
beforeEach(() => {
  catalog.statements.length = 0;
});

const entitiesDocument = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
  ... on Product { productId name inventory inStock price { cents } category { name } }
  ... on Category { slug path { slug } }
} }`;

function entities(productIds: string[], viewer = anonymous) {
  const representations = productIds.map((productId) => ({ __typename: 'Product', productId }));
  return catalog.run(entitiesDocument, { representations }, viewer);
}

describe('product references', () => {
  it('of a page of 20 orders of 5 lines cost one statement, one more for stock and one for categories', async () => {
    const ids = Array.from({ length: 100 }, (_, index) => `prod_${index}`);
    const { data, codes } = await entities([...ids, ...ids]);
    expect(codes).toEqual([]);
    expect(data._entities).toHaveLength(200);
    expect(data._entities[142]).toMatchObject({
      productId: 'prod_42',
      inventory: 42,
      price: { cents: 4250 },
    });
    expect(catalog.statements).toHaveLength(3);
  });

  it('read no stock where none is selected', async () => {
    const document = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Product { name } } }`;
    const r = ['prod_1', 'prod_2'].map((productId) => ({ __typename: 'Product', productId }));
    await catalog.run(document, { r });
    catalog.statements.length = 0;
    await catalog.run(document, { r });
    expect(catalog.statements).toEqual([]);
  });

  it('are null for what is missing, off sale or no id at all', async () => {
    const { data, codes } = await entities(
      ['prod_1', 'prod_none', 'prod_off', "x' or 1=1", 'a\0b'],
      customer,
    );
    expect(codes).toEqual([]);
    expect(data._entities.map((entity: unknown) => entity !== null)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  it('show administrators what is off sale', async () => {
    const { data } = await entities(['prod_off'], admin);
    expect(data._entities).toEqual([expect.objectContaining({ productId: 'prod_off', inventory: 7 })]);
  });
});

describe('category references', () => {
  it('come from the tree, null where there is none', async () => {
    const representations = ['cat_headphones', 'cat_none', 'cat_books'].map((categoryId) => ({
      __typename: 'Category',
      categoryId,
    }));
    const { data } = await catalog.run(entitiesDocument, { representations });
    expect(data._entities).toEqual([
      { slug: 'headphones', path: [{ slug: 'electronics' }, { slug: 'audio' }, { slug: 'headphones' }] },
      null,
      { slug: 'books', path: [{ slug: 'books' }] },
    ]);
  });
});

describe('productOffers', () => {
  const document = `query ($ids: [ID!]!) { productOffers(productIds: $ids) {
    productId name priceCents currencyCode inventory isActive } }`;
  const offers = (ids: string[]) => catalog.run(document, { ids }, { kind: 'service', name: 'cart' });

  it('belong to the ids in their order, null where there is no such product', async () => {
    const { data } = await offers(['prod_9', 'prod_none', 'prod_off', 'prod_3', 'prod_9', 'a\0b']);
    expect(data.productOffers).toEqual([
      {
        productId: 'prod_9',
        name: 'Product prod_9',
        priceCents: 950,
        currencyCode: 'USD',
        inventory: 9,
        isActive: true,
      },
      null,
      expect.objectContaining({ productId: 'prod_off', isActive: false, inventory: 7 }),
      expect.objectContaining({ productId: 'prod_3' }),
      expect.objectContaining({ productId: 'prod_9' }),
      null,
    ]);
  });

  it('are one statement each time, past every cache', async () => {
    await offers(['prod_1']);
    await offers(['prod_1']);
    expect(catalog.statements).toHaveLength(2);
  });

  it.each([[[]], [Array.from({ length: 101 }, (_, index) => `prod_${index}`)]])(
    'are refused for none or too many ids',
    async (ids) => {
      expect((await offers(ids)).codes).toEqual(['VAL_001']);
    },
  );

  it('of 100 products are one statement', async () => {
    const { data } = await offers(Array.from({ length: 100 }, (_, index) => `prod_${index}`));
    expect(data.productOffers.every((offer: unknown) => offer !== null)).toBe(true);
    expect(catalog.statements).toHaveLength(1);
  });
});

describe('product', () => {
  it.each([
    ['prod_none', anonymous, false],
    ['prod_off', anonymous, false],
    ['prod_off', customer, false],
    ['prod_off', service, false],
    ['prod_off', admin, true],
    ['prod_1', anonymous, true],
    ['a\0b', anonymous, false],
    ['x'.repeat(300), anonymous, false],
  ])('%s is there for %j: %s', async (id, viewer, isThere) => {
    const { data, codes } = await catalog.run(
      'query ($id: ID!) { product(productId: $id) { name } }',
      { id },
      viewer,
    );
    expect(codes).toEqual([]);
    expect(data.product !== null).toBe(isThere);
  });

  it('tells an amount that fills Int cents', async () => {
    await insertProducts(catalog.db, [productRow('prod_dear', { price: '21474836.47' })]);
    const { data } = await catalog.run('{ product(productId: "prod_dear") { price { amount cents } } }');
    expect(data.product.price).toEqual({ amount: '21474836.47', cents: 2_147_483_647 });
  });
});
