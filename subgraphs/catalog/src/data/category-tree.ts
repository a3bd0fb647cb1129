import type { CategoryRecord } from './category-store.ts';

/** All categories, ready to be walked in any direction. */
export type CategoryTree = {
  /** The top categories in their order. */
  roots: CategoryRecord[];
  findById(categoryId: string): CategoryRecord | null;
  findBySlug(slug: string): CategoryRecord | null;
  /** In their order. */
  childrenOf(categoryId: string): CategoryRecord[];
  /** From the top down to the category, itself included. */
  pathOf(category: CategoryRecord): CategoryRecord[];
  /** Adds up counts that stand right in categories over everything below each. */
  sumBelow(counts: ReadonlyMap<string, number>): Map<string, number>;
};

/** @param records siblings in their order */
export function createCategoryTree(records: readonly CategoryRecord[]): CategoryTree {
  const byId = new Map(records.map((record) => [record.categoryId, record]));
  const bySlug = new Map(records.map((record) => [record.slug, record]));
  const children = new Map<string | null, CategoryRecord[]>();
  for (const record of records) {
    children.set(record.parentId, [...(children.get(record.parentId) ?? []), record]);
  }

  function pathOf(category: CategoryRecord): CategoryRecord[] {
    const path: CategoryRecord[] = [];
    let current: CategoryRecord | undefined = category;
    // The database allows no cycle; a cache might be made to hold one.
    while (current && !path.includes(current)) {
      path.unshift(current);
      current = current.parentId === null ? undefined : byId.get(current.parentId);
    }
    return path;
  }

  return {
    roots: children.get(null) ?? [],
    findById: (categoryId) => byId.get(categoryId) ?? null,
    findBySlug: (slug) => bySlug.get(slug) ?? null,
    childrenOf: (categoryId) => children.get(categoryId) ?? [],
    pathOf,
    sumBelow(counts) {
      const sums = new Map<string, number>();
      for (const record of records) {
        const count = counts.get(record.categoryId) ?? 0;
        for (const { categoryId } of pathOf(record))
          sums.set(categoryId, (sums.get(categoryId) ?? 0) + count);
      }
      return sums;
    },
  };
}
