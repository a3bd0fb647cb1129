import { type Db, queryRows } from '@commerce/kit/postgres';
import { sql } from 'drizzle-orm';
import { z } from 'zod';

/** What can be given up until somebody has looked into it. */
export const parkedKinds = ['checkouts', 'refunds', 'mails', 'webhooks', 'provider_messages'] as const;
export type ParkedKind = (typeof parkedKinds)[number];

const countsRow = z.record(z.enum(parkedKinds), z.number());

/** How much is parked, by kind. Read from indexes that hold nothing else: cheap enough to be asked often. */
export async function countParked(db: Db): Promise<Record<ParkedKind, number>> {
  const [counts] = await queryRows(
    db,
    sql`select
      (select count(*)::int from checkouts where parked_at is not null) as "checkouts",
      (select count(*)::int from refunds where parked_at is not null) as "refunds",
      (select count(*)::int from order_mails where parked_at is not null) as "mails",
      (select count(*)::int from webhook_deliveries where parked_at is not null) as "webhooks",
      (select count(*)::int from provider_messages where parked_at is not null) as "provider_messages"`,
    countsRow,
  );
  if (!counts) throw new Error('A count without a row');
  return counts;
}
