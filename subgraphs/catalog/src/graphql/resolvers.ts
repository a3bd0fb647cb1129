import type { CatalogDeps } from '../domain/deps.ts';
import { categoryResolvers } from './category.ts';
import { createCategoryMutations } from './category-mutations.ts';
import type { Resolvers } from './generated.ts';
import { createDataExportResolvers, createPrivacyMutations } from './privacy.ts';
import { productResolvers } from './product.ts';
import { createProductMutations } from './product-mutations.ts';
import { createQueryResolvers } from './query.ts';
import { categoryFacetResolvers, priceFacetResolvers } from './search-facets.ts';
import { createStockMutations } from './stock-mutations.ts';

export function createResolvers(deps: CatalogDeps): Resolvers {
  return {
    Query: createQueryResolvers(deps),
    Mutation: {
      ...createProductMutations(deps),
      ...createCategoryMutations(deps),
      ...createStockMutations(deps),
      ...createPrivacyMutations(deps),
    },
    Product: productResolvers,
    DataExport: createDataExportResolvers(deps),
    Category: categoryResolvers,
    CategoryFacet: categoryFacetResolvers,
    PriceFacet: priceFacetResolvers,
  };
}
