import { AppError, assertNever, parseInput } from '@commerce/kit/errors';
import { requireAdmin, type Viewer } from '@commerce/kit/viewer';
import type { CategoryRefusal } from '../data/category-store.ts';
import { createCategorySchema, slugOf, updateCategorySchema } from './category-input.ts';
import type { CatalogDeps } from './deps.ts';

/** @returns the new category's id
 *  @throws AppError AUTH_002-004, VAL_001, VAL_002, RES_001 for an unknown parent, RES_002 for a taken slug, or
 *  a taken name among its siblings */
export async function createCategory(deps: CatalogDeps, viewer: Viewer, input: unknown): Promise<string> {
  requireAdmin(viewer);
  const fields = parseInput(createCategorySchema, input);
  const slug = fields.slug ?? slugOf(fields.name);
  if (slug === '') throw fieldError('slug', 'is required: none can be made from this name');
  const categoryId = deps.newId('cat');
  return await finish(deps, categoryId, await deps.categories.insert({ ...fields, slug, categoryId }));
}

/** Changes the fields that are given.
 *  @returns the category's id
 *  @throws AppError AUTH_002-004, VAL_001 also where it would come below itself, VAL_002, RES_001 for an unknown
 *  category or parent, RES_002 for a taken slug, or a taken name among its siblings */
export async function updateCategory(deps: CatalogDeps, viewer: Viewer, input: unknown): Promise<string> {
  requireAdmin(viewer);
  const { categoryId, ...patch } = parseInput(updateCategorySchema, input);
  return await finish(deps, categoryId, await deps.categories.update(categoryId, patch));
}

async function finish(
  deps: CatalogDeps,
  categoryId: string,
  refusal: CategoryRefusal | null,
): Promise<string> {
  if (refusal !== null) throw refusalError(refusal);
  await deps.caches.forgetCategories();
  return categoryId;
}

function refusalError(refusal: CategoryRefusal): AppError {
  switch (refusal) {
    case 'unknown':
      return new AppError('RES_001', 'Unknown category');
    case 'unknown_parent':
      return new AppError('RES_001', 'Unknown parent category');
    case 'cycle':
      return fieldError('parentId', 'must not be the category itself or one below it');
    case 'slug_taken':
      return new AppError('RES_002', 'This slug belongs to another category');
    case 'name_taken':
      return new AppError('RES_002', 'A sibling has this name');
    default:
      return assertNever(refusal);
  }
}

function fieldError(field: string, message: string): AppError {
  return new AppError('VAL_001', 'Validation failed', { details: [{ field, message }] });
}
