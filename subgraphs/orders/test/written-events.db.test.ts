import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { admin, createOrdersFixture, declined, type OrdersFixture } from './orders-fixture.ts';

let shop: OrdersFixture;
beforeAll(async () => {
  shop = await createOrdersFixture();
});
beforeEach(async () => await shop.reset());
afterAll(async () => {
  await shop.close();
});

const tracking = { carrier: 'UPS', trackingNumber: '1Z' };

function update(orderId: string, change: object) {
  return shop.run(
    'mutation ($i: UpdateOrderStatusInput!) { updateOrderStatus(input: $i) { order { status } } }',
    { viewer: admin, variables: { i: { orderId, ...change } } },
  );
}

const eventsOf = async (orderId: string) =>
  await shop.sql`
    select type, data ->> 'status' as status, created_at, data from order_events where order_id = ${orderId}
    order by sequence`;

describe('events', () => {
  it('are written once for each status that an order comes to, with the order as it was then', async () => {
    const { orderId } = await shop.placed();
    await update(orderId, { status: 'PROCESSING' });
    await update(orderId, { status: 'SHIPPED', tracking });
    await update(orderId, { status: 'DELIVERED' });
    await update(orderId, { status: 'REFUNDED' });
    const events = await eventsOf(orderId);
    expect(events.map(({ type, status }) => [type, status])).toEqual([
      ['order.created', 'pending'],
      ['order.confirmed', 'confirmed'],
      ['order.processing', 'processing'],
      ['order.shipped', 'shipped'],
      ['order.delivered', 'delivered'],
      ['refund.succeeded', 'delivered'],
      ['order.refunded', 'refunded'],
    ]);
    expect(events[0]?.data).toMatchObject({
      orderId,
      userId: 'usr_1',
      subtotal: '199.98',
      tax: '15.99',
      shipping: '10.00',
      total: '225.97',
      refundedAmount: '0.00',
      itemCount: 2,
      tracking: null,
    });
    expect(events[3]?.data).toMatchObject({ tracking: { carrier: 'UPS', trackingNumber: '1Z' } });
  });

  it('have the time of the timeline', async () => {
    const { orderId } = await shop.placed();
    await update(orderId, { status: 'SHIPPED', tracking });
    const rows = await shop.sql`
      select e.type from order_events e join order_timeline t on t.order_id = e.order_id
        and e.type = 'order.' || t.status and e.created_at = t.created_at
      where e.order_id = ${orderId} order by e.sequence`;
    expect(rows.map((row) => row.type)).toEqual(['order.confirmed', 'order.shipped']);
  });

  it('are not written where nothing changed', async () => {
    const { orderId } = await shop.placed();
    await update(orderId, { status: 'DELIVERED' });
    await update(orderId, { status: 'PENDING' });
    await update(orderId, { status: 'SHIPPED', tracking });
    await update(orderId, { status: 'SHIPPED', tracking });
    await shop.recover();
    expect(await shop.events(orderId)).toEqual(['order.created', 'order.confirmed', 'order.shipped']);
  });

  it('are not written for what customers were not told of', async () => {
    await shop.order({ input: declined });
    shop.shop.fault('reserve', 'fail');
    await shop.order();
    expect(await shop.sql`select 1 from order_events`).toHaveLength(0);
  });

  it.each([
    ['order.created', 'committed'],
    ['order.confirmed', 'done'],
  ])('are written with what they tell of, or neither is (%s)', async (type, state) => {
    await shop.sql.unsafe(`create function refuse() returns trigger language plpgsql as
      $$ begin raise exception 'refused' using errcode = 'query_canceled'; end $$;
      create trigger refuse before insert on order_events for each row
      when (new.type = '${type}') execute function refuse()`);
    await shop.order();
    await shop.drain();
    expect(await shop.checkoutStates()).not.toContain(state);
    expect(await shop.sql`select 1 from order_timeline where status = 'confirmed'`).toHaveLength(0);
    await shop.sql`drop function refuse cascade`;
    await shop.recover();
    const [row] = await shop.sql`select order_id from orders`;
    expect(await shop.events(row?.order_id)).toEqual(['order.created', 'order.confirmed']);
  });
});
