import { type Clock, timestampText } from '@commerce/kit/clock';
import type { Logger } from '@commerce/kit/logger';
import type { WebhookOutcome, WebhookSender } from '../clients/webhook-sender.ts';
import type { ClaimedDelivery, DeliveryStore, FailedAttempt } from '../data/webhook-delivery-store.ts';
import type { Failpoint } from './orders-deps.ts';
import { retryDelaySeconds } from './retry-delay.ts';
import { webhookHeaders } from './sign-webhook.ts';
import { workThrough } from './work-through.ts';

/** Deliveries to one endpoint at a time. There are 32 endpoints at most: at most 96 deliveries are under way, and
 *  none waits for another's endpoint. */
const LANES_PER_ENDPOINT = 3;

const MINUTE = 60;
const HOUR = 60 * MINUTE;
/** Over three days. */
const retryDelays: readonly number[] = [
  ...[5, 30, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE],
  ...[HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 12 * HOUR, 12 * HOUR, 12 * HOUR, 12 * HOUR, 8 * HOUR],
];
/** "Gone": the receiver wants nothing more, ever. */
const GONE = 410;

export type WebhookDeps = {
  deliveries: DeliveryStore;
  sender: WebhookSender;
  logger: Logger;
  clock: Clock;
  /** 0 to below 1. */
  random(): number;
  failpoint: Failpoint;
};

/** Sends what is due. Each event arrives at least once, in no order that could be relied on: the body tells its
 *  position. */
export async function deliverWebhooks(deps: WebhookDeps, signal: AbortSignal): Promise<void> {
  const underWay = new Map<string, number>();
  const count = (endpointId: string, change: number) =>
    underWay.set(endpointId, (underWay.get(endpointId) ?? 0) + change);
  await workThrough<ClaimedDelivery>(
    {
      logger: deps.logger,
      async take() {
        const busy = [...underWay].filter(([, lanes]) => lanes >= LANES_PER_ENDPOINT);
        const claimed = await deps.deliveries.claim(busy.map(([endpointId]) => endpointId));
        for (const { endpointId } of claimed) count(endpointId, 1);
        return claimed;
      },
      async handle(delivery) {
        try {
          await attempt(deps, delivery, signal);
        } finally {
          count(delivery.endpointId, -1);
        }
      },
    },
    signal,
  );
}

async function attempt(deps: WebhookDeps, delivery: ClaimedDelivery, signal: AbortSignal): Promise<void> {
  const { eventId, type, position, occurredAt, data, url, secret } = delivery;
  const body = JSON.stringify({ id: eventId, type, position, occurredAt: timestampText(occurredAt), data });
  const headers = webhookHeaders({ id: eventId, sentAt: deps.clock(), body, secret });
  await deps.failpoint('before webhook');
  const outcome = await deps.sender.send({ url, headers, body }, signal);
  await deps.failpoint('after webhook');
  await note(deps, delivery, outcome);
}

async function note(deps: WebhookDeps, delivery: ClaimedDelivery, outcome: WebhookOutcome): Promise<void> {
  // Whoever is left sends it once its lease is over.
  if (outcome.kind === 'interrupted') return;
  if (outcome.kind === 'failed') {
    await noteFailure(deps, delivery, { status: null, reason: outcome.reason });
    return;
  }
  const { status } = outcome;
  if (status >= 200 && status < 300) await deps.deliveries.deliver(delivery, status);
  else await noteFailure(deps, delivery, { status, reason: `Answered with status ${status}` });
}

async function noteFailure(
  { deliveries, logger, random }: WebhookDeps,
  delivery: ClaimedDelivery,
  failure: FailedAttempt,
): Promise<void> {
  const { endpointId, eventId, attempts } = delivery;
  const line = { endpointId, eventId, attempts, ...failure };
  if (failure.status === GONE) {
    await deliveries.deactivate(delivery, failure);
    logger.warn(line, 'A webhook endpoint wants no more and is deactivated');
    return;
  }
  const delaySeconds = retryDelaySeconds(retryDelays, attempts, random());
  if (delaySeconds === null) {
    await deliveries.park(delivery, failure);
    logger.error(line, 'A webhook delivery is parked: an administrator may replay it');
  } else {
    await deliveries.postpone(delivery, { ...failure, delaySeconds });
  }
}
