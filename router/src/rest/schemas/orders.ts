import { z } from 'zod';
import { amount, idOf, page, pagination, queryInteger, summary, timestamp } from './common.ts';

function text(max: number, min = 1) {
  return z.string().min(min, 'must not be empty').max(max, `must have at most ${max} characters`);
}

const newAddress = z
  .object({ street: text(200), city: text(100), state: text(100, 0), zipCode: text(20), country: text(100) })
  .meta({ id: 'NewAddress' });

export const newOrder = z
  .object({
    shippingAddress: newAddress,
    billingAddress: newAddress.nullish().meta({ description: 'The shipping address where absent.' }),
    paymentMethod: z
      .object({
        type: z.enum(['credit_card', 'debit_card'], 'must be credit_card or debit_card'),
        token: text(255).meta({ description: "The payment provider's token. Card numbers are refused." }),
      })
      .meta({ id: 'NewPaymentMethod' }),
  })
  .meta({ id: 'NewOrder' });

export const newOrderHeaders = z.object({
  'Idempotency-Key': z
    .string()
    .regex(/^[\x20-\x7e]{1,255}$/, 'must be 1 to 255 printable ASCII characters')
    .optional()
    .meta({
      description:
        'The same key and body give the stored answer again for 24 hours, marked by Idempotent-Replayed: true.',
    }),
});

const statuses = [
  'pending',
  'confirmed',
  'processing',
  'shipped',
  'delivered',
  'cancelled',
  'refunded',
] as const;

export const orderStatus = z
  .enum(statuses, `must be one of ${statuses.join(', ')}`)
  .meta({ id: 'OrderStatus' });

export const orderParams = z.object({ orderId: idOf('ord_') });

export const orderQuery = z.object({
  page,
  limit: queryInteger({ max: 100, default: 10, description: 'Orders a page.' }),
  status: orderStatus.optional().meta({ description: 'Only orders of this status.' }),
});

const address = z
  .object({
    street: z.string(),
    city: z.string(),
    state: z.string(),
    zipCode: z.string(),
    country: z.string(),
  })
  .meta({ id: 'Address' });

const orderFields = {
  orderId: idOf('ord_'),
  userId: idOf('usr_'),
  status: orderStatus,
  items: z.array(
    z
      .object({
        productId: idOf('prod_'),
        name: z.string(),
        price: amount,
        quantity: z.int(),
        subtotal: amount,
      })
      .meta({ id: 'OrderItem', description: 'A line as it was when ordered.' }),
  ),
  summary,
  shippingAddress: address,
};
const times = { createdAt: timestamp, estimatedDelivery: timestamp };

export const placedOrder = z.object({ ...orderFields, ...times }).meta({ id: 'PlacedOrder' });

export const orderDetails = z
  .object({
    ...orderFields,
    tracking: z
      .object({ carrier: z.string(), trackingNumber: z.string(), url: z.string().nullable() })
      .optional()
      .meta({ id: 'Tracking', description: 'Absent until there is a parcel.' }),
    timeline: z.array(z.object({ status: orderStatus, timestamp })),
    ...times,
  })
  .meta({ id: 'Order' });

export const orderPage = z
  .object({
    orders: z.array(
      z
        .object({
          orderId: orderFields.orderId,
          status: orderStatus,
          total: amount,
          itemCount: z.int().meta({ description: 'Sum of quantities.' }),
          ...times,
        })
        .meta({ id: 'OrderSummary' }),
    ),
    pagination,
  })
  .meta({ id: 'OrderPage' });
