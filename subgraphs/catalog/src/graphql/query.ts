import { readAuditPage } from '@commerce/kit/audit-page';
import { requireAdmin } from '@commerce/kit/viewer';
import type { CatalogDeps } from '../domain/deps.ts';
import { listProducts } from '../domain/list-products.ts';
import { readOffers } from '../domain/read-offers.ts';
import { findProduct } from '../domain/read-product.ts';
import { searchProducts } from '../domain/search-products.ts';
import type { QueryResolvers } from './generated.ts';

export function createQueryResolvers(deps: CatalogDeps): QueryResolvers {
  return {
    product: (_, { productId }, { viewer, loaders }) => findProduct(loaders, viewer, productId),
    products: (_, args, context) => listProducts(deps, context, args),
    searchProducts: (_, args, context) => searchProducts(deps, context, args),
    categories: async (_, _args, { loaders }) => (await loaders.tree()).roots,
    category: async (_, { slug }, { loaders }) => (await loaders.tree()).findBySlug(slug),
    catalogAuditLog: async (_, args, { viewer }) => {
      requireAdmin(viewer);
      return await readAuditPage(deps.auditLog, args);
    },
    productOffers: (_, args, { viewer }) => readOffers(deps, viewer, args),
  };
}
