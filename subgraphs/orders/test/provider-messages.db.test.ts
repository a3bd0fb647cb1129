import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCheckoutStore } from '../src/data/checkout-store.ts';
import { createProviderMessageStore } from '../src/data/provider-message-store.ts';
import { createRefundStore } from '../src/data/refund-store.ts';
import { handleProviderMessages, type ProviderMessageDeps } from '../src/domain/handle-provider-messages.ts';
import { createEventsFixture, type EventsFixture } from './events-fixture.ts';

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

const store = () => createProviderMessageStore(shop.db);
type Wake = ProviderMessageDeps['checkouts']['wake'];
async function handle(wake: Wake = createCheckoutStore(shop.db).wake) {
  const refunds = createRefundStore(shop.db);
  const deps = { messages: store(), checkouts: { wake }, refunds, logger: shop.logger, random: () => 0.5 };
  await handleProviderMessages(deps, never);
}
const messages = async () =>
  await shop.sql`select message_id as id, attempts, handled_at is not null as is_handled,
    parked_at is not null as is_parked, last_error from provider_messages order by message_id`;
const message = (messageId: string, orderId: string | null = 'ord_1') => ({
  messageId,
  type: 'payment.captured',
  orderId,
  failedRefundKey: null,
});

describe('a payment provider’s message', () => {
  it('is kept once however often it comes, also at once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => store().receive(message('msg_1'))));
    expect(answers.filter((isNew) => isNew)).toHaveLength(1);
    expect(await store().receive(message('msg_1'))).toBe(false);
    expect(await messages()).toMatchObject([{ id: 'msg_1', is_handled: false }]);
  });

  it('wakes its checkout, once', async () => {
    const woken: string[] = [];
    await store().receive(message('msg_1'));
    await store().receive(message('msg_2', null));
    const wake: Wake = async (orderId) => {
      woken.push(orderId);
      return 'woken';
    };
    await handle(wake);
    await handle(wake);
    await store().receive(message('msg_1'));
    await handle(wake);
    expect(woken).toEqual(['ord_1']);
    expect(await messages()).toMatchObject([{ is_handled: true }, { is_handled: true }]);
  });

  it('makes a checkout that waits due at once, and touches no other', async () => {
    for (const [orderId, state] of [
      ['ord_1', 'capturing'],
      ['ord_2', 'capturing'],
      ['ord_3', 'done'],
    ] as const) {
      await shop.insertOrder(orderId);
      await shop.sql`insert into checkouts (order_id, state, epoch, attempts, due_at, last_error)
        values (${orderId}, ${state}, 3, 2, now() + interval '1 hour', 'unknown')`;
    }
    await store().receive(message('msg_1', 'ord_1'));
    await store().receive(message('msg_3', 'ord_3'));
    await store().receive(message('msg_4', 'ord_unheard_of'));
    await handle();
    const due = await shop.sql`select order_id, epoch, attempts from checkouts where due_at <= now()`;
    expect(due).toMatchObject([{ order_id: 'ord_1', epoch: 3, attempts: 1 }]);
    expect((await messages()).every((row) => row.is_handled)).toBe(true);
  });

  it('waits while somebody is at work on its checkout, who may have asked the provider before', async () => {
    await shop.insertOrder('ord_1');
    await shop.sql`insert into checkouts (order_id, state, epoch, attempts, due_at)
      values ('ord_1', 'capturing', 3, 0, now() + interval '15 seconds')`;
    await store().receive(message('msg_1'));
    await handle();
    expect(await messages()).toMatchObject([
      { is_handled: false, is_parked: false, last_error: expect.stringContaining('at work') },
    ]);
    await shop.sql`update checkouts set last_error = 'No answer', due_at = now() + interval '1 hour'`;
    await shop.sql`update provider_messages set due_at = now()`;
    await handle();
    expect(await messages()).toMatchObject([{ is_handled: true }]);
    expect(await shop.sql`select 1 from checkouts where due_at <= now()`).toHaveLength(1);
  });

  it('is tried eight times and parked where it cannot be handled, while others are', async () => {
    const wake: Wake = async (orderId) => {
      if (orderId === 'ord_poison') throw new Error('cannot be woken');
      return 'woken';
    };
    await store().receive(message('msg_0', 'ord_poison'));
    await store().receive(message('msg_1'));
    for (let tries = 1; tries <= 8; tries += 1) {
      await handle(wake);
      expect(await messages()).toMatchObject([
        { attempts: tries, is_parked: tries === 8, last_error: expect.stringContaining('cannot be woken') },
        { is_handled: true, attempts: 1 },
      ]);
      await shop.sql`update provider_messages set due_at = now()`;
    }
    await handle(wake);
    expect((await messages())[0]).toMatchObject({ attempts: 8 });
    const errors = shop.logLines.map((line) => JSON.parse(line)).filter((line) => line.level === 50);
    expect(errors).toMatchObject([{ messageId: 'msg_0', attempts: 8 }]);
  });
});
