import { type Db, queryRows } from '@commerce/kit/postgres';
import { asc, count, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { categories, products } from './tables.ts';

/** A node of the tree, without what hangs on it. */
export type CategoryRecord = {
  categoryId: string;
  slug: string;
  name: string;
  description: string | null;
  /** Null at the top. */
  parentId: string | null;
  /** Place among its siblings. */
  position: number;
};

export type NewCategory = Omit<CategoryRecord, 'position'> & {
  /** Null is the last place. */
  position: number | null;
};

export type CategoryPatch = {
  [Field in 'slug' | 'name' | 'description' | 'parentId' | 'position']?: CategoryRecord[Field] | undefined;
};

export type CategoryRefusal = 'unknown' | 'unknown_parent' | 'cycle' | 'slug_taken' | 'name_taken';

export type CategoryStore = {
  /** The whole tree, siblings in their order. */
  listAll(): Promise<CategoryRecord[]>;
  /** Active products that stand right in each category; categories without any are left out. */
  countProducts(): Promise<{ categoryId: string; count: number }[]>;
  /** @returns null, or why nothing was written */
  insert(category: NewCategory): Promise<CategoryRefusal | null>;
  /** @returns null, or why nothing was written */
  update(categoryId: string, patch: CategoryPatch): Promise<CategoryRefusal | null>;
};

const refusal = z
  .enum(['done', 'unknown', 'unknown_parent', 'cycle', 'slug_taken', 'name_taken'])
  .transform((outcome) => (outcome === 'done' ? null : outcome));
const outcomeRow = z.object({ outcome: refusal });

export function createCategoryStore(db: Db): CategoryStore {
  return {
    async listAll() {
      const { categoryId, slug, name, description, parentId, position } = categories;
      return await db
        .select({ categoryId, slug, name, description, parentId, position })
        .from(categories)
        .orderBy(asc(position), asc(sql`lower(${name})`), asc(categoryId));
    },
    async countProducts() {
      return await db
        .select({ categoryId: products.categoryId, count: count() })
        .from(products)
        .where(eq(products.isActive, true))
        .groupBy(products.categoryId);
    },
    async insert({ categoryId, ...category }) {
      const call = sql`select create_category(${categoryId}, ${JSON.stringify(category)}) as outcome`;
      const [row] = await queryRows(db, call, outcomeRow);
      return row?.outcome ?? null;
    },
    async update(categoryId, patch) {
      const call = sql`select update_category(${categoryId}, ${JSON.stringify(patch)}) as outcome`;
      const [row] = await queryRows(db, call, outcomeRow);
      return row?.outcome ?? null;
    },
  };
}
