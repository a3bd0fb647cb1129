import { isErrorCode } from '@commerce/kit/error-catalogue';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type CheckoutRecord, checkoutStates } from './checkout-record.ts';
import { orderColumns, orderRow } from './order-rows.ts';

/** The columns of a checkout that is named `c`, with those of its order `o`. */
export const checkoutColumns: SQL = sql`${orderColumns}, c.state, c.epoch, c.attempts, c.failure`;

/** The same columns of `checkouts` under their own names. */
export const plainCheckoutColumns: SQL = sql.raw('order_id, state, epoch, attempts, failure');

/** A row of `checkoutColumns`. */
export const checkoutRow = orderRow
  .extend({
    state: z.enum(checkoutStates),
    epoch: z.number(),
    attempts: z.number(),
    failure: z
      .string()
      .nullable()
      .transform((code) => (isErrorCode(code) ? code : null)),
  })
  .transform(
    ({ state, epoch, attempts, failure, ...order }): CheckoutRecord => ({
      order,
      state,
      epoch,
      attempts,
      failure,
    }),
  );
