import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { categories, products } from '../src/data/tables.ts';

type CategoryRow = typeof categories.$inferInsert;
type ProductRow = Omit<typeof products.$inferInsert, 'category'>;

/** Electronics > Audio > Headphones, and Books. */
const sampleCategories: CategoryRow[] = [
  { categoryId: 'cat_electronics', slug: 'electronics', name: 'Electronics', position: 0 },
  { categoryId: 'cat_audio', slug: 'audio', name: 'Audio', parentId: 'cat_electronics', position: 0 },
  {
    categoryId: 'cat_headphones',
    slug: 'headphones',
    name: 'Headphones',
    parentId: 'cat_audio',
    position: 0,
  },
  { categoryId: 'cat_phones', slug: 'phones', name: 'Phones', parentId: 'cat_electronics', position: 1 },
  { categoryId: 'cat_books', slug: 'books', name: 'Books', position: 1 },
];

export async function insertCategories(
  db: PostgresJsDatabase,
  rows: CategoryRow[] = sampleCategories,
): Promise<void> {
  await db.insert(categories).values(rows);
}

/** A product of category Books at 10.00 with 10 pieces, unless told otherwise. */
export function productRow(productId: string, fields: Partial<ProductRow> = {}): ProductRow {
  return {
    productId,
    name: `Product ${productId}`,
    price: '10.00',
    categoryId: 'cat_books',
    onHand: 10,
    ...fields,
  };
}

export async function insertProducts(db: PostgresJsDatabase, rows: ProductRow[]): Promise<void> {
  await db.insert(products).values(rows.map((row) => ({ category: '', ...row })));
}
