import type { Viewer } from '@commerce/kit/viewer';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createOrdersFixture, type OrdersFixture } from './orders-fixture.ts';

const service: Viewer = { kind: 'service', name: 'users' };

let shop: OrdersFixture;
beforeAll(async () => {
  shop = await createOrdersFixture();
});
beforeEach(async () => await shop.reset());
afterAll(async () => await shop.close());

async function erase(): Promise<void> {
  const document =
    'mutation ($i: EraseCustomerInput!) { eraseCustomerInOrders(input: $i) { found { what } } }';
  const { errors } = await shop.run(document, { viewer: service, variables: { i: { userId: 'usr_1' } } });
  expect(errors).toEqual([]);
}

it('an order that is to be delivered keeps its address, whatever would erase it', async () => {
  const { orderId } = await shop.placed();
  await erase();
  await expect(shop.sql`select erase_orders(array[${orderId}]::varchar[])`).rejects.toThrow(
    'orders_erased_are_final',
  );
  expect((await shop.read(orderId)).shippingAddress.street).not.toBe('');
});

it('what a mail server said of a mail that went out in the end is forgotten with the customer', async () => {
  const { orderId } = await shop.placed();
  await shop.sql`insert into order_mails (order_id, kind, sent_at, last_error)
    values (${orderId}, 'confirmation', now(), '450 violetta@quarrington.example is busy')
    on conflict (order_id, kind) do update set sent_at = excluded.sent_at, last_error = excluded.last_error`;
  await erase();
  expect(await shop.sql`select kind, last_error from order_mails where order_id = ${orderId}`).toEqual([
    { kind: 'confirmation', last_error: null },
  ]);
});

it('no mail goes out any more to who is erased', async () => {
  const { orderId } = await shop.placed();
  await shop.sql`update order_mails set sent_at = null`;
  await shop.sql`insert into order_mails (order_id, kind) values (${orderId}, 'shipped') on conflict do nothing`;
  await erase();
  expect(await shop.sql`select kind from order_mails where sent_at is null`).toEqual([]);
});
