import { describeError } from '@commerce/kit/graphql-errors';
import type { Logger } from '@commerce/kit/logger';
import type { ClaimedMessage, ProviderMessageStore } from '../data/provider-message-store.ts';
import { retryDelaySeconds } from './retry-delay.ts';
import { workThrough } from './work-through.ts';

/** Messages under way at a time. */
const LANES = 4;
/** Eight tries, in seconds. */
const retryDelays: readonly number[] = [1, 5, 15, 60, 300, 900, 3_600];

export type ProviderMessageDeps = {
  messages: ProviderMessageStore;
  /** Makes an unfinished checkout due at once; does nothing for any other order. */
  wake(orderId: string): Promise<void>;
  logger: Logger;
  /** 0 to below 1. */
  random(): number;
};

/** Acts on what payment providers say by themselves. A message only wakes the checkout up, which then asks the
 *  provider: a forged, late or repeated one can change nothing. */
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
    if (message.orderId !== null) await deps.wake(message.orderId);
    await deps.messages.markHandled(message);
  } catch (error) {
    await putOff(deps, message, error);
  }
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
