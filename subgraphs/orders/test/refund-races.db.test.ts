import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admin, createOrdersFixture, type OrdersFixture } from './orders-fixture.ts';

let shop: OrdersFixture;
beforeAll(async () => {
  shop = await createOrdersFixture();
});
afterAll(async () => {
  await shop.close();
});

/** Races differ from run to run: RACE_ROUNDS=20 looks harder. */
const ROUNDS = Number(process.env.RACE_ROUNDS ?? 3);
async function rounds(round: (index: number) => Promise<void>) {
  for (let index = 0; index < ROUNDS; index += 1) {
    await shop.reset();
    await round(index);
  }
}

const TOTAL = 22_597;
const refundDocument = `mutation ($i: RefundOrderInput!, $key: String) {
  refundOrder(input: $i, idempotencyKey: $key) { replayed refund { refundId } } }`;
const updateDocument =
  'mutation ($i: UpdateOrderStatusInput!) { updateOrderStatus(input: $i) { order { status } } }';
const cancelDocument = 'mutation ($i: CancelOrderInput!) { cancelOrder(input: $i) { order { status } } }';

/** Every other one at the other instance. */
const instanceOf = (index: number) => (index % 2 ? shop.app : shop.otherApp);
const refund = (index: number, input: object, key: string | null = null) =>
  shop.run(refundDocument, { viewer: admin, variables: { i: input, key }, instance: instanceOf(index) });
const update = (input: object) => shop.run(updateDocument, { viewer: admin, variables: { i: input } });

async function shipped(): Promise<string> {
  const { orderId } = await shop.placed();
  await update({ orderId, status: 'SHIPPED', tracking: { carrier: 'UPS', trackingNumber: '1Z' } });
  return orderId;
}

const codesOf = (answers: { errors: { extensions: Record<string, unknown> }[] }[]) =>
  answers.flatMap((answer) => answer.errors.map((error) => error.extensions.code));
const moneyBack = (orderId: string) =>
  shop
    .entries(orderId)
    .filter(({ kind, outcome }) => kind === 'refund' && outcome === 'approved')
    .reduce((sum, { amount }) => sum + amount, 0);

async function expectNoEventTwice(orderId: string) {
  const events = (await shop.events(orderId)).filter((type) => type !== 'refund.succeeded');
  expect(new Set(events).size).toBe(events.length);
}

describe('refunds at the same time', { timeout: 120_000 }, () => {
  it('never give back more than was paid, and refund the order once', async () => {
    await rounds(async () => {
      const orderId = await shipped();
      // Eleven times 20 fit into 225.97.
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) => refund(index, { orderId, amount: '20' })),
      );
      expect(answers.filter((answer) => answer.data.refundOrder)).toHaveLength(11);
      expect(new Set(codesOf(answers))).toEqual(new Set(['BUS_002']));
      expect(moneyBack(orderId)).toBe(22_000);
      const rest = await Promise.all(Array.from({ length: 5 }, (_, index) => refund(index, { orderId })));
      expect(rest.filter((answer) => answer.data.refundOrder)).toHaveLength(1);
      expect(moneyBack(orderId)).toBe(TOTAL);
      expect((await shop.read(orderId)).status).toBe('REFUNDED');
      await expectNoEventTwice(orderId);
    });
  });

  it('of which the last ones end together make the order refunded', async () => {
    await rounds(async () => {
      const orderId = await shipped();
      const amounts = ['100', '100', '20', '5', '0.97'];
      const answers = await Promise.all(amounts.map((amount, index) => refund(index, { orderId, amount })));
      expect(codesOf(answers)).toEqual([]);
      expect((await shop.read(orderId)).status).toBe('REFUNDED');
      await expectNoEventTwice(orderId);
    });
  });

  it('with one key are one refund, whatever its amount', async () => {
    await rounds(async (round) => {
      const orderId = await shipped();
      const restock = [{ productId: 'prod_001', quantity: 2 }];
      const input = round % 2 ? { orderId, restock } : { orderId, amount: '150' };
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) => refund(index, input, 'one')),
      );
      expect(codesOf(answers)).toEqual([]);
      const refunds = answers.map((answer) => answer.data.refundOrder);
      expect(refunds.filter(({ replayed }) => !replayed)).toHaveLength(1);
      expect(new Set(refunds.map((made) => made.refund.refundId)).size).toBe(1);
      expect(moneyBack(orderId)).toBe(round % 2 ? TOTAL : 15_000);
      expect(shop.shop.onHandOf('prod_001')).toBe(round % 2 ? 50 : 48);
    });
  });

  it('of the same pieces put them back once', async () => {
    await rounds(async () => {
      const orderId = await shipped();
      const restock = [{ productId: 'prod_001', quantity: 2 }];
      const answers = await Promise.all(
        Array.from({ length: 5 }, (_, index) => refund(index, { orderId, amount: '10', restock })),
      );
      // The others would say so and not do it.
      expect(codesOf(answers)).toEqual(Array.from({ length: 4 }, () => 'BUS_002'));
      expect(moneyBack(orderId)).toBe(1_000);
      expect(shop.shop.onHandOf('prod_001')).toBe(50);
      await shop.recover();
      expect(shop.shop.onHandOf('prod_001')).toBe(50);
      const unfinished = await shop.sql`select 1 from refunds where state not in ('done', 'refused')`;
      expect(unfinished).toHaveLength(0);
    });
  });

  it('that two instances settle go back once', async () => {
    await rounds(async () => {
      const orderId = await shipped();
      shop.payments.fault(
        'refund',
        ...Array.from({ length: 6 }, (_, index) => (index % 2 ? 'fail' : 'lose')),
      );
      await Promise.all(Array.from({ length: 6 }, (_, index) => refund(index, { orderId, amount: '30' })));
      await shop.sql`update refunds set due_at = now() - interval '1 second'`;
      const { signal } = new AbortController();
      const instances = [shop.app, shop.otherApp, shop.app];
      await Promise.all(instances.map((instance) => instance.settleRefunds(signal)));
      expect(moneyBack(orderId)).toBe(18_000);
      const told = (await shop.events(orderId)).filter((type) => type === 'refund.succeeded');
      expect(told).toHaveLength(6);
    });
  });

  it('as a cancellation give back the total, no more and no less', async () => {
    await rounds(async (round) => {
      const { orderId } = await shop.placed();
      shop.payments.fault('refund', ...(round % 3 ? ['fail' as const] : []));
      const restock = [{ productId: 'prod_001', quantity: 1 }];
      const requests = [
        () => refund(0, { orderId, amount: '50', restock }),
        () => shop.run(cancelDocument, { variables: { i: { orderId } } }),
        () => refund(1, { orderId, amount: '75.50' }),
      ];
      if (round % 2) requests.reverse();
      await Promise.all(requests.map((request) => request()));
      await shop.recover();
      await shop.recover();
      expect((await shop.read(orderId)).status).toBe('CANCELLED');
      expect(moneyBack(orderId)).toBe(TOTAL);
      expect(await shop.openPayments()).toBe(0);
      expect(shop.shop.onHandOf('prod_001')).toBe(50);
      await expectNoEventTwice(orderId);
    });
  });

  it('as a refusal and a cancellation lose no money', async () => {
    await rounds(async (round) => {
      const { orderId } = await shop.placed();
      shop.payments.fault('refund', 'refuse');
      const cancelling = () => shop.run(cancelDocument, { variables: { i: { orderId } } });
      const refunding = () => refund(0, { orderId, amount: '50' });
      await Promise.all(round % 2 ? [cancelling(), refunding()] : [refunding(), cancelling()]);
      await shop.recover();
      // What was refused and is owed is parked.
      await shop.sql`update refunds set parked_at = null`;
      for (let again = 0; again < 2; again += 1) await shop.recover();
      expect((await shop.read(orderId)).status).toBe('CANCELLED');
      expect(moneyBack(orderId)).toBe(TOTAL);
    });
  });
});
