import { setTimeout } from 'node:timers/promises';
import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createEventStore } from '../src/data/event-store.ts';
import { dispatchEvents } from '../src/domain/dispatch-events.ts';
import { readFeed } from '../src/domain/read-feed.ts';
import { admin, anonymous, createEventsFixture, customer, type EventsFixture } from './events-fixture.ts';

const rounds = Number(process.env.RACE_ROUNDS ?? 2);
const never = new AbortController().signal;

let shop: EventsFixture;
beforeAll(async () => {
  shop = await createEventsFixture();
});
beforeEach(async () => {
  await shop.reset();
});
afterAll(async () => {
  await shop.close();
});

const positions = async () =>
  await shop.sql`select event_id as id, position::int, sequence::int from order_events order by position`;

async function dispatch() {
  await dispatchEvents({ events: createEventStore(shop.db), failpoint: () => undefined }, never);
}

const feedDocument = `
  query ($after: String, $first: Int) {
    orderEvents(after: $after, first: $first) {
      edges { cursor node { eventId } }
      nodes {
        eventId position type occurredAt orderId status order { orderId status }
        data {
          userId subtotal { amount } tax { amount } shipping { amount } total { amount cents currencyCode }
          refundedAmount { amount } itemCount tracking { carrier trackingNumber url } createdAt updatedAt
          refund { refundId amount { amount } }
        }
      }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      totalCount
    }
  }`;

async function feed(variables: { after?: string; first?: number } = {}) {
  const { data, errors } = await shop.run(feedDocument, { variables });
  expect(errors).toEqual([]);
  return data.orderEvents;
}

describe('dispatching', () => {
  it('gives events their places in the order of their writing, once', async () => {
    await shop.insertOrder('ord_1');
    await shop.insertEvents('ord_1', 'order.created', 'order.confirmed', 'order.shipped');
    await dispatch();
    const first = await positions();
    expect(first.map((row) => row.position)).toEqual([1, 2, 3]);
    expect(first.map((row) => row.sequence)).toEqual(first.map((row) => row.sequence).sort((a, b) => a - b));
    await dispatch();
    expect(await positions()).toEqual(first);
  });

  it('queues a mail for the types that are mailed, one for each kind', async () => {
    await shop.insertOrder('ord_1');
    await shop.insertEvents('ord_1', 'order.created', 'order.confirmed', 'order.processing', 'order.shipped');
    await shop.insertEvents(
      'ord_1',
      'order.delivered',
      'order.cancelled',
      'order.refunded',
      'refund.succeeded',
    );
    await dispatch();
    const mails = await shop.sql`select kind from order_mails order by kind`;
    expect(mails.map((row) => row.kind)).toEqual(['cancelled', 'confirmation', 'shipped']);
  });

  it('queues deliveries for the active endpoints that want the type', async () => {
    await shop.sql`
      insert into webhook_endpoints (endpoint_id, url, secret, event_types, is_active) values
        ('whe_all', 'http://a.example', 'whsec_', null, true),
        ('whe_some', 'http://b.example', 'whsec_', '["order.shipped", "unheard.of"]', true),
        ('whe_none', 'http://c.example', 'whsec_', '[]', true),
        ('whe_off', 'http://d.example', 'whsec_', null, false)`;
    await shop.insertOrder('ord_1');
    await shop.insertEvents('ord_1', 'order.created', 'order.shipped');
    await dispatch();
    const queued = await shop.sql`
      select d.endpoint_id, e.type from webhook_deliveries d join order_events e using (event_id)
      order by d.endpoint_id, e.type`;
    expect(queued.map((row) => [row.endpoint_id, row.type])).toEqual([
      ['whe_all', 'order.created'],
      ['whe_all', 'order.shipped'],
      ['whe_some', 'order.shipped'],
    ]);
  });

  it('works off more than a batch', async () => {
    await shop.insertOrder('ord_1');
    await shop.sql`insert into order_events (event_id, order_id, type, data)
      select 'evt_' || n, 'ord_1', 'refund.succeeded', '{}' from generate_series(1, 450) n`;
    await dispatch();
    expect((await positions()).map((row) => row.position)).toEqual(
      Array.from({ length: 450 }, (_, n) => n + 1),
    );
  });

  it('goes on behind what was removed', async () => {
    await shop.insertOrder('ord_1');
    await shop.insertEvents('ord_1', 'order.created', 'order.confirmed');
    await dispatch();
    await shop.sql`delete from order_events where position = 1`;
    await shop.insertEvents('ord_1', 'order.shipped');
    await dispatch();
    expect((await positions()).map((row) => row.position)).toEqual([2, 3]);
  });

  it('by many at once leaves no gap and gives no place twice', async () => {
    for (let round = 0; round < rounds; round += 1) {
      await shop.reset();
      await shop.insertOrder('ord_1');
      const store = createEventStore(shop.db);
      const write = async (writer: number) => {
        for (let n = 0; n < 20; n += 1) {
          await shop.sql`insert into order_events (event_id, order_id, type, data)
            values (${`evt_${writer}_${n}`}, 'ord_1', 'refund.succeeded', '{}')`;
        }
      };
      const place = async () => {
        for (let n = 0; n < 15; n += 1) await store.dispatch(7);
      };
      await Promise.all([...[0, 1, 2, 3].map(write), place(), place(), place(), place()]);
      await dispatch();
      const rows = await positions();
      expect(rows.map((row) => row.position)).toEqual(Array.from({ length: 80 }, (_, n) => n + 1));
      for (let writer = 0; writer < 4; writer += 1) {
        const own = rows.filter((row) => row.id.startsWith(`evt_${writer}_`)).map((row) => row.id);
        expect(own).toEqual(Array.from({ length: 20 }, (_, n) => `evt_${writer}_${n}`));
      }
    }
  });
});

describe('a reader of the feed', () => {
  it('sees every event once and in order while writers commit out of order', async () => {
    for (let round = 0; round < rounds; round += 1) {
      await shop.reset();
      await shop.insertOrder('ord_1');
      await readWhileWriting();
    }
  });

  async function readWhileWriting() {
    const writers = postgres(shop.url, { max: 6, onnotice: () => {}, fetch_types: false });
    const store = createEventStore(shop.db);
    let isWriting = true;
    const write = async (writer: number) => {
      for (let n = 0; n < 12; n += 1) {
        // The number is drawn at the insert; the commit comes later, behind those of others.
        await writers.begin(async (transaction) => {
          await transaction`insert into order_events (event_id, order_id, type, data)
            values (${`evt_${writer}_${n}`}, 'ord_1', 'refund.succeeded', '{}')`;
          await setTimeout(Math.random() * 12);
        });
      }
    };
    const read = async () => {
      const seen: { id: string; position: number }[] = [];
      for (;;) {
        const isLast = !isWriting;
        const page = await readFeed(store, { after: seen.at(-1)?.position ?? null, limit: 5 });
        seen.push(...page.map(({ eventId, position }) => ({ id: eventId, position })));
        if (isLast && page.length === 0) return seen;
      }
    };
    const writing = Promise.all([0, 1, 2, 3, 4, 5].map(write)).finally(() => {
      isWriting = false;
    });
    const [, ...readers] = await Promise.all([writing, read(), read(), read()]);
    await writers.end();
    for (const seen of readers) {
      expect(seen.map((event) => event.position)).toEqual(Array.from({ length: 72 }, (_, n) => n + 1));
      expect(new Set(seen.map((event) => event.id)).size).toBe(72);
    }
    const outOfOrder = await shop.sql`select 1 from order_events a join order_events b
      on a.position < b.position and a.sequence > b.sequence limit 1`;
    // Else the test has not tested what it is for.
    expect(outOfOrder).toHaveLength(1);
  }
});

describe('orderEvents', () => {
  it('shows what has just happened, with the order as it was and as it is', async () => {
    await shop.insertOrder('ord_1');
    await shop.insertEvents('ord_1', 'order.confirmed');
    await shop.sql`update orders set status = 'shipped' where order_id = 'ord_1'`;
    await shop.insertEvents('ord_1', 'order.shipped', 'refund.succeeded');
    const page = await feed();
    expect(page.nodes.map((node: { type: string }) => node.type)).toEqual([
      'ORDER_CONFIRMED',
      'ORDER_SHIPPED',
      'REFUND_SUCCEEDED',
    ]);
    expect(page.nodes[0]).toMatchObject({
      position: 1,
      orderId: 'ord_1',
      status: 'CONFIRMED',
      order: { orderId: 'ord_1', status: 'SHIPPED' },
      occurredAt: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/),
      data: {
        userId: 'usr_1',
        subtotal: { amount: '199.98' },
        tax: { amount: '15.99' },
        shipping: { amount: '10.00' },
        total: { amount: '225.97', cents: 22_597, currencyCode: 'USD' },
        refundedAmount: { amount: '0.00' },
        itemCount: 2,
        tracking: { carrier: 'UPS', trackingNumber: '1Z999' },
        refund: null,
      },
    });
    expect(page.nodes[2].data.refund).toEqual({ refundId: 'rfd_1', amount: { amount: '5.00' } });
    expect(page).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: false, hasPreviousPage: false } });
  });

  it('is walked by cursors without a gap or a repetition', async () => {
    await shop.insertOrder('ord_1');
    await shop.insertEvents('ord_1', 'order.created', 'order.confirmed', 'order.shipped', 'order.delivered');
    const seen: number[] = [];
    let after: string | undefined;
    do {
      const page = await feed(after === undefined ? { first: 3 } : { first: 3, after });
      seen.push(...page.nodes.map((node: { position: number }) => node.position));
      expect(page.pageInfo.hasNextPage).toBe(seen.length < 4);
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : undefined;
    } while (after !== undefined);
    expect(seen).toEqual([1, 2, 3, 4]);
  });

  it('goes on from an empty page with the cursor before it', async () => {
    await shop.insertOrder('ord_1');
    await shop.insertEvents('ord_1', 'order.created');
    const { endCursor } = (await feed()).pageInfo;
    expect((await feed({ after: endCursor })).nodes).toEqual([]);
    await shop.insertEvents('ord_1', 'order.confirmed');
    expect((await feed({ after: endCursor })).nodes).toMatchObject([
      { position: 2, type: 'ORDER_CONFIRMED' },
    ]);
  });

  it('costs the same statements whatever the page holds', async () => {
    await shop.insertOrder('ord_1');
    await shop.insertOrder('ord_2');
    await shop.insertEvents('ord_1', 'order.created', 'order.confirmed');
    await shop.insertEvents('ord_2', 'order.created', 'order.confirmed');
    shop.statements.length = 0;
    await feed();
    // Placing, the page, the orders, the count.
    expect(shop.statements).toHaveLength(4);
  });

  it('is not held up by an event whose data cannot be read', async () => {
    await shop.insertOrder('ord_1');
    await shop.insertEvents('ord_1', 'order.created');
    await shop.sql`insert into order_events (event_id, order_id, type, data)
      values ('evt_poison', 'ord_1', 'order.confirmed', '["?"]')`;
    await shop.insertEvents('ord_1', 'order.shipped');
    const { nodes } = await feed();
    expect(nodes).toMatchObject([
      { position: 1, data: { itemCount: 2 } },
      { position: 2, eventId: 'evt_poison', status: null, data: null, order: { orderId: 'ord_1' } },
      { position: 3, data: { itemCount: 2 } },
    ]);
  });

  it('refuses a cursor behind which events are missing', async () => {
    await shop.insertOrder('ord_1');
    await shop.insertEvents('ord_1', 'order.created', 'order.confirmed', 'order.shipped');
    const [first, second] = (await feed()).edges;
    await shop.sql`delete from order_events where position <= 2`;
    const { errors } = await shop.run(feedDocument, { variables: { after: first.cursor } });
    expect(errors[0]?.extensions).toMatchObject({ code: 'VAL_001', details: [{ field: 'after' }] });
    expect((await feed({ after: second.cursor })).nodes).toMatchObject([{ position: 3 }]);
    expect((await feed()).nodes).toMatchObject([{ position: 3 }]);
  });

  it.each([
    ['first: 0', 'first'],
    ['first: 101', 'first'],
    ['after: "nonsense"', 'after'],
    [`after: "${Buffer.from('["-1"]').toString('base64url')}"`, 'after'],
    [`after: "${Buffer.from('["1","2"]').toString('base64url')}"`, 'after'],
    [`after: "${Buffer.from('["9999999999999999999999"]').toString('base64url')}"`, 'after'],
  ])('refuses %s', async (args, field) => {
    const { errors } = await shop.run(`{ orderEvents(${args}) { totalCount } }`);
    expect(errors[0]?.extensions).toMatchObject({ code: 'VAL_001', details: [{ field }] });
  });

  it.each([
    ['AUTH_003', anonymous],
    ['AUTH_004', customer],
    [undefined, admin],
  ])('answers %s', async (code, viewer) => {
    const { errors } = await shop.run('{ orderEvents { totalCount } }', { viewer });
    expect(errors[0]?.extensions.code).toBe(code);
  });
});
