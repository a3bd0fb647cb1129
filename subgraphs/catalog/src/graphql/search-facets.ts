import { cents, moneyOf } from '@commerce/kit/money';
import { priceBandStarts } from '../domain/search-products.ts';
import type { CategoryFacetResolvers, PriceFacetResolvers } from './generated.ts';

export const categoryFacetResolvers: CategoryFacetResolvers = {
  async category({ categoryId }, _args, { loaders }) {
    const category = await loaders.findCategory(categoryId);
    if (!category) throw new Error('A match stands in a category that does not exist');
    return category;
  },
};

export const priceFacetResolvers: PriceFacetResolvers = {
  min: ({ band, currencyCode }) => moneyOf(priceBandStarts[band] ?? cents(0), currencyCode),
  max({ band, currencyCode }) {
    const end = priceBandStarts[band + 1];
    return end === undefined ? null : moneyOf(end, currencyCode);
  },
};
