import { createFieldLimits, type FieldLimits } from '@commerce/kit/field-limits';
import type { LimiterOptions } from '@commerce/kit/limiter';
import type { OrdersContext } from '../context.ts';

/** @param options.max calls of one client, and of one account, in one window */
export function createOrderLimits(options: {
  redis: LimiterOptions['redis'];
  max: number;
  windowSeconds: number;
}): FieldLimits {
  const { redis, max, windowSeconds } = options;
  return createFieldLimits<OrdersContext>({
    redis,
    windowSeconds,
    limits: { order: max },
    accountOf: ({ context: { viewer } }) => (viewer.kind === 'user' ? viewer.userId : null),
  });
}
