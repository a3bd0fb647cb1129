import { moneyOf } from '@commerce/kit/money';
import { eventTypeName } from './event-type.ts';
import type { OrderEventDataResolvers, OrderEventRefundResolvers, OrderEventResolvers } from './generated.ts';
import { statusName } from './order-status.ts';

export const orderEventResolvers: OrderEventResolvers = {
  type: ({ type }) => eventTypeName(type),
  status: ({ data }) => (data ? statusName(data.status) : null),
  order: ({ orderId }, _, { loaders }) => loaders.order.load(orderId),
};

export const orderEventDataResolvers: OrderEventDataResolvers = {
  subtotal: ({ subtotal, currency }) => moneyOf(subtotal, currency),
  tax: ({ tax, currency }) => moneyOf(tax, currency),
  shipping: ({ shipping, currency }) => moneyOf(shipping, currency),
  total: ({ total, currency }) => moneyOf(total, currency),
  refundedAmount: ({ refundedAmount, currency }) => moneyOf(refundedAmount, currency),
  refund: ({ refund, currency }) => refund && { ...refund, currency },
};

export const orderEventRefundResolvers: OrderEventRefundResolvers = {
  amount: ({ amount, currency }) => moneyOf(amount, currency),
};
