import type { Viewer } from '@commerce/kit/viewer';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createErasureStore } from '../src/data/erasure-store.ts';
import {
  address,
  admin,
  createOrdersFixture,
  customer,
  input,
  type OrdersFixture,
} from './orders-fixture.ts';

const rounds = Number(process.env.RACE_ROUNDS ?? 1);
const service: Viewer = { kind: 'service', name: 'users' };
const tracking = { carrier: 'UPS', trackingNumber: '1Z999AA10123456784', url: 'https://ups.example/1Z999' };
const never = new AbortController().signal;

let shop: OrdersFixture;
beforeAll(async () => {
  shop = await createOrdersFixture();
});
beforeEach(async () => await shop.reset());
afterAll(async () => await shop.close());

type Entry = { what: string; count: number; reason: string | null };
type Proof = { found: Entry[]; erased: Entry[]; kept: Entry[]; isComplete: boolean };

async function ask(userId: string, viewer: Viewer = service) {
  const entries = '{ what count reason }';
  return await shop.run(
    `mutation ($i: EraseCustomerInput!) {
      eraseCustomerInOrders(input: $i) { found ${entries} erased ${entries} kept ${entries} isComplete }
    }`,
    { viewer, variables: { i: { userId } } },
  );
}

async function erase(userId = 'usr_1'): Promise<Proof> {
  const { data, errors } = await ask(userId);
  expect(errors).toEqual([]);
  return data.eraseCustomerInOrders;
}

const countOf = (entries: Entry[], part: string) =>
  entries.find(({ what }) => what.includes(part))?.count ?? 0;

async function update(orderId: string, change: object) {
  const { errors } = await shop.run(
    'mutation ($i: UpdateOrderStatusInput!) { updateOrderStatus(input: $i) { order { status } } }',
    { viewer: admin, variables: { i: { orderId, ...change } } },
  );
  expect(errors).toEqual([]);
}

async function cancel(orderId: string, viewer: Viewer, reason: string) {
  const { errors } = await shop.run(
    'mutation ($i: CancelOrderInput!) { cancelOrder(input: $i) { order { status } } }',
    { viewer, variables: { i: { orderId, reason } } },
  );
  expect(errors).toEqual([]);
  await shop.drain();
}

async function refund(orderId: string, reason: string) {
  const { errors } = await shop.run(
    'mutation ($i: RefundOrderInput!) { refundOrder(input: $i) { refund { refundId } } }',
    { viewer: admin, variables: { i: { orderId, amount: '5.00', reason } } },
  );
  expect(errors).toEqual([]);
  await shop.drain();
}

/** Shipped, refunded in part and delivered, with whatever people can write about it. */
async function delivered(viewer = customer()): Promise<string> {
  const { orderId } = await shop.placed(viewer, { key: 'Violetta-1' });
  await update(orderId, { status: 'SHIPPED', tracking, note: 'Violetta called' });
  await refund(orderId, 'Violetta complained');
  await update(orderId, { status: 'DELIVERED', note: 'to Violetta' });
  await shop.sql`insert into order_mails (order_id, kind, sent_at, last_error)
    values (${orderId}, 'confirmation', now(), null), (${orderId}, 'shipped', null, '550 violetta@quarrington.example')`;
  return orderId;
}

const marks = ['123 Main St', 'New York', '10001', 'Violetta', 'violetta', '1Z999', '1234'];
/** Marks of the person in any table. */
async function found(): Promise<string[]> {
  const tables =
    await shop.sql`select table_name from information_schema.tables where table_schema = 'public'`;
  const texts = await Promise.all(
    tables.map(
      async ({ table_name }) => await shop.sql`select t::text as row from ${shop.sql(table_name)} t`,
    ),
  );
  const text = JSON.stringify(texts);
  return marks.filter((mark) => text.includes(mark));
}

const followUp = async () => await shop.app.tasks['erase-final-orders']?.run(never);
const total = async (orderId: string) => {
  const [row] = await shop.sql`select status, total_amount, tax, refunded_amount,
    payment_method ->> 'reference' is not null as "isRefundable" from orders where order_id = ${orderId}`;
  return row;
};

describe('an erased customer', () => {
  it('leaves orders that name nobody, with their sums, lines, refunds and payment reference', async () => {
    const orderId = await delivered();
    expect(await found()).toEqual(marks);
    const before = await total(orderId);
    const read = await shop.read(orderId);

    await erase();

    expect(await found()).toEqual([]);
    expect(await total(orderId)).toEqual(before);
    expect(before).toMatchObject({ isRefundable: true, refunded_amount: '5.00' });
    const nameless = { street: '', city: '', state: 'NY', zipCode: '', country: 'USA' };
    const after = await shop.read(orderId);
    expect(after).toEqual({
      ...read,
      shippingAddress: nameless,
      billingAddress: nameless,
      paymentMethod: { type: 'credit_card', brand: null, last4: null },
      tracking: { carrier: 'UPS', trackingNumber: '', url: null },
      timeline: read.timeline.map((entry: object) => ({ ...entry, note: null })),
    });
    const { data } = await shop.run('{ orderEvents { nodes { data { tracking { trackingNumber } } } } }', {
      viewer: admin,
    });
    expect(JSON.stringify(data)).not.toContain('1Z999');
  });

  it('is proved: what was found, erased and kept, and why; again the same', async () => {
    await delivered();
    const proof = await erase();
    expect(countOf(proof.found, 'orders')).toBe(1);
    expect(countOf(proof.found, 'notes')).toBe(3);
    expect(countOf(proof.found, 'keys')).toBe(1);
    expect(proof.erased.map(({ count }) => count)).toEqual([1, 1, 1]);
    expect(proof.isComplete).toBe(true);
    expect(countOf(proof.kept, 'mails sent')).toBe(1);
    for (const { reason } of proof.kept) expect(reason).toEqual(expect.any(String));
    expect(await erase()).toEqual(proof);
  });

  it('leaves other customers as they are', async () => {
    const other = shop.fillCart('usr_other');
    const { orderId } = await shop.placed(other);
    await cancel(orderId, other, 'too slow');
    const before = await shop.read(orderId);
    await delivered();
    await erase();
    await followUp();
    expect(await shop.read(orderId)).toEqual(before);
  });

  it('of whom nothing is known is remembered all the same', async () => {
    const proof = await erase('usr_nobody');
    expect(proof.found).toEqual([]);
    expect(proof.erased).toEqual([]);
    const { errors } = await shop.order({}, shop.fillCart('usr_nobody'));
    expect(errors[0]?.extensions.code).toBe('AUTH_003');
  });

  it('orders nothing any more, and is charged nothing', async () => {
    await erase();
    const { errors } = await shop.order();
    expect(errors[0]?.extensions.code).toBe('AUTH_003');
    expect(await shop.sql`select 1 from orders`).toHaveLength(0);
    expect(shop.openPayments()).toBe(0);
  });

  it('whose order failed before anybody was told of it is taken out of that too', async () => {
    await shop.order({
      input: { ...input, paymentMethod: { type: 'credit_card', token: 'tok_declined_1234' } },
    });
    await shop.drain();
    expect(await shop.sql`select 1 from orders where acknowledged_at is null`).toHaveLength(1);
    await erase();
    expect(await found()).toEqual([]);
  });
});

describe('an order that is not final', () => {
  it('keeps what delivery needs until an administrator delivers it, and says so', async () => {
    const { orderId } = await shop.placed();
    const proof = await erase();
    expect(proof.kept.find(({ what }) => what.includes('not final'))).toMatchObject({
      count: 1,
      reason: expect.stringContaining('needed to deliver'),
    });
    expect(proof.isComplete).toBe(false);
    await followUp();
    expect((await shop.read(orderId)).shippingAddress).toEqual(address);
    await update(orderId, { status: 'SHIPPED', tracking, note: 'for Violetta' });
    await followUp();
    expect((await shop.read(orderId)).shippingAddress).toEqual(address);

    await update(orderId, { status: 'DELIVERED' });
    await followUp();

    expect(await found()).toEqual([]);
    const after = await erase();
    expect(after.kept.filter(({ what }) => what.includes('not final'))).toEqual([]);
    expect(after.isComplete).toBe(true);
    expect(countOf(after.erased, 'addresses')).toBe(1);
    expect(await shop.sql`select 1 from erased_customers where finished_at is null`).toHaveLength(0);
  });

  it('that an administrator cancels later gives the money back, without the person', async () => {
    const { orderId } = await shop.placed();
    await erase();
    await cancel(orderId, admin, 'Violetta moved');
    await followUp();
    expect(shop.openPayments()).toBe(0);
    expect(await found()).toEqual([]);
  });

  it('that was cancelled and is still owed its money gets it after the erasure', async () => {
    const { orderId } = await shop.placed();
    shop.payments.fault('refund', 'fail');
    await cancel(orderId, customer(), 'Violetta moved');
    expect(shop.openPayments()).toBe(1);
    const proof = await erase();
    expect(await found()).toEqual([]);
    await shop.recover();
    await shop.recover();
    expect(shop.openPayments()).toBe(0);
    expect(countOf(proof.kept, 'orders')).toBe(1);
  });

  it('that is being paid for at this moment goes on and is erased when it is final', async () => {
    let proof: Proof | undefined;
    shop.atFailpoints(async (place) => {
      if (place === 'written started' && !proof) proof = await erase();
    });
    const { errors } = await shop.order();
    await shop.drain();
    expect(errors).toEqual([]);
    expect(countOf(proof?.kept ?? [], 'not final')).toBe(1);
    const [row] = await shop.sql`select order_id, status from orders`;
    expect(row?.status).toBe('confirmed');
    await cancel(String(row?.order_id), admin, 'gone');
    await followUp();
    expect(await found()).toEqual([]);
  });
});

describe('final orders that are too many for one statement', () => {
  it('are said to wait, not to be open, until their turn has come', async () => {
    for (let n = 0; n < 3; n += 1) await shop.placed(shop.fillCart('usr_1'));
    await shop.sql`update orders set status = 'cancelled'
      where order_id in (select order_id from orders order by order_id limit 2)`;
    await createErasureStore(shop.db).erase('usr_1', 1);
    const proof = await erase();
    expect(countOf(proof.erased, 'addresses')).toBe(1);
    expect(countOf(proof.kept, 'turn is yet to come')).toBe(1);
    expect(countOf(proof.kept, 'not final')).toBe(1);
    await followUp();
    await shop.sql`update orders set status = 'cancelled' where status <> 'cancelled'`;
    expect(await erase()).toMatchObject({ isComplete: false });
    await followUp();
    const after = await erase();
    expect(countOf(after.kept, 'turn is yet to come')).toBe(0);
    expect(after.isComplete).toBe(true);
  });
});

describe('what is written later', () => {
  it('to an erased order names nobody: a refund’s reason, the note of a status', async () => {
    const orderId = await delivered();
    await erase();
    await refund(orderId, 'Violetta again');
    const { errors } = await shop.run(
      'mutation ($i: UpdateOrderStatusInput!) { updateOrderStatus(input: $i) { order { status } } }',
      { viewer: admin, variables: { i: { orderId, status: 'REFUNDED', note: 'as Violetta wished' } } },
    );
    expect(errors).toEqual([]);
    await shop.recover();
    expect(await found()).toEqual([]);
    expect(await total(orderId)).toMatchObject({ status: 'refunded', refunded_amount: '225.97' });
  });

  it('cannot bring the person back: the table refuses it', async () => {
    const orderId = await delivered();
    await erase();
    await expect(
      shop.sql`update orders set shipping_address = ${JSON.stringify(address)} where order_id = ${orderId}`,
    ).rejects.toThrow('orders_erased_name_nobody');
    await shop.sql`insert into order_timeline (order_id, status, note) values (${orderId}, 'refunded', 'for Violetta')`;
    expect(await found()).toEqual([]);
  });
});

describe('an order at the same moment', () => {
  it.each(Array.from({ length: rounds }, (_, round) => round))(
    'is either refused or found by the erasure (round %i)',
    async () => {
      const viewers = Array.from({ length: 8 }, (_, n) => shop.fillCart(`usr_race${n}`));
      const answers = await Promise.all(
        viewers.map(async (viewer, n) => {
          // Meets the writing of some and comes after others.
          const late = new Promise((resolve) => setTimeout(resolve, n));
          const proof = late.then(async () => await erase(`usr_race${n}`));
          const [{ errors }, erased] = await Promise.all([shop.order({}, viewer), proof]);
          return { code: errors[0]?.extensions.code ?? null, erased };
        }),
      );
      await shop.drain();
      const rows = await shop.sql`select user_id from orders`;
      for (const [n, { code, erased }] of answers.entries()) {
        const orders = rows.filter(({ user_id }) => user_id === `usr_race${n}`).length;
        expect({ n, code, found: countOf(erased.found, 'orders') }).toEqual({
          n,
          code: orders === 0 ? 'AUTH_003' : null,
          found: orders,
        });
      }
    },
  );

  it('is erased by one of two that follow up at once, in bounded batches', async () => {
    const viewers = Array.from({ length: 6 }, (_, n) => shop.fillCart(`usr_many${n}`));
    for (const viewer of viewers) await shop.placed(viewer);
    for (const n of viewers.keys()) await erase(`usr_many${n}`);
    await shop.sql`update orders set status = 'cancelled'`;
    const store = createErasureStore(shop.db);
    const counts = await Promise.all([1, 2, 3].map(async () => await store.eraseFinalOrders(2)));
    expect(counts).toEqual([2, 2, 2]);
    expect(await store.eraseFinalOrders(2)).toBe(0);
    expect(await found()).toEqual([]);
  });
});

it('is for services only', async () => {
  for (const viewer of [customer(), admin]) {
    const { errors } = await ask('usr_1', viewer);
    expect(errors[0]?.extensions.code).toBe('AUTH_004');
  }
  expect((await ask('', service)).errors[0]?.extensions.code).toBe('VAL_001');
  expect(await shop.sql`select 1 from erased_customers`).toHaveLength(0);
});
