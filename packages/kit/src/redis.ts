import { Redis } from 'ioredis';
import type { Logger } from './logger.ts';

/** Redis only ever speeds things up or counts: past this it is not worth waiting for. */
const COMMAND_TIMEOUT_MS = 100;
const MAX_RECONNECT_DELAY_MS = 2_000;

/** A client that fails fast instead of queueing: callers go on without Redis.
 *  @returns null where no URL is given; close with `disconnect()` */
export function openRedis(url: string | undefined, logger: Logger): Redis | null {
  if (url === undefined) return null;
  const redis = new Redis(url, {
    commandTimeout: COMMAND_TIMEOUT_MS,
    connectTimeout: 1_000,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (times) => Math.min(times * 50, MAX_RECONNECT_DELAY_MS),
  });
  let isReported = false;
  redis.on('error', (error: Error) => {
    if (!isReported) logger.warn({ err: error.message }, 'Redis is away; going on without it');
    isReported = true;
  });
  redis.on('ready', () => {
    if (isReported) logger.info('Redis is back');
    isReported = false;
  });
  return redis;
}
