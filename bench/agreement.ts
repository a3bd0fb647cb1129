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
  'paid orders whose captured amount differs': `
    select o.order_id from orders o
    left join (
      select order_id, sum(amount) as captured, count(*) as captures from demo_payments.entries
      where kind = 'capture' and outcome = 'approved' group by 1) e using (order_id)
    where o.status not in ('cancelled', 'refunded') and (e.captured is distinct from o.total_amount or e.captures <> 1)`,
  'authorisations left open': "select order_id from demo_payments.payments where state = 'authorised'",
  'money kept without a live order': `
    select e.order_id from demo_payments.entries e left join orders o using (order_id)
    where e.outcome = 'approved' and (o.order_id is null or o.status in ('cancelled', 'refunded'))
    group by 1 having sum(case e.kind when 'capture' then e.amount when 'refund' then -e.amount else 0 end) <> 0`,
};

type Urls = { catalog: string; orders: string };

/** @returns what disagrees, one line each; empty where all agrees */
export async function findDisagreements(urls: Urls): Promise<string[]> {
  const catalog = postgres(urls.catalog, { max: 1 });
  const orders = postgres(urls.orders, { max: 1 });
  try {
    const faults = [
      ...(await ask(catalog, withinCatalog)),
      ...(await ask(orders, withinOrders)),
      ...(await compareSoldPieces(catalog, orders)),
    ];
    return faults;
  } finally {
    await Promise.all([catalog.end(), orders.end()]);
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
