import { centsFromNumeric } from '@commerce/kit/money';
import { timestampColumn } from '@commerce/kit/postgres';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { orderStatuses } from './order-record.ts';

const amountColumn = z.string().transform(centsFromNumeric);
const status = z.enum(orderStatuses);

const postalAddress = z.object({
  street: z.string(),
  city: z.string(),
  state: z.string(),
  zipCode: z.string(),
  country: z.string(),
});

const columns = {
  order_id: 'orderId',
  user_id: 'userId',
  status: 'status',
  currency: 'currency',
  subtotal: 'subtotal',
  tax: 'tax',
  shipping: 'shipping',
  total_amount: 'total',
  item_count: 'itemCount',
  shipping_address: 'shippingAddress',
  billing_address: 'billingAddress',
  payment_method: 'paymentMethod',
  tracking_info: 'tracking',
  cart_id: 'cartId',
  cart_version: 'cartVersion',
  created_at: 'createdAt',
  updated_at: 'updatedAt',
  acknowledged_at: 'acknowledgedAt',
  cart_consumed_at: 'cartConsumedAt',
  refunded_amount: 'refunded',
  pricing: 'pricing',
  estimated_delivery: 'estimatedDelivery',
};

/** The columns of `orders`, for what is named `o`, named as in OrderRecord. */
export const orderColumns: SQL = sql.raw(
  Object.entries(columns)
    .map(([column, name]) => `o.${column} as "${name}"`)
    .join(', '),
);

/** The same columns under their own names. */
export const plainOrderColumns: SQL = sql.raw(Object.keys(columns).join(', '));

/** A row of `orderColumns`; parses to an OrderRecord. */
export const orderRow = z.object({
  orderId: z.string(),
  userId: z.string(),
  status,
  currency: z.string(),
  subtotal: amountColumn,
  tax: amountColumn,
  shipping: amountColumn,
  total: amountColumn,
  itemCount: z.number(),
  shippingAddress: postalAddress,
  billingAddress: postalAddress,
  paymentMethod: z.object({
    type: z.string(),
    brand: z.string().nullable(),
    last4: z.string().nullable(),
    reference: z.string().nullable(),
    isToldLate: z.boolean().optional(),
  }),
  tracking: z
    .object({ carrier: z.string(), trackingNumber: z.string(), url: z.string().nullable() })
    .nullable(),
  cartId: z.string(),
  cartVersion: z.number(),
  createdAt: timestampColumn,
  updatedAt: timestampColumn,
  acknowledgedAt: timestampColumn.nullable(),
  cartConsumedAt: timestampColumn.nullable(),
  refunded: amountColumn,
  pricing: z
    .object({
      taxRateBasisPoints: z.number(),
      taxRounding: z.enum(['down', 'half_up', 'up']),
      shippingFlatCents: z.number(),
    })
    .nullable(),
  estimatedDelivery: timestampColumn,
});

export const itemRow = z.object({
  itemId: z.string(),
  orderId: z.string(),
  productId: z.string(),
  name: z.string(),
  price: amountColumn,
  quantity: z.number(),
  subtotal: amountColumn,
  currency: z.string(),
});

export const timelineRow = z.object({
  orderId: z.string(),
  status,
  note: z.string().nullable(),
  timestamp: timestampColumn,
});
