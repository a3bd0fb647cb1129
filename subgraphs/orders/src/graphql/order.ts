import { isPlausibleId } from '@commerce/kit/ids';
import { moneyOf } from '@commerce/kit/money';
import { receiptOf } from '../domain/receipt.ts';
import type { OrderItemResolvers, OrderResolvers, TimelineEntryResolvers } from './generated.ts';
import { statusName } from './order-status.ts';
import { receiptView } from './receipt-view.ts';

export const orderResolvers: OrderResolvers = {
  __resolveReference: ({ orderId }, { loaders }) =>
    isPlausibleId(orderId) ? loaders.order.load(orderId) : null,
  user: ({ userId }) => ({ userId }),
  status: ({ status }) => statusName(status),
  items: ({ orderId }, _, { loaders }) => loaders.itemsOfOrder.load(orderId),
  summary: ({ subtotal, tax, shipping, total, currency }) => ({
    subtotal: moneyOf(subtotal, currency),
    tax: moneyOf(tax, currency),
    shipping: moneyOf(shipping, currency),
    total: moneyOf(total, currency),
  }),
  refundedAmount: ({ refunded, currency }) => moneyOf(refunded, currency),
  refunds: ({ orderId, isAsTaken }, _, { loaders }) =>
    isAsTaken ? [] : loaders.refundsOfOrder.load(orderId),
  async receipt(order, _, { loaders }) {
    const receipt = receiptOf(order, await loaders.itemsOfOrder.load(order.orderId));
    return receipt && receiptView(receipt, order.currency);
  },
  timeline: ({ orderId, timeline }, _, { loaders }) => timeline ?? loaders.timelineOfOrder.load(orderId),
};

export const orderItemResolvers: OrderItemResolvers = {
  product: ({ productId }) => ({ productId }),
  price: ({ price, currency }) => moneyOf(price, currency),
  subtotal: ({ subtotal, currency }) => moneyOf(subtotal, currency),
};

export const timelineEntryResolvers: TimelineEntryResolvers = {
  status: ({ status }) => statusName(status),
};
