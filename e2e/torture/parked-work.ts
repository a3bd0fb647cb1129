import { z } from 'zod';
import { type AdministratorDeps, retryParked } from './administrator.ts';
import type { TortureShop } from './shop.ts';

/** All that `retryCheckout` takes up again. */
const PARKED = `
  select order_id as "orderId", 'checkout' as work, last_error as "lastError" from checkouts
    where parked_at is not null and state not in ('done', 'failed')
  union all select order_id, 'refund', last_error from refunds
    where parked_at is not null and state not in ('done', 'refused')
  union all select order_id, 'mail', last_error from order_mails where parked_at is not null and sent_at is null
  union all select order_id, 'provider message', last_error from provider_messages
    where parked_at is not null and handled_at is null and order_id is not null
  order by 1, 2`;
const REFUSED = `select distinct order_id as "orderId" from entries where kind = 'refund' and outcome = 'declined'`;

const parkedRow = z.object({ orderId: z.string(), work: z.string(), lastError: z.string().nullable() });
const orderRow = z.object({ orderId: z.string() });

/** Lets what is parked be taken up again, as an operator would. Only a refund that the provider refused needs one:
 *  whatever else was kept from its end has to get on by itself once the faults are over. */
export async function reviveParked(shop: TortureShop, deps: AdministratorDeps): Promise<void> {
  const parked = await shop.clusters.orders.query('orders', PARKED, parkedRow);
  if (parked.length === 0) return;
  const refused = await shop.clusterOf('payments').query('payments', REFUSED, orderRow);
  const isRefused = (orderId: string) => refused.some((row) => row.orderId === orderId);
  for (const orderId of new Set(parked.map((row) => row.orderId))) {
    if (!(await retryParked(orderId, deps))) continue;
    for (const { work, lastError } of parked.filter((row) => row.orderId === orderId)) {
      if (work === 'refund' && isRefused(orderId)) {
        deps.tally.count('administration: retried a refund that was refused');
        continue;
      }
      deps.tally.count(`administration: retried a parked ${work}`);
      deps.tally.complain(`The ${work} of ${orderId} was parked and had to be retried: ${lastError}`);
    }
  }
}
