import { startTestSupergraph } from '@commerce/testkit/in-process-supergraph';
import postgres from 'postgres';
import { it } from 'vitest';
it('works', async () => {
  const shop = await startTestSupergraph();
  let token = '';
  const gql = async (query: string, variables = {}) => {
    const r = await fetch(`${shop.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) }, body: JSON.stringify({ query, variables }) });
    return (await r.json()) as any;
  };
  const show = (x: unknown) => process.stderr.write(`>> ${JSON.stringify(x)}\n`);
  try {
    const login = await gql('mutation { login(input: { email: "customer@example.com", password: "Demo-Passw0rd!" }) { session { accessToken } } }');
    show(login.errors ?? 'ok');
    token = login.data.login.session.accessToken;
    show(await gql('mutation { addCartItem(input: { productId: "prod_001", quantity: 2 }) { cart { summary { total { amount } } } } }'));
    const a = { street: '1 A', city: 'B', state: 'NY', zipCode: '1', country: 'USA' };
    const q = 'mutation ($i: CreateOrderInput!, $k: String) { createOrder(input: $i, idempotencyKey: $k) { replayed order { orderId status user { userId email } items { product { name inventory } quantity } summary { total { amount } } timeline { status timestamp } } } }';
    show(await gql(q, { i: { shippingAddress: a, paymentMethod: { type: 'credit_card', token: 'tok_declined' } } }));
    show(await gql('{ product(productId: "prod_001") { inventory } cart { items { productId } version } }'));
    const o = await gql(q, { k: 'k1', i: { shippingAddress: a, paymentMethod: { type: 'credit_card', token: 'tok_visa_1234' } } });
    show(o);
    await new Promise((r) => setTimeout(r, 300));
    show(await gql(q, { k: 'k1', i: { shippingAddress: a, paymentMethod: { type: 'credit_card', token: 'tok_visa_1234' } } }));
    show(await gql('{ cart { items { productId } version } me { orders { totalCount nodes { orderId status itemCount timeline { status } } } } }'));
    show(await gql(`mutation { cancelOrder(input: { orderId: "${o.data.createOrder.order.orderId}" }) { order { status items { product { inventory } } } } }`));
    const sql = postgres((shop.databaseUrls as any).orders, { max: 1 });
    show([...(await sql`select kind, outcome, amount from demo_payments.entries order by entry_id`)]);
    show([...(await sql`select status, checkout_state from orders`)]);
    await sql.end();
  } finally {
    await shop.close();
  }
}, 120_000);
