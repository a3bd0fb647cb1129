import { Redis } from 'ioredis';
import type { Logger } from './logger.ts';

/** Redis only ever speeds things up or counts: past this it is not worth waiting for. */
const COMMAND_TIMEOUT_MS = 100;
const MAX_RECONNECT_DELAY_MS = 2_000;

/** A client that fails fast instead of queueing: callers go on without Redis. One that hangs is waited
 *  for once: its connection is cut, and commands fail at once until a new one answers.
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
  cutWhenSilent(redis);
  let isReported = false;
  redis.on('error', (error: Error) => {
    if (!isReported) logger.warn({ err: error.message }, 'Redis does not answer; going on without it');
    isReported = true;
  });
  redis.on('ready', () => {
    if (isReported) logger.info('Redis is back');
    isReported = false;
  });
  return redis;
}

/** Cuts a connection on which a command's time was up and nothing came meanwhile. Otherwise each command
 *  of a request would wait anew, in turn. */
function cutWhenSilent(redis: Redis): void {
  const send = redis.sendCommand.bind(redis);
  redis.sendCommand = (command, target) => {
    const socket = redis.stream;
    const bytesBefore = socket?.bytesRead;
    command.promise.catch((error: unknown) => {
      if (!(error instanceof Error) || error.message !== 'Command timed out') return;
      // Where this process was busy the answer lies unread: timers come before sockets, and this after both.
      setImmediate(() => {
        if (socket?.bytesRead === bytesBefore) socket?.destroy(error);
      });
    });
    return send(command, target);
  };
}
