import { cents, decimalText } from '@commerce/kit/money';
import { type Db, queryRows } from '@commerce/kit/postgres';
import { inArray, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { categories, products } from './data/tables.ts';
import { demoCategories } from './demo/categories.ts';
import type { DemoProduct } from './demo/demo-product.ts';
import { productImages } from './demo/images.ts';
import { demoProducts } from './demo/products.ts';

const missingRow = z.object({ categoryIds: z.array(z.string()), productIds: z.array(z.string()) });

/** Puts in what is missing of the demonstration's categories and products, with the ledger's first entries.
 *  What is there stays as it is; a second time costs one statement.
 *  @param now when the rows are said to have been written last */
export async function seedCatalog({ db, now }: { db: Db; now: Date }): Promise<void> {
  const [missing] = await queryRows(db, missingStatement(), missingRow);
  if (!missing) throw new Error('The database gave no row');
  const categoryIds = new Set(missing.categoryIds);
  const productIds = new Set(missing.productIds);
  if (categoryIds.size > 0) {
    const rows = demoCategories
      .filter((category) => categoryIds.has(category.categoryId))
      .map((category) => ({ ...category, createdAt: now, updatedAt: now }));
    await db.insert(categories).values(rows).onConflictDoNothing();
  }
  if (productIds.size > 0) {
    await insertProducts(
      db,
      demoProducts.filter((product) => productIds.has(product.productId)),
      now,
    );
  }
}

function missingStatement(): SQL {
  const wantedCategories = JSON.stringify(demoCategories.map(({ categoryId }) => categoryId));
  const wantedProducts = JSON.stringify(demoProducts.map(({ productId }) => productId));
  return sql`
    select
      coalesce((select jsonb_agg(id) from jsonb_array_elements_text(${wantedCategories}::jsonb) as wanted (id)
        where not exists (select 1 from categories c where c.category_id = wanted.id)), '[]') as "categoryIds",
      coalesce((select jsonb_agg(id) from jsonb_array_elements_text(${wantedProducts}::jsonb) as wanted (id)
        where not exists (select 1 from products p where p.product_id = wanted.id)), '[]') as "productIds"`;
}

async function insertProducts(db: Db, wanted: readonly DemoProduct[], now: Date): Promise<void> {
  const idOfSlug = new Map(demoCategories.map(({ slug, categoryId }) => [slug, categoryId]));
  const stands = await db
    .select({ categoryId: categories.categoryId })
    .from(categories)
    .where(inArray(categories.categoryId, [...idOfSlug.values()]));
  const present = new Set(stands.map(({ categoryId }) => categoryId));
  const rows = wanted.flatMap((product) => {
    const categoryId = idOfSlug.get(product.categorySlug);
    // An administrator may have taken the category's slug or name for another one.
    return categoryId !== undefined && present.has(categoryId) ? [toRow(product, categoryId, now)] : [];
  });
  if (rows.length > 0) await db.insert(products).values(rows).onConflictDoNothing();
}

function toRow(product: DemoProduct, categoryId: string, now: Date): typeof products.$inferInsert {
  const createdAt = new Date(product.createdAt);
  return {
    productId: product.productId,
    sku: product.sku,
    name: product.name,
    description: product.description,
    longDescription: product.longDescription,
    price: decimalText(cents(product.priceCents)),
    currency: product.currency,
    categoryId,
    // A trigger names the category.
    category: '',
    brand: product.brand,
    onHand: product.stock,
    images: productImages(product),
    specifications: Object.entries(product.specifications).map(([name, value]) => ({ name, value })),
    rating: product.rating.toFixed(2),
    reviewCount: product.reviewCount,
    isActive: product.isActive ?? true,
    createdAt,
    updatedAt: now > createdAt ? now : createdAt,
  };
}
