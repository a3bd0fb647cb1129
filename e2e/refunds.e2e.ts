import { findViolations } from '@commerce/invariants/find-violations';
import { startTestSupergraph, type TestSupergraph } from '@commerce/testkit/in-process-supergraph';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createShopClient, type ShopClient } from './client.ts';
import { readByKind } from './metrics.ts';
import { openShopDatabase, type ShopDatabase } from './shop-database.ts';
import { openTill, PATIENCE, type PlacedOrder, type Till, waitForStatus } from './till.ts';

/** What an administrator does over the public graph where money has to go back, or a checkout does not get on. */

// Many a step waits for the next round of a worker, on a machine that may be busy.
vi.setConfig({ testTimeout: 150_000 });

const PRODUCT = 'prod_001';

let shop: TestSupergraph;
let orders: ShopDatabase;
let client: ShopClient;
let till: Till;

beforeAll(async () => {
  shop = await startTestSupergraph();
  orders = openShopDatabase(shop.databaseUrls.orders);
  client = createShopClient(shop.url);
  till = await openTill(client);
}, 120_000);
afterAll(async () => {
  await orders?.close();
  await shop?.close();
});

const REFUND = `mutation Refund($input: RefundOrderInput!, $key: String) {
  refundOrder(input: $input, idempotencyKey: $key) {
    refund { refundId state reason amount { amount } restock { productId quantity } refundedAt }
    order { status refundedAmount { amount } refunds { refundId } receipt { refunded { amount } net { amount } } }
    replayed
  }
}`;

type RefundInput = {
  orderId: string;
  amount?: number | string;
  reason?: string;
  restock?: { productId: string; quantity: number }[];
};

async function refund(
  input: RefundInput,
  { token = till.admin, key }: { token?: string; key?: string } = {},
) {
  return await client.graphql(REFUND, { token, variables: { input, key } });
}

async function waitUntilDone(orderId: string): Promise<void> {
  await vi.waitFor(async () => {
    const unfinished = await orders.query(
      `select state from checkouts where order_id = '${orderId}' and state <> 'done'`,
      z.unknown(),
    );
    expect(unfinished).toEqual([]);
  }, PATIENCE);
}

const twoPieces = async (): Promise<PlacedOrder> => await till.orderConfirmed({ [PRODUCT]: 2 });
const money = (amount: string) => ({ amount });

describe('a receipt', () => {
  it('tells how each cent of the document’s sample came about', async () => {
    const { orderId, token } = await twoPieces();
    const { data, errors } = await client.graphql(
      `query Receipt($orderId: ID!) { order(orderId: $orderId) { receipt {
        lines { productId name quantity unitPrice { amount } amount { amount } }
        subtotal { amount currencyCode cents }
        tax { rateBasisPoints base { amount } exact rounding roundingMicros amount { amount } }
        shipping { flatFee { amount } amount { amount } }
        total { amount } refunded { amount } net { amount }
      } } }`,
      { token, variables: { orderId } },
    );

    expect(errors).toEqual([]);
    expect(data).toEqual({
      order: {
        receipt: {
          lines: [
            {
              productId: PRODUCT,
              name: 'Wireless Headphones',
              quantity: 2,
              unitPrice: money('99.99'),
              amount: money('199.98'),
            },
          ],
          subtotal: { amount: '199.98', currencyCode: 'USD', cents: 19_998 },
          tax: {
            rateBasisPoints: 800,
            base: money('199.98'),
            exact: '15.9984',
            rounding: 'DOWN',
            roundingMicros: -8_400,
            amount: money('15.99'),
          },
          shipping: { flatFee: money('10.00'), amount: money('10.00') },
          total: money('225.97'),
          refunded: money('0.00'),
          net: money('225.97'),
        },
      },
    });
  });
});

describe('a refund', () => {
  it('gives a part back, and pieces into the stock', async () => {
    const { orderId } = await twoPieces();
    const before = await till.inventoryOf(PRODUCT);
    const restock = [{ productId: PRODUCT, quantity: 1 }];

    const { data, errors } = await refund({ orderId, amount: '25.97', reason: 'Scratched', restock });

    expect(errors).toEqual([]);
    expect(data).toEqual({
      refundOrder: {
        refund: {
          refundId: expect.stringMatching(/^rfd_/),
          state: 'DONE',
          reason: 'Scratched',
          amount: money('25.97'),
          restock,
          refundedAt: expect.any(String),
        },
        order: {
          status: 'CONFIRMED',
          refundedAmount: money('25.97'),
          refunds: [expect.anything()],
          receipt: { refunded: money('25.97'), net: money('200.00') },
        },
        replayed: false,
      },
    });
    expect(await till.inventoryOf(PRODUCT)).toBe(before + 1);
  });

  it('of all that is left, after shipment, makes the order refunded', async () => {
    const order = await twoPieces();
    const { orderId } = order;
    await till.ship(orderId);
    await refund({ orderId, amount: 100 });

    const { data } = await refund({ orderId, restock: [{ productId: PRODUCT, quantity: 2 }] });

    expect(data).toMatchObject({
      refundOrder: {
        refund: { state: 'DONE', amount: money('125.97') },
        order: {
          status: 'REFUNDED',
          refundedAmount: money('225.97'),
          receipt: { refunded: money('225.97'), net: money('0.00') },
        },
      },
    });
    await waitForStatus(client, order, 'refunded');
  });

  it('of all before shipment is a cancellation, and refused', async () => {
    const { orderId } = await twoPieces();
    await refund({ orderId, amount: 5 });

    const { data, errors } = await refund({ orderId });

    expect(data).toEqual({ refundOrder: null });
    expect(errors).toMatchObject([
      { extensions: { code: 'BUS_002', details: { orderId, available: 220.97 } } },
    ]);
  });

  it('of more than is left, or of more pieces, is BUS_002 and changes nothing', async () => {
    const { orderId, token } = await twoPieces();
    await refund({ orderId, amount: 200, restock: [{ productId: PRODUCT, quantity: 2 }] });
    const before = await till.inventoryOf(PRODUCT);

    const money = await refund({ orderId, amount: 25.98 });
    const pieces = await refund({ orderId, amount: 1, restock: [{ productId: PRODUCT, quantity: 1 }] });
    const foreign = await refund({ orderId, amount: 1, restock: [{ productId: 'prod_002', quantity: 1 }] });

    for (const { errors } of [money, pieces, foreign]) {
      expect(errors).toMatchObject([{ extensions: { code: 'BUS_002', httpStatus: 400 } }]);
    }
    const { data } = await client.graphql(
      'query Refunds($orderId: ID!) { order(orderId: $orderId) { refunds { amount { amount } } } }',
      { token, variables: { orderId } },
    );
    expect(data).toEqual({ order: { refunds: [{ amount: { amount: '200.00' } }] } });
    expect(await till.inventoryOf(PRODUCT)).toBe(before);
  });

  it('under one key is one refund, however often it is asked for', async () => {
    const { orderId } = await twoPieces();
    const input = { orderId, amount: 10 };
    await refund(input, { key: 'k1' });

    const [again, other] = [
      await refund(input, { key: 'k1' }),
      await refund({ orderId, amount: 11 }, { key: 'k1' }),
    ];

    expect(again.data).toMatchObject({
      refundOrder: { replayed: true, order: { refundedAmount: money('10.00') } },
    });
    expect(other.errors).toMatchObject([{ extensions: { code: 'VAL_001', httpStatus: 422 } }]);
  });

  it('follows where the payment provider does not say whether it gave the money back', async () => {
    const { orderId } = await twoPieces();
    await shop.payments.faults.add('refund', 'lose-answer');

    const { data } = await refund({ orderId, amount: 10 });

    expect(data).toMatchObject({ refundOrder: { order: { refundedAmount: money('10.00') } } });
    await vi.waitFor(async () => {
      const states = await orders.query(
        `select state from refunds where order_id = '${orderId}'`,
        z.object({ state: z.string() }),
      );
      expect(states).toEqual([{ state: 'done' }]);
    }, PATIENCE);
  });

  it('is for administrators: the customer is AUTH_004', async () => {
    const { orderId, token } = await twoPieces();
    const customer = await refund({ orderId, amount: 1 }, { token });
    const unknown = await refund({ orderId: 'ord_of_nobody', amount: 1 });

    expect(customer).toMatchObject({
      data: { refundOrder: null },
      errors: [{ extensions: { code: 'AUTH_004', httpStatus: 403 } }],
    });
    expect(unknown.errors).toMatchObject([{ extensions: { code: 'RES_001' } }]);
  });

  it.each([0, -1, '1.001', 'much'])('refuses the amount %s', async (amount) => {
    const { errors } = await refund({ orderId: 'ord_of_nobody', amount });

    expect(errors).toMatchObject([{ extensions: { code: 'VAL_001' } }]);
  });
});

describe('a checkout that does not get on', () => {
  const PARKED = `{ parkedCheckouts { totalCount nodes { orderId userId state attempts lastError total { amount } } } }`;
  const parkedAnswer = z.object({
    parkedCheckouts: z.object({ totalCount: z.number(), nodes: z.array(z.unknown()) }),
  });

  async function readParked() {
    const { data, errors } = await client.graphql(PARKED, { token: till.admin });
    expect(errors).toEqual([]);
    return parkedAnswer.parse(data).parkedCheckouts;
  }

  async function retry(orderId: string, token = till.admin) {
    return await client.graphql(
      'mutation Retry($input: RetryCheckoutInput!) { retryCheckout(input: $input) { orderId } }',
      { token, variables: { input: { orderId } } },
    );
  }

  const countParked = async () => (await readByKind(shop.origins.orders, 'commerce_parked')).checkouts;

  /** Its back-off would take minutes. What is under way is left alone. */
  async function failUntilParked(orderId: string): Promise<void> {
    await vi.waitFor(
      async () => {
        await orders.run(`update checkouts set due_at = now()
          where order_id = '${orderId}' and parked_at is null and last_error is not null`);
        expect((await readParked()).totalCount).toBe(1);
      },
      { timeout: 120_000, interval: 250 },
    );
  }

  it('is parked after nine failures, and goes on once an administrator wants it to', async () => {
    expect(await countParked()).toBe(0);
    // By the request, and by eight who took it up.
    await shop.payments.faults.add('capture', 'error', { count: 9 });
    const order = await till.order({ [PRODUCT]: 2 });
    const { orderId, userId, token } = order;

    await failUntilParked(orderId);

    expect(await readParked()).toEqual({
      totalCount: 1,
      nodes: [
        {
          orderId,
          userId,
          state: 'CAPTURING',
          attempts: 8,
          lastError: expect.any(String),
          total: { amount: '225.97' },
        },
      ],
    });
    expect(await countParked()).toBe(1);
    const waiting = await client.rest('GET', `/api/v1/orders/${orderId}`, { token });
    expect(waiting.body).toMatchObject({ data: { status: 'pending' } });
    // Others are not held up by it.
    await waitUntilDone((await twoPieces()).orderId);

    expect(await client.graphql(PARKED, { token })).toMatchObject({
      data: { parkedCheckouts: null },
      errors: [{ extensions: { code: 'AUTH_004' } }],
    });
    expect((await retry(orderId, token)).errors).toMatchObject([{ extensions: { code: 'AUTH_004' } }]);
    expect(await countParked()).toBe(1);

    expect(await retry(orderId)).toMatchObject({ data: { retryCheckout: { orderId } }, errors: [] });
    await waitForStatus(client, order, 'confirmed');
    await waitUntilDone(orderId);
    expect(await readParked()).toEqual({ totalCount: 0, nodes: [] });
    expect(await countParked()).toBe(0);
  }, 240_000);

  it('is RES_001 to be retried where it is not parked', async () => {
    const { orderId } = await twoPieces();

    expect((await retry(orderId)).errors).toMatchObject([{ extensions: { code: 'RES_001' } }]);
    expect((await retry('ord_of_nobody')).errors).toMatchObject([{ extensions: { code: 'RES_001' } }]);
  });
});

it('leaves the books of shop and payment provider in agreement', async () => {
  const violations = await findViolations(shop.databaseUrls, { mode: 'quiet', settleSeconds: 60 });

  expect(violations).toEqual([]);
});
