import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMailStore } from '../src/data/mail-store.ts';
import { createProviderMessageStore } from '../src/data/provider-message-store.ts';
import { admin, anonymous, createOrdersFixture, customer, type OrdersFixture } from './orders-fixture.ts';

let shop: OrdersFixture;
beforeAll(async () => {
  shop = await createOrdersFixture();
});
beforeEach(async () => {
  await shop.reset();
  await shop.sql`truncate webhook_endpoints, provider_messages cascade`;
});
afterAll(async () => {
  await shop.close();
});

const document = `query ($first: Int, $after: String) { parkedWork(first: $first, after: $after) {
  totalCount pageInfo { hasNextPage endCursor }
  nodes { kind orderId subject attempts parkedAt lastError } } }`;
const page = async (variables = {}) => {
  const { data, errors } = await shop.run(document, { viewer: admin, variables });
  expect(errors).toEqual([]);
  return data.parkedWork;
};
const retry = (orderId: string, viewer = admin) =>
  shop.run('mutation ($i: RetryCheckoutInput!) { retryCheckout(input: $i) { orderId } }', {
    viewer,
    variables: { i: { orderId } },
  });

/** One parked thing of each kind of an order, from the checkout, parked first, to the message, parked last.
 *  @param parkedAt the same moment for all of them where given */
async function parkAll(parkedAt: string | null = null): Promise<string> {
  const { orderId } = await shop.placed();
  const at = (second: number) => parkedAt ?? `2026-01-01T00:00:0${second}.000Z`;
  await shop.sql`update checkouts
    set state = 'capturing', attempts = 8, parked_at = ${at(1)}, last_error = 'No connection'`;
  await shop.sql`insert into refunds
      (refund_id, order_id, amount, restock, requested_by, provider_key, request_hash, attempts, due_at, parked_at, last_error)
    values ('rfd_1', ${orderId}, 5, '[]', 'usr_admin', 'key', ${'a'.repeat(64)}, 7, now(), ${at(2)}, null)`;
  await shop.sql`insert into order_mails (order_id, kind, attempts, due_at, parked_at, last_error)
    values (${orderId}, 'confirmation', 6, '2026-01-01', ${at(3)}, 'No mail server')`;
  await shop.sql`insert into webhook_endpoints (endpoint_id, url, secret) values ('whe_1', 'https://a.example', 's')`;
  await shop.sql`insert into webhook_deliveries (endpoint_id, event_id, attempts, parked_at, last_error)
    select 'whe_1', event_id, 5, ${at(4)}, 'Status 500' from order_events where type = 'order.created'`;
  await shop.sql`insert into provider_messages
      (message_id, type, order_id, attempts, due_at, parked_at, last_error)
    values ('msg_1', 'payment.captured', ${orderId}, 4, '2026-01-01', ${at(5)}, 'Away')`;
  return orderId;
}

async function eventIdOf(orderId: string): Promise<string> {
  const [row] =
    await shop.sql`select event_id from order_events where order_id = ${orderId} and type = 'order.created'`;
  return row?.event_id;
}

describe('parked work', () => {
  it('is listed for administrators, of every kind, longest parked first', async () => {
    const orderId = await parkAll();
    const at = (second: number) => `2026-01-01T00:00:0${second}Z`;
    const webhook = `whe_1:${await eventIdOf(orderId)}`;
    const { nodes, totalCount } = await page();
    expect(totalCount).toBe(5);
    expect(nodes).toEqual(
      [
        ['CHECKOUT', orderId, 8, at(1), 'No connection'],
        ['REFUND', 'rfd_1', 7, at(2), null],
        ['MAIL', 'confirmation', 6, at(3), 'No mail server'],
        ['WEBHOOK', webhook, 5, at(4), 'Status 500'],
        ['PROVIDER_MESSAGE', 'msg_1', 4, at(5), 'Away'],
      ].map(([kind, subject, attempts, parkedAt, lastError]) => ({
        kind,
        orderId,
        subject,
        attempts,
        parkedAt,
        lastError,
      })),
    );
  });

  it('leaves out what is not parked', async () => {
    await shop.placed();
    await shop.sql`insert into provider_messages (message_id, type) values ('msg_1', 'payment.captured')`;
    expect(await page()).toMatchObject({ totalCount: 0, nodes: [] });
  });

  it('is listed in one statement', async () => {
    await parkAll();
    shop.statements.length = 0;
    await shop.run('{ parkedWork { nodes { kind orderId subject } } }', { viewer: admin });
    expect(shop.statements).toHaveLength(1);
  });

  it.each([1, 2, 3])(
    'is listed in pages of %i, each once, also what was parked at one moment',
    async (first) => {
      await parkAll('2026-01-01T00:00:00.000Z');
      const { orderId: other } = await shop.placed(shop.fillCart('usr_2'));
      // Mails of one kind, and messages about no order, are told apart too.
      await shop.sql`insert into order_mails (order_id, kind, parked_at) values (${other}, 'confirmation', '2026-01-01T00:00:00Z')`;
      await shop.sql`insert into provider_messages (message_id, type, parked_at)
      values ('msg_0', 'x', '2026-01-01T00:00:00Z'), ('msg_2', 'x', '2026-01-01T00:00:00Z')`;
      const all = (await page({ first: 100 })).nodes;
      expect(all).toHaveLength(8);
      const seen: unknown[] = [];
      let after: string | null = null;
      do {
        const { nodes, pageInfo, totalCount } = await page({ first, after });
        expect(totalCount).toBe(8);
        seen.push(...nodes);
        after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
      } while (after !== null);
      expect(seen).toEqual(all);
    },
  );

  it('is not listed by sizes out of range and cursors of other lists', async () => {
    const { orderId } = await shop.placed();
    await shop.sql`update checkouts set state = 'capturing', parked_at = now() where order_id = ${orderId}`;
    const other = await shop.run('{ parkedCheckouts { pageInfo { endCursor } } }', { viewer: admin });
    const after = other.data.parkedCheckouts.pageInfo.endCursor;
    for (const variables of [{ first: 0 }, { first: 101 }, { after: 'nonsense' }, { after }]) {
      const { errors } = await shop.run(document, { viewer: admin, variables });
      expect(errors[0]?.extensions.code).toBe('VAL_001');
    }
  });

  it('is for administrators', async () => {
    const orderId = await parkAll();
    for (const [viewer, code] of [
      [customer(), 'AUTH_004'],
      [anonymous, 'AUTH_003'],
      [{ kind: 'service', name: 'cart' } as const, 'AUTH_003'],
    ] as const) {
      const { data, errors } = await shop.run(document, { viewer });
      expect(data.parkedWork).toBeNull();
      expect(errors[0]?.extensions.code).toBe(code);
      expect((await retry(orderId, viewer)).errors[0]?.extensions.code).toBe(code);
    }
    expect((await page()).totalCount).toBe(5);
  });
});

describe('retrying an order', () => {
  it('takes up all that is parked of it but its deliveries, and nothing of another’s', async () => {
    const orderId = await parkAll();
    const { orderId: other } = await shop.placed(shop.fillCart('usr_2'));
    await shop.sql`insert into order_mails (order_id, kind, parked_at) values (${other}, 'confirmation', now())`;
    await shop.sql`insert into provider_messages (message_id, type, order_id, parked_at) values ('msg_2', 'x', ${other}, now())`;
    expect((await retry(orderId)).data.retryCheckout).toEqual({ orderId });
    const left = (await page()).nodes.map((node: { kind: string; orderId: string }) => [
      node.kind,
      node.orderId,
    ]);
    expect(left).toEqual(
      expect.arrayContaining([
        ['WEBHOOK', orderId],
        ['MAIL', other],
        ['PROVIDER_MESSAGE', other],
      ]),
    );
    expect(left).toHaveLength(3);
    // Due at once, and counted anew.
    expect(await createMailStore(shop.db).claim(9)).toMatchObject([
      { orderId, kind: 'confirmation', attempts: 1 },
    ]);
    expect(await createProviderMessageStore(shop.db).claim(9)).toMatchObject([
      { messageId: 'msg_1', attempts: 1 },
    ]);
  });

  it.each(['order_mails', 'provider_messages'])('will do with nothing parked but its %s', async (table) => {
    const orderId = await parkAll();
    await shop.sql`update checkouts set state = 'done', parked_at = null`;
    await shop.sql`delete from refunds`;
    await shop.sql`delete from ${shop.sql(table === 'order_mails' ? 'provider_messages' : 'order_mails')}`;
    expect((await retry(orderId)).errors).toEqual([]);
    expect((await retry(orderId)).errors[0]?.extensions.code).toBe('RES_001');
  });
});
