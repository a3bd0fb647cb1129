import { moneyOf } from '@commerce/kit/money';
import { lineSubtotal } from '../domain/pricing.ts';
import { viewLine } from '../domain/view-cart.ts';
import type { CartItemResolvers } from './generated.ts';

export const cartItemResolvers: CartItemResolvers = {
  async __resolveReference({ itemId }, { loaders, deps }) {
    const line = await loaders.lineById.load(itemId);
    return line && (await viewLine(deps, line));
  },
  price: ({ priceCents, currencyCode }) => moneyOf(priceCents, currencyCode),
  subtotal: (line) => moneyOf(lineSubtotal(line), line.currencyCode),
  product: ({ productId }) => ({ __typename: 'Product', productId }),
};
