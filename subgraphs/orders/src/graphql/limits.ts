import { createFieldLimits, type FieldCall, type FieldLimits } from '@commerce/kit/field-limits';
import type { LimiterOptions } from '@commerce/kit/limiter';
import { z } from 'zod';
import type { OrdersContext } from '../context.ts';

/** @param options.max calls of one client, and of one account, in one window
 *  @param options.refundMax calls of one account to each field that gives money back */
export function createOrderLimits(options: {
  redis: LimiterOptions['redis'];
  max: number;
  refundMax: number;
  windowSeconds: number;
}): FieldLimits {
  const { redis, max, refundMax, windowSeconds } = options;
  return createFieldLimits<OrdersContext>({
    redis,
    windowSeconds,
    limits: { order: max, refund: refundMax },
    accountOf,
  });
}

const backwards = z.object({ input: z.object({ status: z.enum(['CANCELLED', 'REFUNDED']) }) });

/** Of changes of a status only those that give money back count: parcels are shipped by the hundred. */
function accountOf({ field, args, context: { viewer } }: FieldCall<OrdersContext>): string | null {
  if (viewer.kind !== 'user') return null;
  return field === 'updateOrderStatus' && !backwards.safeParse(args).success ? null : viewer.userId;
}
