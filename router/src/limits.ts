import { type LimiterOptions, type LimitState, openLimiter } from '@commerce/kit/limiter';

/** Counts one request of a client. Never fails, whatever becomes of Redis. */
export type CountRequest = (clientAddress: string) => Promise<LimitState>;

/** One bucket for each client, shared by all instances where there is a Redis.
 *  @param options.name keeps the buckets of different limits apart */
export function createRequestCounter(
  redis: LimiterOptions['redis'],
  options: { name: string; limit: number; windowSeconds: number },
): CountRequest {
  return openLimiter({ redis, ...options }).spend;
}

export type WebhookLimits = {
  /** Counts a message. */
  countMessage: CountRequest;
  /** Counts a message that was not the provider's. */
  countForgery: CountRequest;
  /** Tells whether so many came from there that no more is looked at. */
  lookForForgeries: CountRequest;
};

/** Limits of messages to the shop's webhook: a wide one that bursts of the provider pass, and a narrow one for those
 *  whose signature was missing or wrong, which are nobody's but an attacker's.
 *  @param options.limit messages of any kind in one window
 *  @param options.forgeryLimit of them, those that were refused */
export function createWebhookLimits(
  redis: LimiterOptions['redis'],
  options: { limit: number; forgeryLimit: number; windowSeconds: number },
): WebhookLimits {
  const { limit, forgeryLimit, windowSeconds } = options;
  const messages = openLimiter({ redis, name: 'webhook', limit, windowSeconds });
  const forgeries = openLimiter({ redis, name: 'webhook-forgery', limit: forgeryLimit, windowSeconds });
  return {
    countMessage: messages.spend,
    countForgery: forgeries.spend,
    lookForForgeries: forgeries.look,
  };
}
