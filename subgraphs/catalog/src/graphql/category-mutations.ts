import { AppError } from '@commerce/kit/errors';
import type { CategoryRecord } from '../data/category-store.ts';
import type { CatalogLoaders } from '../data/loaders.ts';
import type { CatalogDeps } from '../domain/deps.ts';
import { createCategory, updateCategory } from '../domain/write-category.ts';
import type { MutationResolvers } from './generated.ts';

type CategoryMutations = Pick<MutationResolvers, 'createCategory' | 'updateCategory'>;

export function createCategoryMutations(deps: CatalogDeps): CategoryMutations {
  return {
    async createCategory(_, { input }, { viewer, loaders }) {
      return { category: await readWritten(loaders, await createCategory(deps, viewer, input)) };
    },
    async updateCategory(_, { input }, { viewer, loaders }) {
      return { category: await readWritten(loaders, await updateCategory(deps, viewer, input)) };
    },
  };
}

async function readWritten(loaders: CatalogLoaders, categoryId: string): Promise<CategoryRecord> {
  loaders.forgetCategories();
  const category = await loaders.findCategory(categoryId);
  if (!category) throw new AppError('RES_001', 'Unknown category');
  return category;
}
