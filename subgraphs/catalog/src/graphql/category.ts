import type { CategoryResolvers } from './generated.ts';

export const categoryResolvers: CategoryResolvers = {
  __resolveReference: ({ categoryId }, { loaders }) => loaders.findCategory(categoryId),
  parent: ({ parentId }, _args, { loaders }) => (parentId === null ? null : loaders.findCategory(parentId)),
  children: async ({ categoryId }, _args, { loaders }) => (await loaders.tree()).childrenOf(categoryId),
  path: async (category, _args, { loaders }) => (await loaders.tree()).pathOf(category),
  productCount: async ({ categoryId }, _args, { loaders }) =>
    (await loaders.productCounts()).get(categoryId) ?? 0,
};
