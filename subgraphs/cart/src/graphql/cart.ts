import { moneyOf } from '@commerce/kit/money';
import { currencyOf } from '../domain/price-lines.ts';
import { priceCart } from '../domain/pricing.ts';
import { findCartOf } from './cart-access.ts';
import type { CartResolvers } from './generated.ts';

const userIdPattern = /^cart_(.+)$/;

export const cartResolvers: CartResolvers = {
  async __resolveReference({ cartId }, context) {
    const [, userId] = userIdPattern.exec(cartId) ?? [];
    return userId === undefined ? null : await findCartOf(context, userId);
  },
  cartId: ({ cart }) => cart.cartId,
  userId: ({ cart }) => cart.userId,
  version: ({ cart }) => cart.version,
  updatedAt: ({ cart }) => cart.updatedAt,
  itemCount: ({ cart }) => cart.lines.reduce((sum, line) => sum + line.quantity, 0),
  items: async (view) => (await view.priced()).lines,
  warnings: async (view) => (await view.priced()).warnings,
  async summary(view, _args, { deps }) {
    const { lines, countAsShown } = await view.priced();
    const sums = priceCart(deps.pricing, lines);
    await countAsShown();
    const currency = currencyOf(lines);
    return {
      subtotal: moneyOf(sums.subtotal, currency),
      tax: moneyOf(sums.tax, currency),
      shipping: moneyOf(sums.shipping, currency),
      total: moneyOf(sums.total, currency),
    };
  },
};
