import { describeError } from '@commerce/kit/graphql-errors';
import type { Logger } from '@commerce/kit/logger';
import { returnKey } from '../clients/refund-keys.ts';
import type { CheckoutStore } from '../data/checkout-store.ts';
import type { ClaimedMessage, ProviderMessageStore } from '../data/provider-message-store.ts';
import type { RefundStore } from '../data/refund-store.ts';
import { retryDelaySeconds } from './retry-delay.ts';
import { workThrough } from './work-through.ts';

/** Messages under way at a time. */
const LANES = 4;
/** Eight tries, in seconds. */
const retryDelays: readonly number[] = [1, 5, 15, 60, 300, 900, 3_600];

export type ProviderMessageDeps = {
  messages: ProviderMessageStore;
  checkouts: Pick<CheckoutStore, 'wake'>;
  refunds: Pick<RefundStore, 'wake' | 'reopen' | 'owe'>;
  logger: Logger;
  /** 0 to below 1. */
  random(): number;
};

/** Acts on what payment providers say by themselves. A message only has the provider asked once more: a forged, late
 *  or repeated one can change nothing. */
export async function handleProviderMessages(deps: ProviderMessageDeps, signal: AbortSignal): Promise<void> {
  const { messages, logger } = deps;
  await workThrough<ClaimedMessage>(
    {
      logger,
      take: async (underWay) => (underWay < LANES ? await messages.claim(LANES - underWay) : []),
      handle: (message) => handle(deps, message),
    },
    signal,
  );
}

async function handle(deps: ProviderMessageDeps, message: ClaimedMessage): Promise<void> {
  try {
    await act(deps, message);
    await deps.messages.markHandled(message);
  } catch (error) {
    await putOff(deps, message, error);
  }
}

async function act(
  { checkouts, refunds }: ProviderMessageDeps,
  { orderId, failedRefundKey }: ClaimedMessage,
): Promise<void> {
  if (orderId === null) return;
  const states = [await checkouts.wake(orderId), await refunds.wake(orderId)];
  // Who is at work has perhaps asked the provider already, and would not ask again.
  if (states.includes('at-work')) throw new Error('Somebody is at work on the order');
  if (failedRefundKey === null || (await refunds.reopen(orderId, failedRefundKey))) return;
  if (failedRefundKey === returnKey(orderId)) await refunds.owe(orderId, failedRefundKey);
}

async function putOff(deps: ProviderMessageDeps, message: ClaimedMessage, error: unknown): Promise<void> {
  const { messageId, attempts } = message;
  const [reason = ''] = describeError(error).split('\n');
  const delaySeconds = retryDelaySeconds(retryDelays, attempts, deps.random());
  if (delaySeconds !== null) {
    await deps.messages.postpone(message, { reason, delaySeconds });
    return;
  }
  await deps.messages.park(message, reason);
  deps.logger.error({ messageId, attempts, reason }, 'A payment provider’s message is parked');
}
