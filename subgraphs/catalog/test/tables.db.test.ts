import { violatedConstraint } from '@commerce/kit/postgres';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { categories, products } from '../src/data/tables.ts';
import { type CatalogFixture, openCatalog } from './catalog-fixture.ts';
import { insertCategories, insertProducts, productRow } from './samples.ts';

let catalog: CatalogFixture;
beforeAll(async () => {
  catalog = await openCatalog();
  await insertCategories(catalog.db);
  await insertProducts(catalog.db, [
    productRow('prod_h', { categoryId: 'cat_headphones' }),
    productRow('prod_e', { categoryId: 'cat_electronics', sku: 'SKU-1' }),
  ]);
});
afterAll(async () => await catalog.close());

async function violation(statement: Promise<unknown>): Promise<string | null> {
  try {
    await statement;
    return 'nothing';
  } catch (error) {
    return violatedConstraint(error);
  }
}

async function read(productId: string) {
  const [row] = await catalog.db.select().from(products).where(eq(products.productId, productId));
  return row!;
}

describe('the products table', () => {
  it.each([
    ['products_price_range', { price: '-0.01' }],
    ['products_price_range', { price: '21474836.48' }],
    ['products_stock', { reserved: -1 }],
    ['products_stock', { onHand: 3, reserved: 4 }],
    ['products_stock', { onHand: -1 }],
    ['products_rating_range', { rating: '5.01' }],
    ['products_rating_range', { rating: '-0.01' }],
    ['products_review_count', { reviewCount: -1 }],
    ['products_name_present', { name: ' ' }],
    ['products_currency_form', { currency: 'usd' }],
    ['products_images_list', { images: sql`'{}'::jsonb` }],
    ['products_images_list', { images: Array.from({ length: 21 }, () => 'https://x') }],
    ['products_specifications_list', { specifications: sql`'"x"'::jsonb` }],
    ['products_category_id_categories_category_id_fk', { categoryId: 'cat_none' }],
    ['products_sku_unique', { sku: 'SKU-1' }],
  ])('refuses by %s: %j', async (constraint, fields) => {
    const insert = catalog.db
      .insert(products)
      .values({ ...productRow('prod_bad'), category: '', ...(fields as object) });
    expect(await violation(insert)).toBe(constraint);
    const update = catalog.db
      .update(products)
      .set(fields as object)
      .where(eq(products.productId, 'prod_h'));
    expect(await violation(update)).toBe(constraint);
  });

  it('reckons the inventory', async () => {
    await catalog.db.update(products).set({ onHand: 7, reserved: 3 }).where(eq(products.productId, 'prod_e'));
    expect(await read('prod_e')).toMatchObject({ inventory: 4 });
  });

  it('names the top two categories of the path', async () => {
    expect(await read('prod_h')).toMatchObject({ category: 'Electronics', subcategory: 'Audio' });
    expect(await read('prod_e')).toMatchObject({ category: 'Electronics', subcategory: null });
  });

  it('moves updated_at for changes of the product, not of its stock', async () => {
    const before = (await read('prod_e')).updatedAt;
    await catalog.db.update(products).set({ onHand: 9, reserved: 1 }).where(eq(products.productId, 'prod_e'));
    await catalog.db.update(products).set({ name: 'Product prod_e' }).where(eq(products.productId, 'prod_e'));
    expect((await read('prod_e')).updatedAt).toEqual(before);
    await catalog.db
      .update(products)
      .set({ images: ['https://x.example/1.jpg'] })
      .where(eq(products.productId, 'prod_e'));
    expect((await read('prod_e')).updatedAt.getTime()).toBeGreaterThan(before.getTime());
  });

  it('has each index once', async () => {
    const rows = await catalog.db.execute(sql`
      select string_agg(indexname, ',') as names from pg_indexes where schemaname = 'public'
      group by regexp_replace(indexdef, 'INDEX \\S+ ON', '') having count(*) > 1`);
    expect([...rows]).toEqual([]);
    const named = await catalog.db.execute(
      sql`select indexdef from pg_indexes where tablename = 'products' and indexname like 'idx%' order by 1`,
    );
    expect(named.map((row) => String(row.indexdef).replace(/^.* USING /, ''))).toEqual([
      'btree (category, price)',
      'btree (created_at)',
      'btree (price)',
      'gin (search)',
    ]);
  });
});

describe('the categories table', () => {
  it.each([
    ['categories_slug_unique', { slug: 'audio', name: 'Other' }],
    ['categories_slug_form', { slug: 'Not A Slug', name: 'Other' }],
    ['categories_sibling_name_unique', { slug: 'other', name: 'BOOKS' }],
    ['categories_sibling_name_unique', { slug: 'other', name: 'audio', parentId: 'cat_electronics' }],
    ['categories_parent_other', { slug: 'other', name: 'Other', parentId: 'cat_bad' }],
    ['categories_name_present', { slug: 'other', name: '' }],
    ['categories_position_from_zero', { slug: 'other', name: 'Other', position: -1 }],
  ])('refuses by %s: %j', async (constraint, fields) => {
    expect(await violation(catalog.db.insert(categories).values({ categoryId: 'cat_bad', ...fields }))).toBe(
      constraint,
    );
  });
});
