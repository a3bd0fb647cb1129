import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createEventStore } from '../src/data/event-store.ts';
import { countParked } from '../src/data/parked-counts.ts';
import { createRetentionStore } from '../src/data/retention-store.ts';
import { dispatchEvents } from '../src/domain/dispatch-events.ts';
import { removeOutdated } from '../src/domain/retention.ts';
import { createEventsFixture, type EventsFixture } from './events-fixture.ts';

const never = new AbortController().signal;

let shop: EventsFixture;
beforeAll(async () => {
  shop = await createEventsFixture();
});
beforeEach(async () => {
  await shop.reset();
  await shop.insertOrder('ord_1');
});
afterAll(async () => {
  await shop.close();
});

const clean = async () => await removeOutdated(createRetentionStore(shop.db), never);
const ids = async (table: string, column: string) =>
  (await shop.sql`select ${shop.sql(column)} as id from ${shop.sql(table)} order by 1`).map((row) => row.id);
/** Events that have their places, the first of them oldest. */
async function insertAged(daysAgo: readonly number[]) {
  for (const [n, days] of daysAgo.entries()) {
    await shop.sql`insert into order_events (event_id, order_id, type, data, created_at)
      values (${`evt_${n + 1}`}, 'ord_1', 'refund.succeeded', '{}', now() - make_interval(days => ${days}))`;
  }
  await dispatchEvents({ events: createEventStore(shop.db), failpoint: () => undefined }, never);
}

describe('what is of no more use', () => {
  it('goes: expired keys', async () => {
    await shop.sql`insert into idempotency_keys (user_id, idempotency_key, request_hash, order_id, created_at, expires_at)
      select 'usr_1', 'key ' || n, repeat('0', 64), 'ord_1', now() - interval '2 days',
        now() + (n - 2500) * interval '1 minute' from generate_series(1, 2502) n`;
    await clean();
    expect(await ids('idempotency_keys', 'idempotency_key')).toEqual(['key 2501', 'key 2502']);
  });

  it('goes: messages that were handled 30 days ago, and none that still have to be', async () => {
    await shop.sql`insert into provider_messages (message_id, type, created_at, handled_at, parked_at) values
      ('old', 'x', now() - interval '32 days', now() - interval '31 days', null),
      ('old but handled lately', 'x', now() - interval '32 days', now() - interval '1 day', null),
      ('parked', 'x', now() - interval '99 days', null, now() - interval '98 days'),
      ('unhandled', 'x', now() - interval '99 days', null, null),
      ('young', 'x', now(), now(), null)`;
    await clean();
    expect(await ids('provider_messages', 'message_id')).toEqual([
      'old but handled lately',
      'parked',
      'unhandled',
      'young',
    ]);
  });

  it('goes: deliveries that were settled 30 days ago', async () => {
    await insertAged([40, 40, 40, 40]);
    await shop.sql`insert into webhook_endpoints (endpoint_id, url, secret) values ('whe_1', 'http://a', 'whsec_')`;
    await shop.sql`insert into webhook_deliveries (endpoint_id, event_id, created_at, delivered_at, parked_at) values
      ('whe_1', 'evt_1', now() - interval '40 days', now() - interval '31 days', null),
      ('whe_1', 'evt_2', now() - interval '40 days', null, now() - interval '31 days'),
      ('whe_1', 'evt_3', now() - interval '40 days', null, null),
      ('whe_1', 'evt_4', now() - interval '40 days', now() - interval '1 day', null)`;
    await clean();
    expect(await ids('webhook_deliveries', 'event_id')).toEqual(['evt_3', 'evt_4']);
  });

  it('goes: events of 90 days ago, from the oldest on and without a gap', async () => {
    await insertAged([200, 100, 91, 89, 95, 1]);
    await clean();
    expect(await ids('order_events', 'position')).toEqual(['4', '5', '6']);
    const { data } = await shop.run('{ orderEvents { nodes { position } totalCount } }');
    expect(data.orderEvents).toEqual({
      nodes: [{ position: 4 }, { position: 5 }, { position: 6 }],
      totalCount: 3,
    });
  });

  it('goes in batches', async () => {
    await shop.sql`insert into order_events (event_id, order_id, type, data, created_at)
      select 'evt_' || n, 'ord_1', 'refund.succeeded', '{}', now() - interval '100 days' from generate_series(1, 2300) n`;
    await dispatchEvents({ events: createEventStore(shop.db), failpoint: () => undefined }, never);
    const store = createRetentionStore(shop.db);
    expect(await store.removeOldEvents(90, 1_000)).toBe(1_000);
    await clean();
    expect(await ids('order_events', 'position')).toEqual(['2300']);
  });

  it('is never the newest event: a reader who has seen all goes on, and one who has not is told', async () => {
    await insertAged([100, 100, 100]);
    const { data } = await shop.run('{ orderEvents { edges { cursor } } }');
    const [first, , last] = data.orderEvents.edges.map((edge: { cursor: string }) => edge.cursor);
    await clean();
    await clean();
    expect(await ids('order_events', 'position')).toEqual(['3']);
    await shop.insertEvents('ord_1', 'order.shipped');
    const behind = async (after: string) =>
      await shop.run('query ($after: String) { orderEvents(after: $after) { nodes { position } } }', {
        variables: { after },
      });
    expect((await behind(last)).data.orderEvents.nodes).toEqual([{ position: 4 }]);
    expect((await behind(first)).errors[0]?.extensions.code).toBe('VAL_001');
  });

  it('is no event without a place, and no mail', async () => {
    await insertAged([100, 100]);
    await shop.sql`insert into order_events (event_id, order_id, type, data, created_at)
      values ('evt_new', 'ord_1', 'order.created', '{}', now() - interval '100 days')`;
    await shop.sql`insert into order_mails (order_id, kind, sent_at, created_at)
      values ('ord_1', 'confirmation', now() - interval '400 days', now() - interval '400 days')`;
    await clean();
    expect(await ids('order_events', 'event_id')).toEqual(['evt_2', 'evt_new']);
    expect(await ids('order_mails', 'kind')).toEqual(['confirmation']);
  });
});

describe('what is parked', () => {
  it('is counted by kind, in one statement', async () => {
    expect(await countParked(shop.db)).toEqual({
      checkouts: 0,
      refunds: 0,
      mails: 0,
      webhooks: 0,
      provider_messages: 0,
    });
    await insertAged([1, 1]);
    await shop.sql`insert into checkouts (order_id, state, due_at, parked_at) values ('ord_1', 'voiding', now(), now())`;
    await shop.sql`insert into refunds
        (refund_id, order_id, amount, restock, requested_by, provider_key, request_hash, due_at, parked_at)
      values ('rfd_1', 'ord_1', 1, '[]', 'usr_admin', 'key_1', repeat('0', 64), now(), now()),
        ('rfd_2', 'ord_1', 1, '[]', 'usr_admin', 'key_2', repeat('0', 64), now(), null)`;
    await shop.sql`insert into order_mails (order_id, kind, parked_at) values
      ('ord_1', 'confirmation', now()), ('ord_1', 'shipped', now()), ('ord_1', 'cancelled', null)`;
    await shop.sql`insert into webhook_endpoints (endpoint_id, url, secret) values ('whe_1', 'http://a', 'whsec_')`;
    await shop.sql`insert into webhook_deliveries (endpoint_id, event_id, parked_at)
      values ('whe_1', 'evt_1', now()), ('whe_1', 'evt_2', null)`;
    await shop.sql`insert into provider_messages (message_id, type, parked_at) select 'msg_' || n, 'x', now()
      from generate_series(1, 3) n`;
    shop.statements.length = 0;
    expect(await countParked(shop.db)).toEqual({
      checkouts: 1,
      refunds: 1,
      mails: 2,
      webhooks: 1,
      provider_messages: 3,
    });
    expect(shop.statements).toHaveLength(1);
  });
});
