import { encodeCursor } from '@commerce/kit/pagination';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { products } from '../src/data/tables.ts';
import { admin, anonymous, type CatalogFixture, customer, openCatalog } from './catalog-fixture.ts';
import { insertCategories, insertProducts, productRow } from './samples.ts';

const time = (text: string) => new Date(`2024-01-${text}Z`);

let catalog: CatalogFixture;
beforeAll(async () => {
  catalog = await openCatalog();
  await fill();
});
afterAll(async () => await catalog.close());

async function fill(): Promise<void> {
  await insertCategories(catalog.db);
  await insertProducts(catalog.db, [
    productRow('prod_a', {
      name: 'apple Player',
      price: '20.00',
      categoryId: 'cat_audio',
      brand: 'Acme',
      description: 'Plays songs of the 1980s',
      createdAt: time('01T00:00:00.001'),
    }),
    productRow('prod_b', {
      name: 'Banana Headphones',
      price: '20.00',
      categoryId: 'cat_headphones',
      brand: 'acme',
      onHand: 0,
      createdAt: time('01T00:00:00.002'),
    }),
    productRow('prod_c', {
      name: 'Cherry 100% phone_case',
      price: '100.50',
      categoryId: 'cat_phones',
      brand: 'Bolt',
      onHand: 5,
      reserved: 5,
      createdAt: time('02T00:00:00'),
    }),
    productRow('prod_d', { name: 'A novel about Acme', price: '9.99', createdAt: time('03T00:00:00') }),
    productRow('prod_e', { name: 'Étude', price: '0.00', createdAt: time('03T00:00:00') }),
    productRow('prod_f', { name: 'Gone', price: '1.00', brand: 'Acme', isActive: false }),
  ]);
}

const listDocument = `query List($filter: ProductFilter, $sort: ProductSort, $first: Int, $after: String, $page: Int, $limit: Int) {
  products(filter: $filter, sort: $sort, first: $first, after: $after, page: $page, limit: $limit) {
    nodes { productId } edges { cursor } totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

async function list(variables: Record<string, unknown>, viewer = anonymous) {
  const { data, codes, errors } = await catalog.run(listDocument, variables, viewer);
  const page = data?.products;
  const ids = page?.nodes.map((node: { productId: string }) => node.productId.replace('prod_', '')).join('');
  return { ids, page, codes, errors };
}

describe('filters', () => {
  it.each([
    ['nothing', {}, 'deacb'.length, ['d', 'e', 'c', 'b', 'a']],
    ['a top category by name', { category: 'Electronics' }, 3, ['c', 'b', 'a']],
    ['a category by slug, ignoring case', { category: 'AUDIO' }, 2, ['b', 'a']],
    ['a leaf', { category: 'headphones' }, 1, ['b']],
    ['an unknown category', { category: 'nowhere' }, 0, []],
    ['an empty category', { category: '' }, 0, []],
    ['brands, ignoring case', { brands: ['ACME'] }, 2, ['b', 'a']],
    ['several brands', { brands: ['acme', 'bolt', 'none'] }, 3, ['c', 'b', 'a']],
    ['an unknown brand', { brands: ['none'] }, 0, []],
    ['a lowest price, included', { minPrice: '20' }, 3, ['c', 'b', 'a']],
    ['a highest price, included', { maxPrice: 9.99 }, 2, ['d', 'e']],
    ['a price range', { minPrice: '9.99', maxPrice: '20.00' }, 3, ['d', 'b', 'a']],
    ['what can be bought', { inStock: true }, 3, ['d', 'e', 'a']],
    ['what is sold out, reserved pieces included', { inStock: false }, 2, ['c', 'b']],
    ['a word of the name in another form', { text: 'headphone' }, 1, ['b']],
    ['a word of the description', { text: 'song' }, 1, ['a']],
    ['the beginning of a word', { text: 'headph' }, 1, ['b']],
    ['all words, wherever they stand', { text: 'songs apple' }, 1, ['a']],
    ['words of which one is missing', { text: 'songs banana' }, 0, []],
    ['a word of name or description, not of the brand', { text: 'acme' }, 1, ['d']],
    ['a percent sign, literally', { text: '%' }, 0, []],
    ['an underscore, literally', { text: 'phone_case' }, 1, ['c']],
    ['several at once', { category: 'electronics', brands: ['acme'], inStock: true }, 1, ['a']],
  ])('by %s', async (_, filter, count, ids) => {
    const { page, ids: listed } = await list({ filter });
    expect(new Set(listed)).toEqual(new Set(ids));
    expect(page.totalCount).toBe(count);
  });

  it('show inactive products to administrators who ask for them, and to nobody else', async () => {
    const filter = { includeInactive: true, brands: ['acme'] };
    expect((await list({ filter }, admin)).ids).toBe('fba');
    expect((await list({ filter }, customer)).ids).toBe('ba');
    expect((await list({ filter: { brands: ['acme'] } }, admin)).ids).toBe('ba');
  });

  it('take metacharacters of every language literally', async () => {
    for (const text of [`' " \\ % _ & | ! : * ( )`, `a' or 1=1 --`, `\\`, `!!`, `:*`, `<->`, `'`]) {
      for (const filter of [{ text }, { category: text }, { brands: [text] }]) {
        expect(await list({ filter })).toMatchObject({ codes: [], ids: '' });
      }
    }
  });
});

describe('sorts', () => {
  it.each([
    ['PRICE', 'ASC', 'edabc'],
    ['PRICE', 'DESC', 'cabde'],
    ['NAME', 'ASC', 'dabce'],
    ['NAME', 'DESC', 'ecbad'],
    ['CREATED_AT', 'ASC', 'abcde'],
    ['CREATED_AT', 'DESC', 'decba'],
  ])('by %s %s, ties by id', async (field, direction, ids) => {
    expect((await list({ sort: { field, direction } })).ids).toBe(ids);
  });

  it('newest first by default, also where half a sort is given', async () => {
    expect((await list({})).ids).toBe('decba');
    expect((await list({ sort: {} })).ids).toBe('decba');
    expect((await list({ sort: { field: 'NAME' } })).ids).toBe('ecbad');
  });
});

describe('pages', () => {
  it.each([1, 2, 3, 4, 100])('walk the whole list by cursors, %d at a time', async (first) => {
    for (const field of ['PRICE', 'NAME', 'CREATED_AT']) {
      for (const direction of ['ASC', 'DESC']) {
        const sort = { field, direction };
        let walked = '';
        let after: string | null = null;
        do {
          const { ids, page } = await list({ sort, first, after });
          walked += ids;
          expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
          after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
        } while (after !== null);
        expect(walked).toBe((await list({ sort })).ids);
      }
    }
  });

  it('walk a hundred ties without gap or repetition', async () => {
    const ids = Array.from({ length: 101 }, (_, index) => `prod_tie_${String(index).padStart(3, '0')}`);
    const same = { price: '5.55', brand: 'Ties', name: 'Same', createdAt: time('05T05:05:05.555') };
    await insertProducts(
      catalog.db,
      [...ids].sort(() => Math.random() - 0.5).map((id) => productRow(id, same)),
    );
    try {
      for (const sort of [
        { field: 'PRICE', direction: 'ASC' },
        { field: 'NAME', direction: 'DESC' },
        { field: 'CREATED_AT', direction: 'DESC' },
      ]) {
        const seen: string[] = [];
        let after: string | null = null;
        do {
          const { page } = await list({ filter: { brands: ['ties'] }, sort, first: 7, after });
          seen.push(...page.nodes.map((node: { productId: string }) => node.productId));
          after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
        } while (after !== null);
        expect(seen).toEqual(ids);
      }
    } finally {
      await catalog.db.update(products).set({ isActive: false }).where(eq(products.brand, 'Ties'));
    }
  });

  it('by number are those by cursor; one past the end is empty', async () => {
    const filter = { category: 'electronics' };
    expect(await list({ filter, page: 1, limit: 2 })).toMatchObject({
      ids: 'cb',
      page: { totalCount: 3, pageInfo: { hasNextPage: true, hasPreviousPage: false } },
    });
    expect(await list({ filter, page: 2, limit: 2 })).toMatchObject({
      ids: 'a',
      page: { pageInfo: { hasNextPage: false, hasPreviousPage: true } },
    });
    expect(await list({ filter, page: 900, limit: 2 })).toMatchObject({
      ids: '',
      page: { totalCount: 3, pageInfo: { hasNextPage: false, startCursor: null, endCursor: null } },
    });
  });

  it.each([
    ['limit', { limit: 0 }],
    ['limit', { limit: 101 }],
    ['first', { first: 101 }],
    ['page', { page: 0 }],
    ['page', { page: 1, after: 'x' }],
    ['after', { after: 'bm90IGpzb24' }],
    ['after', { after: encodeCursor(['CREATED_AT DESC', '0000-01-01T00:00:00.000Z', 'x']) }],
    ['minPrice', { filter: { minPrice: '2', maxPrice: '1' } }],
  ])('are refused with VAL_001 for a faulty %s: %j', async (field, variables) => {
    const { codes, errors } = await list(variables);
    expect(codes).toEqual(['VAL_001']);
    expect(errors[0]?.extensions?.details).toEqual(
      expect.arrayContaining([expect.objectContaining({ field })]),
    );
  });

  it.each([{ text: 'a\0b' }, { category: 'a\0b' }, { brands: ['a\0b'] }])(
    'refuse a NUL character, which Postgres cannot hold: %j',
    async (filter) => {
      expect((await list({ filter })).codes).toContain('VAL_001');
    },
  );

  it('refuse the cursor of another order', async () => {
    const { page } = await list({ sort: { field: 'NAME' }, first: 1 });
    const after = page.pageInfo.endCursor;
    expect((await list({ sort: { field: 'PRICE' }, after })).codes).toEqual(['VAL_001']);
    expect((await list({ sort: { field: 'NAME', direction: 'ASC' }, after })).codes).toEqual(['VAL_001']);
  });

  it.each(['PRICE_UP', 'price'])('refuse the unknown sort field %s', async (field) => {
    expect((await list({ sort: { field } })).codes).toEqual(['VAL_001']);
  });
});

describe('statements', () => {
  beforeEach(async () => {
    await catalog.reset();
    await fill();
    catalog.statements.length = 0;
  });
  const pageOf = (selection: string, args: string) => catalog.run(`{ products(${args}) { ${selection} } }`);
  const fields =
    'nodes { productId name price { amount } inventory inStock category { name path { name } } }';

  it('are one a listing, stock included, and one for the categories', async () => {
    await pageOf(fields, 'first: 4, filter: { minPrice: "0.01" }');
    expect(catalog.statements).toHaveLength(2);
  });

  it('are one more where totalCount is selected, and none where the cache has all but the stock', async () => {
    const args = 'first: 3, filter: { minPrice: "0.02" }';
    await pageOf(`totalCount ${fields}`, args);
    expect(catalog.statements).toHaveLength(3);
    catalog.statements.length = 0;
    await pageOf(`totalCount ${fields}`, args);
    // The products that only the listing had read, and their stock.
    expect(catalog.statements).toHaveLength(2);
    catalog.statements.length = 0;
    await pageOf(`totalCount ${fields}`, args);
    expect(catalog.statements).toHaveLength(1);
    catalog.statements.length = 0;
    await pageOf('totalCount nodes { name category { slug } }', args);
    expect(catalog.statements).toHaveLength(0);
  });

  it('read the list anew where the filter asks for stock', async () => {
    const args = 'first: 3, filter: { inStock: true }';
    await pageOf(`totalCount ${fields}`, args);
    catalog.statements.length = 0;
    await pageOf(`totalCount ${fields}`, args);
    expect(catalog.statements).toHaveLength(2);
  });
});
