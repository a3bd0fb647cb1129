import { AppError } from '@commerce/kit/errors';
import type { CatalogDeps } from '../domain/deps.ts';
import { updateInventory } from '../domain/update-inventory.ts';
import { createProduct, updateProduct } from '../domain/write-product.ts';
import type { MutationResolvers } from './generated.ts';

type ProductMutations = Pick<MutationResolvers, 'createProduct' | 'updateProduct' | 'updateInventory'>;

export function createProductMutations(deps: CatalogDeps): ProductMutations {
  return {
    async createProduct(_, { input }, { viewer, loaders }) {
      const product = await createProduct(deps, viewer, input);
      loaders.forgetProduct(product.productId);
      return { product };
    },
    async updateProduct(_, { input }, { viewer, loaders }) {
      const product = await updateProduct(deps, viewer, input);
      loaders.forgetProduct(product.productId);
      return { product };
    },
    async updateInventory(_, { input }, { viewer, loaders }) {
      const { productId, movement } = await updateInventory(deps, viewer, input);
      loaders.forgetProduct(productId);
      const product = await loaders.products.load(productId);
      if (!product) throw new AppError('RES_001', 'Unknown product');
      return { product, movement };
    },
  };
}
