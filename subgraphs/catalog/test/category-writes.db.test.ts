import type { Viewer } from '@commerce/kit/viewer';
import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCategoryStore } from '../src/data/category-store.ts';
import { createCategoryTree } from '../src/data/category-tree.ts';
import { products } from '../src/data/tables.ts';
import { admin, anonymous, type CatalogFixture, customer, openCatalog } from './catalog-fixture.ts';
import { insertCategories, insertProducts, productRow } from './samples.ts';

let catalog: CatalogFixture;
beforeAll(async () => {
  catalog = await openCatalog({ poolSize: 8 });
});
afterAll(async () => await catalog.close());
beforeEach(async () => {
  await catalog.reset();
  await insertCategories(catalog.db);
  await insertProducts(catalog.db, [
    productRow('prod_h', { categoryId: 'cat_headphones' }),
    productRow('prod_a', { categoryId: 'cat_audio' }),
    productRow('prod_b'),
    productRow('prod_gone', { isActive: false }),
  ]);
});

const fields =
  'categoryId slug name description parent { slug } children { slug } path { slug } productCount';

async function create(input: Record<string, unknown>, viewer: Viewer = admin) {
  const document = `mutation ($input: CreateCategoryInput!) { createCategory(input: $input) { category { ${fields} } } }`;
  const { data, codes, errors } = await catalog.run(document, { input }, viewer);
  return { category: data?.createCategory?.category, codes, details: errors[0]?.extensions?.details };
}

async function update(input: Record<string, unknown>, viewer: Viewer = admin) {
  const document = `mutation ($input: UpdateCategoryInput!) { updateCategory(input: $input) { category { ${fields} } } }`;
  const { data, codes, errors } = await catalog.run(document, { input }, viewer);
  return { category: data?.updateCategory?.category, codes, details: errors[0]?.extensions?.details };
}

/** Slugs as an outline: electronics(audio(headphones),phones),books */
async function outline(): Promise<string> {
  const { data } =
    await catalog.run(`{ categories { ...N children { ...N children { ...N children { ...N } } } } }
    fragment N on Category { slug }`);
  type Node = { slug: string; children?: Node[] };
  const write = (nodes: Node[]): string =>
    nodes
      .map(({ slug, children = [] }) => (children.length > 0 ? `${slug}(${write(children)})` : slug))
      .join();
  return write(data.categories);
}

async function namedCategories() {
  const { productId, category, subcategory } = products;
  const rows = await catalog.db
    .select({ productId, category, subcategory })
    .from(products)
    .orderBy(asc(productId));
  return Object.fromEntries(rows.map((row) => [row.productId, [row.category, row.subcategory]]));
}

describe('the tree', () => {
  it('is told with parents, children, paths and counts of active products', async () => {
    const { data } = await catalog.run(
      `{ categories { ${fields} } category(slug: "audio") { ${fields} } none: category(slug: "none") { slug } }`,
    );
    expect(
      data.categories.map((node: { slug: string; productCount: number }) => [node.slug, node.productCount]),
    ).toEqual([
      ['electronics', 2],
      ['books', 1],
    ]);
    expect(data.category).toMatchObject({
      parent: { slug: 'electronics' },
      children: [{ slug: 'headphones' }],
      path: [{ slug: 'electronics' }, { slug: 'audio' }],
      productCount: 2,
    });
    expect(data.none).toBeNull();
  });

  it('costs one statement, one more for the counts, and none once cached', async () => {
    const document = `{ categories { ${fields} children { ${fields} children { ${fields} } } } }`;
    catalog.statements.length = 0;
    await catalog.run(document);
    expect(catalog.statements).toHaveLength(2);
    catalog.statements.length = 0;
    await catalog.run(document);
    expect(catalog.statements).toHaveLength(0);
  });

  it('counts anew after a product was written', async () => {
    const count = async () =>
      (await catalog.run('{ category(slug: "books") { productCount } }')).data.category.productCount;
    expect(await count()).toBe(1);
    await catalog.run(
      'mutation { updateProduct(input: { productId: "prod_gone", isActive: true }) { product { name } } }',
      {},
      admin,
    );
    expect(await count()).toBe(2);
  });
});

describe('createCategory', () => {
  it('makes a slug from the name and takes the last place', async () => {
    const { category } = await create({ name: 'Home & Kitchen', description: ' For the home. ' });
    expect(category).toMatchObject({
      slug: 'home-kitchen',
      name: 'Home & Kitchen',
      description: 'For the home.',
      parent: null,
      children: [],
      productCount: 0,
    });
    expect(category.categoryId).toMatch(/^cat_[0-9A-Za-z]{22}$/);
    expect(await outline()).toBe('electronics(audio(headphones),phones),books,home-kitchen');
  });

  it.each([
    [0, 'electronics(new,audio(headphones),phones),books'],
    [1, 'electronics(audio(headphones),new,phones),books'],
    [2, 'electronics(audio(headphones),phones,new),books'],
    [900, 'electronics(audio(headphones),phones,new),books'],
    [undefined, 'electronics(audio(headphones),phones,new),books'],
  ])('puts it at place %s of its siblings, who make room', async (position, expected) => {
    await outline();
    await create({ name: 'New', parentId: 'cat_electronics', position });
    expect(await outline()).toBe(expected);
  });

  it('allows a name twice under different parents', async () => {
    const { category, codes } = await create({ name: 'Audio', slug: 'audio-books', parentId: 'cat_books' });
    expect(codes).toEqual([]);
    expect(category.path).toEqual([{ slug: 'books' }, { slug: 'audio-books' }]);
  });

  it.each([
    ['RES_002', { name: 'Other', slug: 'audio' }],
    ['RES_002', { name: 'Audio' }],
    ['RES_002', { name: 'BOOKS', slug: 'books-2' }],
    ['RES_002', { name: 'aUDIO', slug: 'audio-2', parentId: 'cat_electronics' }],
    ['RES_001', { name: 'Other', parentId: 'cat_none' }],
    ['VAL_001', { name: 'Other', slug: 'Not a slug' }],
    ['VAL_001', { name: '日本' }],
    ['VAL_001', { name: 'x'.repeat(101) }],
    ['VAL_001', { name: 'a\ud800b', slug: 'other' }],
    ['VAL_001', { name: '\u200b', slug: 'other' }],
    ['VAL_001', { name: 'Other', description: 'x'.repeat(501) }],
    ['VAL_001', { name: 'Other', position: -1 }],
    ['VAL_002', { name: null }],
  ])('is refused with %s and writes nothing: %j', async (code, input) => {
    const before = await createCategoryStore(catalog.db).listAll();
    expect((await create(input)).codes).toEqual([code]);
    expect(await createCategoryStore(catalog.db).listAll()).toEqual(before);
  });

  it('lets one of parallel ones have the name', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => create({ name: 'Race' })));
    expect(answers.filter((answer) => answer.codes.length === 0)).toHaveLength(1);
    expect(answers.filter((answer) => answer.codes[0] === 'RES_002')).toHaveLength(5);
  });
});

describe('updateCategory', () => {
  it('renames it, also in the columns of its products and in filters', async () => {
    const byName = (name: string) =>
      catalog.run('query ($c: String) { products(filter: { category: $c }) { totalCount } }', { c: name });
    expect((await byName('Sound')).data.products.totalCount).toBe(0);
    const { category } = await update({ categoryId: 'cat_audio', name: 'Sound', slug: 'sound' });
    expect(category).toMatchObject({ name: 'Sound', slug: 'sound', productCount: 2 });
    expect(await namedCategories()).toMatchObject({
      prod_h: ['Electronics', 'Sound'],
      prod_a: ['Electronics', 'Sound'],
      prod_b: ['Books', null],
    });
    expect((await byName('Sound')).data.products.totalCount).toBe(2);
    expect((await byName('Audio')).data.products.totalCount).toBe(0);
    const { data } = await catalog.run('{ product(productId: "prod_a") { category { name } } }');
    expect(data.product.category.name).toBe('Sound');
  });

  it('moves it with everything below it', async () => {
    const { category } = await update({ categoryId: 'cat_audio', parentId: 'cat_books' });
    expect(category.path).toEqual([{ slug: 'books' }, { slug: 'audio' }]);
    expect(await outline()).toBe('electronics(phones),books(audio(headphones))');
    expect(await namedCategories()).toMatchObject({ prod_h: ['Books', 'Audio'], prod_a: ['Books', 'Audio'] });
    await update({ categoryId: 'cat_audio', parentId: null, position: 0 });
    expect(await outline()).toBe('audio(headphones),electronics(phones),books');
    expect(await namedCategories()).toMatchObject({
      prod_h: ['Audio', 'Headphones'],
      prod_a: ['Audio', null],
    });
  });

  it('is one statement between those of the audit log', async () => {
    await catalog.run('{ categories { slug } }');
    catalog.statements.length = 0;
    await update({ categoryId: 'cat_audio', name: 'Sound', parentId: 'cat_books', position: 0 });
    // The attempt, the change, the tree read anew, the outcome, the counts.
    expect(catalog.statements).toHaveLength(5);
    expect(catalog.statements[0]).toContain('audit_log');
    expect(catalog.statements[1]).toContain('update_category');
    expect(catalog.statements[3]).toContain('audit_outcomes');
  });

  it('changes only its place where only that is given', async () => {
    await update({ categoryId: 'cat_books', position: 0 });
    expect(await outline()).toBe('books,electronics(audio(headphones),phones)');
    expect((await update({ categoryId: 'cat_books' })).codes).toEqual([]);
    expect(await outline()).toBe('books,electronics(audio(headphones),phones)');
  });

  it.each([
    ['VAL_001', { categoryId: 'cat_electronics', parentId: 'cat_electronics' }],
    ['VAL_001', { categoryId: 'cat_electronics', parentId: 'cat_headphones' }],
    ['RES_001', { categoryId: 'cat_none', name: 'X' }],
    ['RES_001', { categoryId: 'cat_books', parentId: 'cat_none' }],
    ['RES_002', { categoryId: 'cat_books', slug: 'audio' }],
    ['RES_002', { categoryId: 'cat_books', name: 'electronics' }],
    ['RES_002', { categoryId: 'cat_phones', name: 'Books', parentId: null }],
    ['VAL_001', { categoryId: 'cat_books', slug: '' }],
    ['VAL_002', { categoryId: 'cat_books', name: null }],
  ])('is refused with %s and changes nothing: %j', async (code, input) => {
    const read = async () => [await createCategoryStore(catalog.db).listAll(), await namedCategories()];
    const before = await read();
    expect((await update({ description: 'half', ...input })).codes).toEqual([code]);
    expect(await read()).toEqual(before);
  });

  it('never makes a circle of moves that are harmless alone', async () => {
    for (let round = 0; round < 5; round += 1) {
      await Promise.all([
        update({ categoryId: 'cat_audio', parentId: 'cat_phones' }),
        update({ categoryId: 'cat_phones', parentId: 'cat_headphones' }),
        update({ categoryId: 'cat_electronics', parentId: 'cat_audio' }),
      ]);
      const records = await createCategoryStore(catalog.db).listAll();
      const tree = createCategoryTree(records);
      for (const record of records) expect(tree.pathOf(record)[0]?.parentId, record.slug).toBeNull();
    }
  });

  it('keeps products in step while they are written at the same time', async () => {
    await Promise.all(
      Array.from({ length: 30 }, async (_, index) => {
        if (index % 3 === 0) await update({ categoryId: 'cat_audio', name: `Audio ${index}` });
        if (index % 3 === 1)
          await insertProducts(catalog.db, [productRow(`prod_${index}`, { categoryId: 'cat_audio' })]);
        if (index % 3 === 2) {
          const categoryId = index % 2 ? 'cat_audio' : 'cat_phones';
          await catalog.db.update(products).set({ categoryId }).where(eq(products.productId, 'prod_h'));
        }
      }),
    );
    const records = await createCategoryStore(catalog.db).listAll();
    const tree = createCategoryTree(records);
    const { productId, categoryId, category, subcategory } = products;
    for (const row of await catalog.db
      .select({ productId, categoryId, category, subcategory })
      .from(products)) {
      const path = tree.pathOf(tree.findById(row.categoryId)!);
      expect([row.category, row.subcategory]).toEqual([path[0]?.name, path[1]?.name ?? null]);
    }
  });
});

describe('strangers', () => {
  it.each([
    [customer, 'AUTH_004'],
    [anonymous, 'AUTH_003'],
  ])('may not write categories: %j', async (viewer, code) => {
    expect((await create({ name: 'X' }, viewer)).codes).toEqual([code]);
    expect((await update({ categoryId: 'cat_books', name: 'X' }, viewer)).codes).toEqual([code]);
  });
});
