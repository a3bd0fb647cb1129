import { AppError, parseInput } from '@commerce/kit/errors';
import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { examples, requestExamples } from './examples.ts';
import { notFound, parseBody, requireId } from './request.ts';
import { gatewayAmount, gatewaySummary, paginate, timestamp } from './schemas/common.ts';
import {
  newOrder,
  newOrderHeaders,
  orderDetails,
  orderPage,
  orderParams,
  orderQuery,
  orderStatus,
  placedOrder,
} from './schemas/orders.ts';

/** GraphQL writes PENDING what REST writes pending. */
const gatewayStatus = z.string().toLowerCase().pipe(orderStatus);

const gatewayOrder = z.object({
  orderId: z.string(),
  userId: z.string(),
  status: gatewayStatus,
  items: z.array(
    z.object({
      productId: z.string(),
      name: z.string(),
      price: gatewayAmount.transform(({ amount }) => amount),
      quantity: z.int(),
      subtotal: gatewayAmount.transform(({ amount }) => amount),
    }),
  ),
  summary: gatewaySummary,
  shippingAddress: placedOrder.shape.shippingAddress,
  createdAt: timestamp,
  estimatedDelivery: timestamp,
});

const createOrder = defineEndpoint({
  method: 'post',
  path: '/orders',
  operationId: 'createOrder',
  tag: 'Orders',
  summary: 'Orders the whole cart',
  description: `Answers once stock and payment are certain. BUS_002 for an empty cart, a product off sale or a price other than
last shown; BUS_001 where stock is short; BUS_003 where the payment is declined: in all of these the cart stays as it was.`,
  isPrivate: true,
  request: { headers: newOrderHeaders, body: newOrder, bodyExample: requestExamples.newOrder },
  status: 201,
  data: placedOrder,
  message: 'Order created successfully',
  example: examples.placedOrder,
  errors: ['BUS_001', 'BUS_002', 'BUS_003', 'RES_002'],
  async handle({ body, headers }, execute) {
    const input = parseBody(newOrder, body);
    const { 'Idempotency-Key': idempotencyKey } = parseInput(newOrderHeaders, {
      'Idempotency-Key': headers['idempotency-key'],
    });
    const answer = await execute({
      name: 'CreateOrder',
      variables: { input, idempotencyKey },
      answer: z.object({ createOrder: z.object({ replayed: z.boolean(), order: gatewayOrder }) }),
    }).catch((error: unknown) => {
      throw nameHeader(error);
    });
    const { order, replayed } = answer.createOrder;
    return { data: order, ...(replayed ? { headers: { 'Idempotent-Replayed': 'true' } } : {}) };
  },
});

const faultList = z.array(z.object({ field: z.string(), message: z.string() }));

/** What is an argument in GraphQL is a header here. */
function nameHeader(error: unknown): unknown {
  if (!(error instanceof AppError)) return error;
  const faults = faultList.safeParse(error.details);
  if (!faults.data?.some(({ field }) => field === 'idempotencyKey')) return error;
  const details = faults.data.map(({ field, message }) => ({
    field: field === 'idempotencyKey' ? 'Idempotency-Key' : field,
    message,
  }));
  return new AppError(error.code, error.message, { details, httpStatus: error.httpStatus, cause: error });
}

const getOrder = defineEndpoint({
  method: 'get',
  path: '/orders/{orderId}',
  operationId: 'getOrder',
  tag: 'Orders',
  summary: 'Gives the details of an order',
  isPrivate: true,
  request: { params: orderParams },
  status: 200,
  data: orderDetails,
  example: examples.order,
  errors: ['RES_001'],
  async handle({ params }, execute) {
    const detailed = gatewayOrder.extend({
      tracking: z
        .object({ carrier: z.string(), trackingNumber: z.string(), url: z.string().nullable() })
        .nullable(),
      timeline: z.array(z.object({ status: gatewayStatus, timestamp })),
    });
    const { order } = await execute({
      name: 'Order',
      variables: { orderId: requireId(params.orderId, 'Order') },
      answer: z.object({ order: detailed.nullable() }),
    });
    if (!order) throw notFound('Order');
    const { tracking, timeline, createdAt, estimatedDelivery, ...head } = order;
    return {
      data: { ...head, ...(tracking ? { tracking } : {}), timeline, createdAt, estimatedDelivery },
    };
  },
});

const listOrders = defineEndpoint({
  method: 'get',
  path: '/orders',
  operationId: 'listOrders',
  tag: 'Orders',
  summary: 'Lists one’s own orders, newest first',
  isPrivate: true,
  request: { query: orderQuery },
  status: 200,
  data: orderPage,
  example: examples.orderPage,
  errors: ['VAL_001'],
  async handle({ query }, execute) {
    const request = parseInput(orderQuery, query);
    const gatewayRow = z.object({
      ...gatewayOrder.pick({ orderId: true, status: true, createdAt: true, estimatedDelivery: true }).shape,
      summary: z.object({ total: gatewayAmount }),
      itemCount: z.int(),
    });
    const { orders } = await execute({
      name: 'Orders',
      variables: { page: request.page, limit: request.limit, status: request.status?.toUpperCase() },
      answer: z.object({ orders: z.object({ nodes: z.array(gatewayRow), totalCount: z.int() }) }),
    });
    return {
      data: {
        orders: orders.nodes.map(({ orderId, status, summary, itemCount, createdAt, estimatedDelivery }) => ({
          orderId,
          status,
          total: summary.total.amount,
          itemCount,
          createdAt,
          estimatedDelivery,
        })),
        pagination: paginate(request, orders.totalCount),
      },
    };
  },
});

export const orderEndpoints = [createOrder, getOrder, listOrders];
