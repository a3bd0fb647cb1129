import { moneyOf } from '@commerce/kit/money';
import { listMovements } from '../domain/list-movements.ts';
import { findProduct } from '../domain/read-product.ts';
import type { ProductResolvers } from './generated.ts';

export const productResolvers: ProductResolvers = {
  __resolveReference: ({ productId }, { viewer, loaders }) => findProduct(loaders, viewer, productId),
  price: ({ priceCents, currencyCode }) => moneyOf(priceCents, currencyCode),
  async category({ categoryId }, _args, { loaders }) {
    const category = await loaders.findCategory(categoryId);
    if (!category) throw new Error('A product stands in a category that does not exist');
    return category;
  },
  inventory: ({ productId }, _args, { loaders }) => loaders.inventories.load(productId),
  inStock: async ({ productId }, _args, { loaders }) => (await loaders.inventories.load(productId)) > 0,
  stockMovements: ({ productId }, args, context) => listMovements(context, productId, args),
};
