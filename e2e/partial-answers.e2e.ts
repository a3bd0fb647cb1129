import { type ProcessSupergraph, startProcessSupergraph } from '@commerce/testkit/process-supergraph';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createShopClient, type ShopClient } from './client.ts';

/** Each subgraph killed in turn, the others running: what a page still shows, and what it says of the rest. */

let shop: ProcessSupergraph;
let client: ShopClient;
let token = '';
let orderId = '';

const address = { street: '1 Part St', city: 'Albany', state: 'NY', zipCode: '12207', country: 'USA' };

beforeAll(async () => {
  shop = await startProcessSupergraph();
  client = createShopClient(shop.url);
  token = (await client.signUp()).token;
  const add = (productId: string) =>
    client.rest('POST', '/api/v1/cart/items', { token, body: { productId, quantity: 1 } });
  await add('prod_001');
  const placed = await client.rest('POST', '/api/v1/orders', {
    token,
    body: { shippingAddress: address, paymentMethod: { type: 'credit_card', token: 'tok_visa_1234' } },
  });
  orderId = Object(placed.body).data.orderId;
  await client.waitForStatus(orderId, 'confirmed', token);
  await add('prod_002');
});
afterAll(async () => {
  await shop?.close();
});

const PAGE = `query Page($orderId: ID!) {
  me { firstName cart { itemCount } orders { totalCount } }
  product(productId: "prod_001") { name }
  cart { items { productId quantity price { amount } product { name } } warnings { code } }
  order(orderId: $orderId) { status user { firstName } items { name product { name } } }
}`;

const whole = {
  me: { firstName: 'Sam', cart: { itemCount: 1 }, orders: { totalCount: 1 } },
  product: { name: 'Wireless Headphones' },
  cart: {
    items: [
      {
        productId: 'prod_002',
        quantity: 1,
        price: { amount: expect.any(String) },
        product: { name: expect.any(String) },
      },
    ],
    warnings: [],
  },
  order: {
    status: 'CONFIRMED',
    user: { firstName: 'Sam' },
    items: [{ name: 'Wireless Headphones', product: { name: 'Wireless Headphones' } }],
  },
};

async function askPage() {
  const answer = await client.graphql(PAGE, { token, variables: { orderId } });
  const faults = answer.errors.map(({ path, extensions }) => `${path?.join('.')} ${extensions.code}`).sort();
  return { status: answer.status, data: answer.data, faults };
}

/** What the page looks like while one subgraph is dead. */
const partial = {
  users: {
    data: { ...whole, me: null, order: { ...whole.order, user: { firstName: null } } },
    faults: ['me SYS_002', 'order.user.firstName SYS_002'],
    rest: '/api/v1/users/profile',
  },
  catalog: {
    data: {
      ...whole,
      product: null,
      cart: {
        items: [{ ...whole.cart.items[0], product: null }],
        warnings: [{ code: 'PRICES_NOT_CONFIRMED' }],
      },
      order: { ...whole.order, items: [{ name: 'Wireless Headphones', product: null }] },
    },
    faults: ['cart.items.0.product.name SYS_002', 'order.items.0.product.name SYS_002', 'product SYS_002'],
    rest: '/api/v1/products/prod_001',
  },
  cart: {
    data: { ...whole, me: { ...whole.me, cart: null }, cart: null },
    faults: ['cart SYS_002', 'me.cart SYS_002'],
    rest: '/api/v1/cart',
  },
  orders: {
    data: { ...whole, me: { ...whole.me, orders: null }, order: null },
    faults: ['me.orders SYS_002', 'order SYS_002'],
    rest: '/api/v1/orders',
  },
} as const;

describe.each(['users', 'catalog', 'cart', 'orders'] as const)('without %s', (name) => {
  it('answers everything else, tells what is missing, and heals', async () => {
    expect(await askPage()).toEqual({ status: 200, data: whole, faults: [] });

    await shop.kill(name);
    const broken = await askPage();
    const rest = await client.rest('GET', partial[name].rest, { token });
    const ready = await client.rest('GET', '/ready');

    const { data, faults } = partial[name];
    expect(broken).toEqual({ status: 200, data, faults });
    expect(rest.status).toBe(503);
    expect(rest.body).toMatchObject({ success: false, error: { code: 'SYS_002' } });
    expect(ready.status).toBe(503);

    await shop.restart(name);
    expect(await askPage()).toEqual({ status: 200, data: whole, faults: [] });
  });
});
