import { createLogger } from '@commerce/kit/logger';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCheckoutStore } from '../src/data/checkout-store.ts';
import { createProviderMessageStore } from '../src/data/provider-message-store.ts';
import { createRefundStore } from '../src/data/refund-store.ts';
import { handleProviderMessages } from '../src/domain/handle-provider-messages.ts';
import { admin, createOrdersFixture, type OrdersFixture } from './orders-fixture.ts';

let shop: OrdersFixture;
beforeAll(async () => {
  shop = await createOrdersFixture();
});
beforeEach(async () => {
  await shop.reset();
  await shop.sql`truncate provider_messages`;
});
afterAll(async () => {
  await shop.close();
});

const TOTAL = 22_597;
const ERROR = 50;

async function mutate(document: string, input: object) {
  const { data, errors } = await shop.run(document, { viewer: admin, variables: { i: input } });
  expect(errors).toEqual([]);
  return data;
}

const update = (orderId: string, change: object) =>
  mutate('mutation ($i: UpdateOrderStatusInput!) { updateOrderStatus(input: $i) { order { status } } }', {
    orderId,
    ...change,
  });
const cancel = (orderId: string) => update(orderId, { status: 'CANCELLED' });
const retry = (orderId: string) =>
  mutate('mutation ($i: RetryCheckoutInput!) { retryCheckout(input: $i) { orderId } }', { orderId });

async function refund(orderId: string, change: object = {}) {
  const document = `mutation ($i: RefundOrderInput!) { refundOrder(input: $i) {
    refund { refundId state refundedAt } order { status } } }`;
  return (await mutate(document, { orderId, ...change })).refundOrder;
}

async function shipped(): Promise<string> {
  const { orderId } = await shop.placed();
  await update(orderId, { status: 'SHIPPED', tracking: { carrier: 'UPS', trackingNumber: '1Z' } });
  return orderId;
}

const logger = createLogger({ service: 'orders', level: 'error', destination: { write: () => {} } });

/** The provider says something of an order. */
async function news(orderId: string, failedRefundKey: string | null = null) {
  const messages = createProviderMessageStore(shop.db);
  const messageId = `msg_${Math.random()}`;
  await messages.receive({ messageId, type: 'refund.updated', orderId, failedRefundKey });
  await handleProviderMessages(
    {
      messages,
      checkouts: createCheckoutStore(shop.db),
      refunds: createRefundStore(shop.db),
      logger,
      random: Math.random,
    },
    new AbortController().signal,
  );
  const settle = new AbortController().signal;
  await shop.otherApp.recoverCheckouts(settle);
  await shop.otherApp.settleRefunds(settle);
}

const refunds = async () =>
  await shop.sql`select refund_id, state, amount, provider_key, parked_at is not null as is_parked, last_error
    from refunds order by created_at`;
const attempts = async () =>
  (await shop.sql`select attempts, parked_at is not null as is_parked from refunds`)[0];
/** Messages that are not handled. */
const waiting = async () => (await shop.sql`select 1 from provider_messages where handled_at is null`).length;
const moneyBack = (orderId: string) =>
  shop
    .entries(orderId)
    .filter(({ kind, outcome }) => kind === 'refund' && outcome === 'approved')
    .map(({ amount }) => amount);
const parkedLines = () =>
  shop.logLines
    .map((line) => JSON.parse(line))
    .filter(({ level, msg }) => level === ERROR && /parked/.test(msg));

describe('money of a cancelled order', () => {
  it('that the provider refuses to give back is asked for under another key; its stock does not wait', async () => {
    const { orderId } = await shop.placed();
    shop.payments.fault('refund', 'refuse');
    await cancel(orderId);
    expect(await shop.checkoutStates()).toEqual(['failed']);
    expect(shop.shop.onHandOf('prod_001')).toBe(50);
    expect(await refunds()).toMatchObject([
      { state: 'requested', amount: '225.97', provider_key: `${orderId}:refund:1:2` },
    ]);
    await shop.recover();
    expect(moneyBack(orderId)).toEqual([TOTAL]);
    expect(await refunds()).toMatchObject([{ state: 'done', is_parked: false }]);
    expect(await shop.events(orderId)).toEqual([
      ...['order.created', 'order.confirmed', 'order.cancelled', 'refund.succeeded'],
    ]);
    expect(await shop.openPayments()).toBe(0);
  });

  it('is parked where it is refused once more, and asked for under the next key when it is retried', async () => {
    const { orderId } = await shop.placed();
    shop.payments.fault('refund', 'refuse', 'refuse', 'refuse');
    await cancel(orderId);
    await shop.recover();
    expect(await refunds()).toMatchObject([
      {
        is_parked: true,
        provider_key: `${orderId}:refund:1:3`,
        last_error: expect.stringContaining('refused'),
      },
    ]);
    expect(parkedLines()).toHaveLength(1);
    await shop.recover();
    expect(moneyBack(orderId)).toEqual([]);
    await retry(orderId);
    await shop.recover();
    expect(await refunds()).toMatchObject([{ is_parked: true, provider_key: `${orderId}:refund:1:4` }]);
    await retry(orderId);
    await shop.recover();
    expect(moneyBack(orderId)).toEqual([TOTAL]);
    expect(await shop.openPayments()).toBe(0);
  });

  it('is what is left after a partial refund', async () => {
    const { orderId } = await shop.placed();
    await refund(orderId, { amount: '25.97' });
    shop.payments.fault('refund', 'refuse');
    await cancel(orderId);
    await shop.recover();
    expect(moneyBack(orderId)).toEqual([2_597, 20_000]);
    const [row] = await shop.sql`select refunded_amount from orders`;
    expect(row?.refunded_amount).toBe('225.97');
  });

  it('that is on its way for long is asked about under its key until it is there', async () => {
    const { orderId } = await shop.placed();
    shop.payments.fault('refund', 'pending', 'pending');
    await cancel(orderId);
    expect(await shop.checkoutStates()).toEqual(['failed']);
    await shop.recover();
    expect(await refunds()).toMatchObject([{ state: 'requested', provider_key: `${orderId}:refund:1` }]);
    await shop.recover();
    expect(await refunds()).toMatchObject([{ state: 'done' }]);
    expect(moneyBack(orderId)).toEqual([TOTAL]);
  });

  it('that comes back to the provider is owed, and given back once the provider is asked for it anew', async () => {
    const { orderId } = await shop.placed();
    await cancel(orderId);
    expect(await refunds()).toEqual([]);
    shop.failRefund(`${orderId}:refund:1`);
    await news(orderId, `${orderId}:refund:1`);
    await news(orderId, `${orderId}:refund:1`);
    expect(await refunds()).toMatchObject([{ state: 'requested', is_parked: true, amount: '225.97' }]);
    await retry(orderId);
    await shop.recover();
    expect(moneyBack(orderId)).toEqual([TOTAL]);
    expect(await shop.openPayments()).toBe(0);
  });

  it('is not owed because somebody says so', async () => {
    const { orderId } = await shop.placed();
    await news(orderId, `${orderId}:refund:1`);
    expect(await refunds()).toEqual([]);
    await cancel(orderId);
    await news(orderId, `${orderId}:refund:1`);
    expect(await refunds()).toMatchObject([{ state: 'done' }]);
    expect(moneyBack(orderId)).toEqual([TOTAL]);
  });
});

describe('a refund', () => {
  it('that is on its way for long is told of once it is there: news has it asked about at once', async () => {
    const orderId = await shipped();
    shop.payments.fault('refund', 'pending', ...Array.from({ length: 10 }, () => 'pending' as const));
    const made = await refund(orderId);
    expect(made).toMatchObject({
      refund: { state: 'REQUESTED', refundedAt: null },
      order: { status: 'SHIPPED' },
    });
    for (let tries = 0; tries < 9; tries += 1) await shop.recover();
    expect(await refunds()).toMatchObject([{ state: 'requested', is_parked: false }]);
    expect(await shop.events(orderId)).not.toContain('refund.succeeded');
    await news(orderId);
    await news(orderId);
    expect(await refunds()).toMatchObject([{ state: 'done' }]);
    expect((await shop.read(orderId)).status).toBe('REFUNDED');
  });

  it('that comes back to the provider is owed: parked, retried under another key, and told of once', async () => {
    const orderId = await shipped();
    const { refund: made } = await refund(orderId);
    const key = `${orderId}:refund:${made.refundId}`;
    shop.failRefund(key);
    await news(orderId, key);
    expect(await refunds()).toMatchObject([
      { state: 'requested', is_parked: true, provider_key: `${key}:2` },
    ]);
    expect(parkedLines()).toHaveLength(1);
    await retry(orderId);
    await shop.recover();
    expect(await refunds()).toMatchObject([{ state: 'done', is_parked: false }]);
    expect(moneyBack(orderId)).toEqual([TOTAL]);
    expect((await shop.read(orderId)).status).toBe('REFUNDED');
    expect((await shop.events(orderId)).slice(3)).toEqual([
      ...['refund.succeeded', 'order.refunded', 'refund.failed', 'refund.succeeded'],
    ]);
  });

  it('that did not come back is told of no more, whoever says that it did', async () => {
    const orderId = await shipped();
    const { refund: made } = await refund(orderId);
    await news(orderId, `${orderId}:refund:${made.refundId}`);
    expect(await refunds()).toMatchObject([{ state: 'done' }]);
    expect((await shop.events(orderId)).slice(3)).toEqual(['refund.succeeded', 'order.refunded']);
  });

  it('that failed for one part of an order is owed, also where the order is not refunded in whole', async () => {
    const orderId = await shipped();
    const { refund: made } = await refund(orderId, { amount: '10' });
    const key = `${orderId}:refund:${made.refundId}`;
    shop.failRefund(key);
    await news(orderId, key);
    expect(await refunds()).toMatchObject([{ state: 'requested', is_parked: true }]);
    const [row] = await shop.sql`select refunded_amount from orders`;
    expect(row?.refunded_amount).toBe('10.00');
  });

  it('loses no try to news, which has it asked for also where it was tried too often', async () => {
    const orderId = await shipped();
    shop.payments.fault('refund', ...Array.from({ length: 13 }, () => 'fail' as const));
    await refund(orderId);
    for (let message = 0; message < 10; message += 1) await news(orderId);
    expect(await attempts()).toEqual({ attempts: 1, is_parked: false });
    await shop.sql`update refunds set attempts = 8, parked_at = now()`;
    await news(orderId);
    expect(await attempts()).toEqual({ attempts: 8, is_parked: false });
    await news(orderId);
    await news(orderId);
    expect(await refunds()).toMatchObject([{ state: 'done' }]);
  });

  it('that went through under an earlier key, and comes back, is owed all the same', async () => {
    const orderId = await shipped();
    const { refund: made } = await refund(orderId);
    const key = `${orderId}:refund:${made.refundId}`;
    shop.failRefund(key);
    // As it is where the first key was taken for refused, and the provider found its refund under the next one.
    await shop.sql`update refunds set provider_key = ${`${key}:2`}`;
    shop.payments.fault('refund', 'refuse');
    await news(orderId, key);
    expect(await refunds()).toMatchObject([
      { state: 'requested', is_parked: true, provider_key: `${key}:3` },
    ]);
    expect((await shop.events(orderId)).at(-1)).toBe('refund.failed');
  });

  it('whose last try did not end is revived by news, and says so where it is parked', async () => {
    const orderId = await shipped();
    shop.payments.fault('refund', 'fail', 'fail');
    await refund(orderId);
    await shop.sql`update refunds
      set attempts = 8, last_error = null, due_at = now() - interval '1 second', parked_at = null`;
    await shop.otherApp.settleRefunds(new AbortController().signal);
    expect(await refunds()).toMatchObject([{ is_parked: true, last_error: 'Its last try did not end' }]);
    await shop.sql`update refunds
      set attempts = 8, last_error = null, due_at = now() - interval '1 second', parked_at = null`;
    await news(orderId);
    expect(await attempts()).toEqual({ attempts: 8, is_parked: false });
  });

  it('that was parked stays so, whatever a slow asker says', async () => {
    const { orderId } = await shop.placed();
    shop.payments.fault('refund', 'refuse');
    await cancel(orderId);
    const store = createRefundStore(shop.db);
    await shop.sql`update refunds set due_at = now() - interval '1 second'`;
    const [slow] = await store.claimDue(1);
    if (!slow) throw new Error('Nothing is due');
    await store.parkRefused(slow, { providerKey: `${orderId}:refund:1:3`, lastError: 'Refused' });
    expect(await store.leaveWithProvider(slow, 1_000)).toBe(false);
    await store.postpone(slow, { delayMs: 1_000, lastError: 'Slow' });
    expect(await refunds()).toMatchObject([{ is_parked: true, last_error: 'Refused' }]);
  });

  it('that was refused is not asked for again because of news', async () => {
    const { orderId } = await shop.placed();
    shop.payments.fault('refund', 'refuse', 'refuse');
    await cancel(orderId);
    await shop.recover();
    await news(orderId);
    expect(await refunds()).toMatchObject([{ is_parked: true, provider_key: `${orderId}:refund:1:3` }]);
  });

  it('that somebody is asking for keeps news waiting', async () => {
    const orderId = await shipped();
    const asked: Promise<unknown>[] = [];
    let goOn = () => {};
    const isOver = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    shop.payments.fault('refund', 'pending');
    shop.atFailpoints(async (place) => {
      if (place === 'after refund') await isOver;
    });
    asked.push(refund(orderId));
    await expect.poll(() => shop.payments.calls.includes('refund')).toBe(true);
    await news(orderId);
    expect(await waiting()).toBe(1);
    goOn();
    await Promise.all(asked);
    shop.atFailpoints(() => {});
    await shop.sql`update provider_messages set due_at = now()`;
    await news(orderId);
    expect(await waiting()).toBe(0);
    expect(await refunds()).toMatchObject([{ state: 'done' }]);
  });

  it('that is under way at the provider for two weeks is parked, and logged', async () => {
    const orderId = await shipped();
    shop.payments.fault('refund', 'pending', 'pending');
    await refund(orderId);
    await shop.sql`update refunds set pending_since = now() - interval '15 days'`;
    await shop.recover();
    expect(await refunds()).toMatchObject([{ state: 'requested', is_parked: true }]);
    expect(parkedLines()).toHaveLength(1);
    await shop.recover();
    expect(await refunds()).toMatchObject([{ state: 'requested' }]);
    // The provider's word revives it.
    await news(orderId);
    expect(await refunds()).toMatchObject([{ state: 'done', is_parked: false }]);
  });

  it.each(['before refund', 'after refund', 'written refused', 'written refunded'])(
    'that is owed goes back once, also where its process ends at "%s"',
    async (place) => {
      const { orderId } = await shop.placed();
      shop.payments.fault('refund', 'refuse', 'refuse');
      await cancel(orderId);
      for (let crash = 0; crash < 2; crash += 1) {
        shop.atFailpoints((reached) => {
          if (reached === place) throw new Error('Killed (test)');
        });
        await shop.recover();
        shop.atFailpoints(() => {});
        await shop.recover();
        await shop.sql`update refunds set parked_at = null`;
      }
      await shop.recover();
      expect(moneyBack(orderId)).toEqual([TOTAL]);
      expect(await refunds()).toMatchObject([{ state: 'done', is_parked: false }]);
      expect((await shop.events(orderId)).filter((type) => type === 'refund.succeeded')).toHaveLength(1);
    },
  );

  it('whose answer was lost is tried again within seconds, not after its lease', async () => {
    const orderId = await shipped();
    shop.payments.fault('refund', 'lose');
    await refund(orderId);
    const [row] = await shop.sql`select due_at < now() + interval '2 seconds' as is_soon from refunds`;
    expect(row).toEqual({ is_soon: true });
  });
});

describe('a refund that was paid back in another way', () => {
  const document = `mutation ($i: NoteRefundPaidElsewhereInput!) { noteRefundPaidElsewhere(input: $i) {
    refund { state paidElsewhere } order { status } } }`;

  async function parked() {
    const { orderId } = await shop.placed(shop.fillCart('usr_2'));
    shop.payments.fault('refund', 'refuse', 'refuse');
    await cancel(orderId);
    await shop.recover();
    const [row] = await shop.sql`select refund_id from refunds where order_id = ${orderId}`;
    return { orderId, refundId: row?.refund_id };
  }

  it('is done, and the provider is asked for it no more', async () => {
    const input = await parked();
    const { noteRefundPaidElsewhere: noted } = await mutate(document, input);
    expect(noted).toEqual({ refund: { state: 'DONE', paidElsewhere: true }, order: { status: 'CANCELLED' } });
    await shop.recover();
    expect(moneyBack(input.orderId)).toEqual([]);
    expect((await shop.events(input.orderId)).at(-1)).toBe('refund.succeeded');
    const [row] = await shop.sql`select paid_elsewhere_by from refunds`;
    expect(row).toEqual({ paid_elsewhere_by: 'usr_admin' });
    // Nor because of what the provider says of it later.
    await news(input.orderId, `${input.orderId}:refund:1:3`);
    expect(await refunds()).toMatchObject([{ state: 'done' }]);
  });

  it('is only noted where the provider will not pay it as well', async () => {
    const orderId = await shipped();
    shop.payments.fault('refund', 'fail', 'pending');
    const { refund: made } = await refund(orderId);
    await shop.sql`update refunds set attempts = 8, parked_at = now()`;
    const variables = { i: { orderId, refundId: made.refundId } };
    expect((await shop.run(document, { viewer: admin, variables })).errors[0]?.extensions.code).toBe(
      'RES_001',
    );
    await retry(orderId);
    await shop.recover();
    await shop.sql`update refunds set parked_at = now()`;
    expect((await shop.run(document, { viewer: admin, variables })).errors[0]?.extensions.code).toBe(
      'RES_001',
    );
    // Nor while it is asked for again.
    const refused = await parked();
    await retry(refused.orderId);
    await createRefundStore(shop.db).claimDue(10);
    await shop.sql`update refunds set parked_at = now() where refund_id = ${refused.refundId}`;
    const answer = await shop.run(document, { viewer: admin, variables: { i: refused } });
    expect(answer.errors[0]?.extensions.code).toBe('RES_001');
  });

  it('has to be parked, and be of that order', async () => {
    const input = await parked();
    const others = [
      { ...input, orderId: 'ord_other' },
      { ...input, refundId: 'rfd_other' },
      { orderId: 'x\u0000', refundId: '' },
    ];
    for (const other of others) {
      const { errors } = await shop.run(document, { viewer: admin, variables: { i: other } });
      expect(errors[0]?.extensions.code).toBe('RES_001');
    }
    await mutate(document, input);
    const { errors } = await shop.run(document, { viewer: admin, variables: { i: input } });
    expect(errors[0]?.extensions.code).toBe('RES_001');
  });

  it('is noted by administrators', async () => {
    const input = await parked();
    const { errors } = await shop.run(document, { variables: { i: input } });
    expect(errors[0]?.extensions.code).toBe('AUTH_004');
    expect(await refunds()).toMatchObject([{ is_parked: true }]);
  });
});
