import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOrderLimits } from '../src/graphql/limits.ts';
import {
  admin,
  anonymous,
  createOrdersFixture,
  customer,
  input,
  type OrdersFixture,
} from './orders-fixture.ts';

let orders: OrdersFixture;
beforeAll(async () => {
  const limits = createOrderLimits({ redis: null, max: 3, refundMax: 2, windowSeconds: 900 });
  orders = await createOrdersFixture({ limits });
});
afterAll(async () => await orders.close());

const document = `
  mutation ($input: CreateOrderInput!, $key: String) { createOrder(input: $input, idempotencyKey: $key) { replayed } }`;

async function order(viewer: Parameters<OrdersFixture['run']>[1], key?: string): Promise<unknown> {
  const { errors } = await orders.run(document, { ...viewer, variables: { input, key } });
  return errors[0]?.extensions.code ?? 'ordered';
}

describe('createOrder', () => {
  it('is limited for an account, wherever it calls from', async () => {
    const viewer = customer('usr_everywhere');
    const codes: unknown[] = [];
    for (let address = 0; address < 5; address += 1)
      codes.push(await order({ viewer, clientAddress: `198.51.100.${address}` }, 'one-key'));

    expect(codes.map((code) => code === 'RATE_001')).toEqual([false, false, false, true, true]);
    expect(await order({ viewer: customer('usr_other'), clientAddress: '198.51.100.0' })).not.toBe(
      'RATE_001',
    );
  });

  it('is limited for a client, whoever it says it is', async () => {
    const codes: unknown[] = [];
    for (let user = 0; user < 4; user += 1)
      codes.push(await order({ viewer: customer(`usr_${user}`), clientAddress: `2001:db8::${user}` }));

    expect(codes.map((code) => code === 'RATE_001')).toEqual([false, false, false, true]);
    expect(await order({ viewer: anonymous, clientAddress: '2001:db8::9' })).toBe('RATE_001');
  });
});

describe('what gives money back', () => {
  const mutationOf = (field: string, type: string) =>
    `mutation ($input: ${type}!) { ${field}(input: $input) { order { orderId } } }`;
  const orderId = 'ord_absent';
  const calls: [name: string, document: string, value: object][] = [
    ['refundOrder', mutationOf('refundOrder', 'RefundOrderInput'), { orderId }],
    ['cancelOrder', mutationOf('cancelOrder', 'CancelOrderInput'), { orderId }],
    [
      'updateOrderStatus to REFUNDED',
      mutationOf('updateOrderStatus', 'UpdateOrderStatusInput'),
      { orderId, status: 'REFUNDED' },
    ],
  ];

  async function codesOf(document: string, value: object, count: number): Promise<unknown[]> {
    const codes: unknown[] = [];
    for (let address = 0; address < count; address += 1) {
      const clientAddress = `198.51.100.${address}`;
      const { errors } = await orders.run(document, {
        viewer: admin,
        clientAddress,
        variables: { input: value },
      });
      codes.push(errors[0]?.extensions.code);
    }
    return codes;
  }

  it.each(calls)(
    'is limited for an administrator, wherever they call from: %s',
    async (_, document, value) => {
      expect(await codesOf(document, value, 3)).toEqual(['RES_001', 'RES_001', 'RATE_001']);
    },
  );

  it('limits no shipments', async () => {
    const tracking = { carrier: 'UPS', trackingNumber: '1Z999AA10123456784' };
    const value = { orderId, status: 'SHIPPED', tracking };
    const document = mutationOf('updateOrderStatus', 'UpdateOrderStatusInput');

    expect(await codesOf(document, value, 4)).toEqual(Array(4).fill('RES_001'));
  });
});
