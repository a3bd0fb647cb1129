import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { startWebhookReceiver, type WebhookReceiver } from '../webhook-receiver.ts';
import type { AdministratorDeps } from './administrator.ts';
import type { TortureShop } from './shop.ts';

const SUBSCRIBE = `mutation Tell($input: CreateWebhookEndpointInput!) {
  createWebhookEndpoint(input: $input) { endpoint { endpointId } }
}`;
/** What was under way when a process died is sent again after 15 s, and after 30 s where that fails. */
const PATIENCE_MS = 60_000;

const eventRow = z.object({ eventId: z.string() });
const deliveredBody = z.object({ id: z.string() });

/** Starts somebody who is told of all events by a webhook. */
export async function subscribe({ requests, token }: AdministratorDeps): Promise<WebhookReceiver> {
  const receiver = await startWebhookReceiver();
  const answer = await requests.graphql(SUBSCRIBE, { input: { url: receiver.url } }, token);
  if (answer.kind === 'done') return receiver;
  await receiver.close();
  throw new Error(`The webhook was not registered: ${JSON.stringify(answer)}`);
}

/** Waits until the subscriber has been told of all events, and complains where it has not been. */
export async function expectTold(
  { clusters }: TortureShop,
  { deliveries }: WebhookReceiver,
  { tally }: Pick<AdministratorDeps, 'tally'>,
): Promise<void> {
  const statement = `select event_id as "eventId" from order_events where order_id not like 'ord_demo%'`;
  const events = await clusters.orders.query('orders', statement, eventRow);
  const listTold = () => new Set(deliveries.map(({ body }) => deliveredBody.parse(JSON.parse(body)).id));
  const listUntold = () => {
    const told = listTold();
    return events.filter(({ eventId }) => !told.has(eventId)).map(({ eventId }) => eventId);
  };
  const deadline = Date.now() + PATIENCE_MS;
  while (listUntold().length > 0 && Date.now() < deadline) await delay(500);
  const untold = listUntold();
  if (untold.length > 0) {
    tally.complain(
      `${untold.length} events were never delivered to the webhook: ${untold.slice(0, 5).join(', ')}`,
    );
  }
  tally.count('events: delivered', listTold().size);
  tally.count('events: delivered again', deliveries.length - listTold().size);
}
