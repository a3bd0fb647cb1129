import { moneyOf } from '@commerce/kit/money';
import { lineSubtotal } from '../domain/pricing.ts';
import { viewLine } from '../domain/view-cart.ts';
import type { CartItemResolvers } from './generated.ts';

export const cartItemResolvers: CartItemResolvers = {
  async __resolveReference({ itemId }, { loaders, deps }) {
    const line = await loaders.lineById.load(itemId);
    return line && (await viewLine(deps, line));
  },
  async price(line) {
    await line.countAsShown();
    return moneyOf(line.priceCents, line.currencyCode);
  },
  async subtotal(line) {
    // Before it counts as shown: a line that costs too much has none to show.
    const subtotal = lineSubtotal(line);
    await line.countAsShown();
    return moneyOf(subtotal, line.currencyCode);
  },
  product: ({ productId }) => ({ __typename: 'Product', productId }),
};
