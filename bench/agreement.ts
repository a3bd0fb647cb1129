import postgres from 'postgres';

/** Each question finds rows only where stock, orders and payments disagree. */
const withinCatalog = {
  'stock outside its bounds': 'select product_id from products where reserved < 0 or on_hand < reserved',
  'reserved pieces other than the held reservations': `
    select p.product_id from products p
    left join (select product_id, sum(quantity) as held from stock_reservations where status = 'held' group by 1) r
      using (product_id)
    where p.reserved <> coalesce(r.held, 0)`,
  'stock other than the ledger adds up to': `
    select p.product_id from products p
    left join (select product_id, sum(on_hand_delta) as on_hand from stock_movements group by 1) m using (product_id)
    where p.on_hand <> coalesce(m.on_hand, 0)`,
};
const withinOrders = {
  'orders left undecided': "select order_id from orders where status = 'pending'",
  'sums that do not add up': `
    select o.order_id from orders o join order_items i using (order_id)
    group by o.order_id having o.subtotal <> sum(i.subtotal) or o.total_amount <> o.subtotal + o.tax + o.shipping`,
};
const withinPayments = {
  'authorisations left open': "select order_id from payments where state = 'authorised'",
  'payments other than their entries add up to': `
    select p.order_id from payments p
    left join (
      select authorisation_key, sum(amount) filter (where kind = 'capture') as captured,
        sum(amount) filter (where kind = 'refund') as refunded
      from entries where outcome = 'approved' group by 1) e using (authorisation_key)
    where p.captured_amount <> coalesce(e.captured, 0) or p.refunded_amount <> coalesce(e.refunded, 0)`,
};

type Urls = { catalog: string; orders: string; payments: string };

/** @returns what disagrees, one line each; empty where all agrees */
export async function findDisagreements(urls: Urls): Promise<string[]> {
  const catalog = postgres(urls.catalog, { max: 1 });
  const orders = postgres(urls.orders, { max: 1 });
  const payments = postgres(urls.payments, { max: 1 });
  try {
    const faults = [
      ...(await ask(catalog, withinCatalog)),
      ...(await ask(orders, withinOrders)),
      ...(await ask(payments, withinPayments)),
      ...(await compareSoldPieces(catalog, orders)),
      ...(await compareMoney(orders, payments)),
    ];
    return faults;
  } finally {
    await Promise.all([catalog.end(), orders.end(), payments.end()]);
  }
}

async function ask(sql: postgres.Sql, questions: Record<string, string>): Promise<string[]> {
  const faults: string[] = [];
  for (const [name, question] of Object.entries(questions)) {
    const rows = await sql.unsafe(question);
    if (rows.length > 0) faults.push(`${name}: ${rows.length}, such as ${JSON.stringify(rows[0])}`);
  }
  return faults;
}

/** Pieces that left the stock for orders, beside those that live orders hold. */
async function compareSoldPieces(catalog: postgres.Sql, orders: postgres.Sql): Promise<string[]> {
  const committed = await catalog`
    select product_id, sum(quantity)::int as pieces from stock_reservations where status = 'committed' group by 1`;
  const sold = await orders`
    select i.product_id, sum(i.quantity)::int as pieces from order_items i join orders o using (order_id)
    where o.status <> 'cancelled' group by 1`;
  const pieces = new Map(sold.map((row) => [String(row.product_id), Number(row.pieces)]));
  const products = new Set([...pieces.keys(), ...committed.map((row) => String(row.product_id))]);
  const left = new Map(committed.map((row) => [String(row.product_id), Number(row.pieces)]));
  return [...products]
    .filter((productId) => pieces.get(productId) !== left.get(productId))
    .map((id) => `${id}: ${left.get(id) ?? 0} pieces left the stock, ${pieces.get(id) ?? 0} stand in orders`);
}

/** What was kept of the customers' money, beside what their orders cost. */
async function compareMoney(orders: postgres.Sql, payments: postgres.Sql): Promise<string[]> {
  const wanted = await orders`
    select order_id, case when status in ('cancelled', 'refunded') then 0 else total_amount - refunded_amount end::text as amount
    from orders`;
  const kept = await payments`
    select order_id, sum(captured_amount - refunded_amount)::text as amount from payments group by 1`;
  const costs = new Map(wanted.map((row) => [String(row.order_id), Number(row.amount)]));
  const sums = new Map(kept.map((row) => [String(row.order_id), Number(row.amount)]));
  return [...new Set([...costs.keys(), ...sums.keys()])]
    .filter((orderId) => (costs.get(orderId) ?? 0) !== (sums.get(orderId) ?? 0))
    .map((id) => `${id}: ${sums.get(id) ?? 0} was kept, ${costs.get(id) ?? 0} is what it costs`);
}
