import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { products } from '../src/data/tables.ts';
import { admin, anonymous, type CatalogFixture, openCatalog } from './catalog-fixture.ts';
import { insertCategories, insertProducts, productRow } from './samples.ts';

let catalog: CatalogFixture;
beforeAll(async () => {
  catalog = await openCatalog({ isSeeded: true });
});
afterAll(async () => await catalog.close());

const searchDocument = `query Search($query: String!, $filter: ProductFilter, $first: Int, $after: String, $page: Int, $limit: Int) {
  searchProducts(query: $query, filter: $filter, first: $first, after: $after, page: $page, limit: $limit) {
    totalCount nodes { productId name } edges { cursor score node { productId name } }
    pageInfo { hasNextPage hasPreviousPage endCursor }
  }
}`;

async function search(query: string, variables: Record<string, unknown> = {}, viewer = anonymous) {
  const { data, codes, errors } = await catalog.run(searchDocument, { query, ...variables }, viewer);
  const found = data?.searchProducts;
  return { found, codes, errors, ids: found?.nodes.map((node: { productId: string }) => node.productId) };
}

describe('a search in the demonstration shop', () => {
  it.each([
    'wireless headphones',
    'Wireless Headphones',
    'headphones wireless',
    'wireles hedphones',
    'hedphones wireles',
    'wirelss headfones',
    'WH-001',
    'wh 001',
    'WH001',
    'wh001 headphones',
    'tech brand headphones',
    'head phones',
    'wireless hea',
    'techbrand headphones',
    '"wireless headphones"',
    'wireless & headphones | !',
  ])("finds the document's headphones first for %s", async (query) => {
    expect((await search(query)).ids?.[0]).toBe('prod_001');
  });

  it.each([`' " \\ % _ & | ! : * ( )`, '%', '_', `\\`, `''`, ':*', '!', '<->', '()'])(
    'finds nothing for the metacharacters %s, and does not fail',
    async (query) => {
      expect(await search(query)).toMatchObject({ codes: [], ids: [], found: { totalCount: 0 } });
    },
  );

  it.each([`headphones' or 1=1 --`, 'headphones & !x:*', 'headphones\\', 'head%phones'])(
    'does not fail for %s',
    async (query) => {
      expect((await search(query)).codes).toEqual([]);
    },
  );

  it.each(['wireless -headphones', 'wireless & !headphones', '"wireless" headphones'])(
    'takes the operators in %s for blanks',
    async (query) => {
      const { ids } = await search('wireless headphones');
      expect(ids.length).toBeGreaterThan(0);
      expect((await search(query)).ids).toEqual(ids);
    },
  );

  it.each(['qqqqzzzz xxyyzzw', 'loafer', 'creme', 'prod_001', 'banana', 'teh'])(
    'finds nothing for %s, which is close to nothing known',
    async (query) => {
      expect((await search(query)).ids).toEqual([]);
    },
  );

  it.each(['bakpack', 'bagpack', 'back pack'])('finds backpacks and no other backs for %s', async (query) => {
    const { found } = await search(query);
    expect(found.nodes.map((node: { name: string }) => node.name)).toEqual([
      expect.stringMatching(/Backpack/),
    ]);
  });

  it('finds a brand that is written as two words', async () => {
    const { found, ids } = await search('tech brand');
    expect(found.totalCount).toBeGreaterThanOrEqual(5);
    expect(ids.toSorted()).toEqual((await search('techbrand')).ids.toSorted());
  });

  it.each(['snekers', 'sneekers', 'sneker', 'sneakrs'])(
    'finds sneakers, not speakers, for %s',
    async (query) => {
      expect((await search(query)).ids).toEqual((await search('sneakers')).ids);
    },
  );

  it.each(['saute', 'Sauté', 'SAUTÉ', 'saute\u0301', 'sauté pan'])(
    'finds the words of an accented name for %s, in search and list',
    async (text) => {
      expect((await search(text)).ids).toEqual(['prod_042']);
      const { data } = await catalog.run(
        'query ($filter: ProductFilter) { products(filter: $filter) { nodes { productId } } }',
        { filter: { text } },
      );
      expect(data.products.nodes).toEqual([{ productId: 'prod_042' }]);
    },
  );

  it.each([
    ['kettel', /kettle/i],
    ['lapm', /lamp/i],
    ['notebok', /notebook/i],
    ['runing shoes', /shoe/i],
    ['blutooth speker', /speaker/i],
    ['cheap hedphones', /headphones/i],
    ['coffe', /coffee/i],
    ['cofee', /coffee/i],
    ['coffée', /coffee/i],
    ['sautee', /sauté/i],
    ['jaket', /jacket/i],
    ['blutoth', /bluetooth/i],
  ])('finds what %s was meant to be', async (query, name) => {
    expect((await search(query)).found.nodes[0].name).toMatch(name);
  });

  it('knows the words of a product from the moment it is written, and after each change', async () => {
    const write = (document: string, input: object) => catalog.run(document, { input }, admin);
    const { data } = await write(
      'mutation ($input: CreateProductInput!) { createProduct(input: $input) { product { productId } } }',
      { name: 'Flumberwhistle', price: '1', categoryId: 'cat_audio' },
    );
    const { productId } = data.createProduct.product;
    expect((await search('flumberwistle')).ids).toEqual([productId]);
    await write(
      'mutation ($input: UpdateProductInput!) { updateProduct(input: $input) { product { name } } }',
      {
        productId,
        name: 'Gromblepipe',
      },
    );
    expect((await search('flumberwistle')).ids).toEqual([]);
    expect((await search('grombelpipe')).ids).toEqual([productId]);
  });

  it('finds the products of a category by its name', async () => {
    const { found } = await search('fiction');
    expect(found.totalCount).toBeGreaterThanOrEqual(3);
  });
});

describe('the ranking', () => {
  beforeAll(async () => {
    await insertCategories(catalog.db, [{ categoryId: 'cat_zz', slug: 'zz', name: 'Zz' }]);
    const zz = { categoryId: 'cat_zz', price: '30.00' };
    await insertProducts(catalog.db, [
      productRow('prod_z1', { ...zz, name: 'Quibblefix' }),
      productRow('prod_z2', { ...zz, name: 'Quibblefix Deluxe with Case', price: '75.00' }),
      productRow('prod_z3', { ...zz, name: 'Marvin', brand: 'Quibblefix', price: '1500.00' }),
      productRow('prod_z4', { ...zz, name: 'Trillian', description: 'Better than a quibblefix.', onHand: 0 }),
      productRow('prod_z5', { ...zz, name: 'Zaphod', longDescription: 'quibblefix' }),
      productRow('prod_z6', { ...zz, name: 'Quibblefix Secret', isActive: false }),
    ]);
  });

  it('puts the name before the brand, and the brand before the description', async () => {
    expect((await search('quibblefix')).ids).toEqual(['prod_z1', 'prod_z2', 'prod_z3', 'prod_z4']);
  });

  it('scores downwards', async () => {
    const { found } = await search('quibblefix');
    const scores = found.edges.map((edge: { score: number }) => edge.score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });

  it('takes words for misspelt only where they match nothing as they are', async () => {
    // "quibblefox" looks like all of them, "marvin" is one.
    expect((await search('quibblefox')).ids).toEqual(['prod_z1', 'prod_z2', 'prod_z3', 'prod_z4']);
    expect((await search('marvin')).ids).toEqual(['prod_z3']);
    // A filter does not turn a right spelling into a wrong one.
    expect((await search('marvin', { filter: { maxPrice: '100' } })).ids).toEqual([]);
  });

  it('walks by cursor and by number alike', async () => {
    const walked: string[] = [];
    let after: string | null = null;
    do {
      const { found, ids } = await search('quibblefix', { first: 1, after });
      walked.push(...ids);
      after = found.pageInfo.hasNextPage ? found.pageInfo.endCursor : null;
    } while (after !== null);
    expect(walked).toEqual(['prod_z1', 'prod_z2', 'prod_z3', 'prod_z4']);
    expect((await search('quibblefix', { page: 2, limit: 3 })).ids).toEqual(['prod_z4']);
    expect((await search('quibblefix', { page: 9, limit: 3 })).ids).toEqual([]);
  });

  it('walks over equal scores without gap or repetition', async () => {
    const ids = Array.from({ length: 30 }, (_, index) => `prod_eq_${String(index).padStart(2, '0')}`);
    await insertProducts(
      catalog.db,
      ids.toReversed().map((id) => productRow(id, { categoryId: 'cat_zz', name: 'Vogonpoem' })),
    );
    const walked: string[] = [];
    let after: string | null = null;
    do {
      const { found, ids: page } = await search('vogonpoem', { first: 4, after });
      walked.push(...page);
      after = found.pageInfo.hasNextPage ? found.pageInfo.endCursor : null;
    } while (after !== null);
    expect(walked).toEqual(ids);
    await catalog.db.update(products).set({ isActive: false }).where(eq(products.name, 'Vogonpoem'));
  });

  it.each([
    ['a category', { category: 'zz' }, 4],
    ['another category', { category: 'audio' }, 0],
    ['brands', { brands: ['QUIBBLEFIX'] }, 1],
    ['prices', { minPrice: '50', maxPrice: '100' }, 1],
    ['stock', { inStock: false }, 1],
  ])('narrows by %s', async (_, filter, count) => {
    const { found, ids } = await search('quibblefix', { filter });
    expect(found.totalCount).toBe(count);
    expect(ids).toHaveLength(count);
  });

  it('shows inactive products to administrators who ask for them', async () => {
    const filter = { includeInactive: true };
    expect((await search('secret quibblefix', { filter }, admin)).ids).toEqual(['prod_z6']);
    expect((await search('secret quibblefix', { filter })).ids).not.toContain('prod_z6');
  });

  it.each([
    ['query', '', {}],
    ['query', '   ', {}],
    ['query', 'x'.repeat(201), {}],
    ['query', 'a\0b', {}],
    ['query', 'a\ud800b', {}],
    ['filter.text', 'x', { filter: { text: 'y' } }],
    ['minPrice', 'x', { filter: { minPrice: '2', maxPrice: '1' } }],
    ['first', 'x', { first: 0 }],
    ['after', 'x', { after: 'WyJ4IiwieSJd' }],
  ])('refuses a faulty %s', async (field, query, variables) => {
    const { codes, errors } = await search(query, variables);
    expect(codes).toEqual(['VAL_001']);
    expect(errors[0]?.extensions?.details).toEqual([expect.objectContaining({ field })]);
  });

  describe('with facets', () => {
    const facetDocument = `query Facets($filter: ProductFilter) {
      searchProducts(query: "quibblefix", filter: $filter) {
        facets {
          categories { category { slug } count }
          brands { brand count }
          prices { min { amount currencyCode } max { amount } count }
        }
      }
    }`;
    async function facets(filter?: Record<string, unknown>) {
      const { data } = await catalog.run(facetDocument, { filter });
      const { categories, brands, prices } = data.searchProducts.facets;
      return {
        categories: categories.map((entry: { category: { slug: string }; count: number }) => [
          entry.category.slug,
          entry.count,
        ]),
        brands: brands.map((entry: { brand: string; count: number }) => [entry.brand, entry.count]),
        prices: prices.map(
          (entry: { min: { amount: string }; max: { amount: string } | null; count: number }) => [
            entry.min.amount,
            entry.max?.amount ?? null,
            entry.count,
          ],
        ),
      };
    }
    const all = {
      categories: [['zz', 4]],
      brands: [['Quibblefix', 1]],
      prices: [
        ['25.00', '50.00', 2],
        ['50.00', '100.00', 1],
        ['1000.00', null, 1],
      ],
    };

    it('counts the matches by category, brand and price', async () => {
      expect(await facets()).toEqual(all);
    });

    it('leaves its own filter out, and applies the others', async () => {
      expect(await facets({ category: 'audio' })).toEqual({
        categories: [['zz', 4]],
        brands: [],
        prices: [],
      });
      expect(await facets({ brands: ['quibblefix'] })).toEqual({
        categories: [['zz', 1]],
        brands: [['Quibblefix', 1]],
        prices: [['1000.00', null, 1]],
      });
      expect(await facets({ maxPrice: '30' })).toEqual({ ...all, categories: [['zz', 2]], brands: [] });
      expect(await facets({ inStock: false })).toEqual({
        categories: [['zz', 1]],
        brands: [],
        prices: [['25.00', '50.00', 1]],
      });
    });

    it('puts a price on the border into the upper band', async () => {
      await insertProducts(catalog.db, [
        productRow('prod_border', { categoryId: 'cat_zz', name: 'Slartibart', price: '50.00' }),
        productRow('prod_below', { categoryId: 'cat_zz', name: 'Slartibart', price: '49.99' }),
      ]);
      const { data } = await catalog.run(`{ searchProducts(query: "slartibart") {
        facets { prices { min { amount } max { amount } count } } } }`);
      expect(data.searchProducts.facets.prices).toEqual([
        { min: { amount: '25.00' }, max: { amount: '50.00' }, count: 1 },
        { min: { amount: '50.00' }, max: { amount: '100.00' }, count: 1 },
      ]);
    });
  });

  describe('in statements', () => {
    beforeEach(() => {
      catalog.statements.length = 0;
    });
    const fields = 'nodes { name price { cents } inventory category { name } }';

    it('costs one, stock included, where neither count nor facets are asked for', async () => {
      await catalog.run('{ categories { slug } }');
      catalog.statements.length = 0;
      await catalog.run(`{ searchProducts(query: "quibblefix") { ${fields} } }`);
      expect(catalog.statements).toHaveLength(1);
    });

    it('costs one more for the count, and one for all facets', async () => {
      await catalog.run(`{ searchProducts(query: "quibblefix") { totalCount ${fields}
        facets { categories { count category { name } } brands { brand } prices { count } } } }`);
      expect(catalog.statements).toHaveLength(3);
    });
  });
});
