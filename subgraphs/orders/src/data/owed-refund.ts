import { type SQL, sql } from 'drizzle-orm';

/** Records a refund that nobody asked for but that is owed, to the order of the CTE `o`. Its id follows from the key,
 *  so that it is recorded once.
 *  @param amount an expression over `o` */
export function insertOwedRefund(providerKey: string, amount: SQL): SQL {
  return sql`insert into refunds
      (refund_id, order_id, amount, restock, requested_by, provider_key, is_owed, request_hash, due_at)
    select 'rfd_' || md5(${providerKey}), o.order_id, ${amount}, '[]', 'checkout', ${providerKey}, true,
      encode(sha256(convert_to(${providerKey}, 'UTF8')), 'hex'), now()
    from o where ${amount} > 0 on conflict do nothing`;
}
