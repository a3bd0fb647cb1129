import type { Mail } from '@commerce/kit/mail';
import { startWorker } from '@commerce/kit/worker';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createWebhookSender } from '../src/clients/webhook-sender.ts';
import { createProviderMessageStore } from '../src/data/provider-message-store.ts';
import { createRefundStore } from '../src/data/refund-store.ts';
import { createEventWork } from '../src/events.ts';
import { answerWith, createEventsFixture, type EventsFixture, startReceiver } from './events-fixture.ts';

let shop: EventsFixture;
beforeAll(async () => {
  shop = await createEventsFixture();
});
afterAll(async () => {
  await shop.close();
});

it('what follows from an event is done by the worker, without anybody asking', async () => {
  const receiver = await startReceiver(answerWith(200));
  const sender = createWebhookSender({ isPublicOnly: false });
  const messages = createProviderMessageStore(shop.db);
  const mails: Mail[] = [];
  const woken: string[] = [];
  const places = new Set<string>();
  const tasks = createEventWork({
    db: shop.db,
    reader: shop.reader,
    messages,
    users: { findContact: async () => ({ email: 'ada@example.com', firstName: 'Ada', lastName: '' }) },
    mailer: { send: async (mail) => void mails.push(mail) },
    sender,
    checkouts: {
      wake: async (orderId) => {
        woken.push(orderId);
        return 'woken';
      },
    },
    refunds: createRefundStore(shop.db),
    publicUrl: 'https://shop.example',
    logger: shop.logger,
    failpoint: (place) => void places.add(place),
  });
  await shop.run(
    'mutation ($url: String!) { createWebhookEndpoint(input: { url: $url }) { endpoint { endpointId } } }',
    { variables: { url: receiver.url } },
  );
  const worker = startWorker({ url: shop.url, tasks, logger: shop.logger });
  // The queue makes its tables first, and every task runs once.
  await vi.waitFor(
    async () => {
      expect(await shop.sql`select 1 from graphile_worker._private_jobs`).toHaveLength(
        Object.keys(tasks).length,
      );
    },
    { timeout: 20_000 },
  );
  await shop.insertOrder('ord_1');
  await shop.insertEvents('ord_1', 'order.confirmed');
  await messages.receive({
    messageId: 'msg_1',
    type: 'payment.captured',
    orderId: 'ord_1',
    failedRefundKey: null,
  });
  await vi.waitFor(
    () => {
      expect(receiver.received).toHaveLength(1);
      expect(mails).toHaveLength(1);
      expect(woken).toEqual(['ord_1']);
    },
    { timeout: 15_000, interval: 50 },
  );
  await worker.close();
  expect([...places].sort()).toEqual([
    ...['after dispatch', 'after mail', 'after webhook'],
    ...['before dispatch', 'before mail', 'before webhook'],
  ]);
  await sender.close();
  await receiver.close();
});
