import type { AckedOrder } from '@commerce/invariants/invariant';
import { Pool } from 'undici';
import { z } from 'zod';
import type { Measurements } from './measurements.ts';

export type Shopper = {
  /** Browses, searches, fills the cart and orders, once. */
  shopOnce(measurements: Measurements): Promise<void>;
  /** Answers that should not have been, by what they said. */
  faults: Map<string, number>;
  /** Orders and additions refused because somebody else bought the last piece. */
  refusals(): number;
  placedOrders: AckedOrder[];
  close(): Promise<void>;
};

const productPage = z.object({
  data: z.object({
    products: z.object({ nodes: z.array(z.object({ productId: z.string(), inStock: z.boolean() })) }),
  }),
});
const loginAnswer = z.object({ data: z.object({ accessToken: z.string() }) });
const orderAnswer = z.object({
  data: z.object({
    orderId: z.string(),
    userId: z.string(),
    summary: z.object({ total: z.number() }),
    items: z.array(z.object({ productId: z.string(), quantity: z.number(), price: z.number() })),
  }),
});

const LISTING = `query Listing($page: Int!) {
  products(page: $page, limit: 20, filter: { inStock: true }) {
    nodes { productId name price { amount currencyCode } images rating reviewCount inStock category { name slug } }
    pageInfo { hasNextPage }
  }
}`;
const PRODUCT = `query Product($productId: ID!) {
  product(productId: $productId) {
    productId name longDescription price { amount currencyCode } inventory specifications { name value }
    category { path { name slug } }
  }
}`;
const SEARCH = `query Search($query: String!) {
  searchProducts(query: $query, limit: 10) {
    nodes { productId name price { amount } }
    facets { brands { brand count } categories { count category { name } } }
  }
}`;
const CART =
  'query Cart { cart { summary { total { amount } } items { quantity product { name images } } warnings { code } } }';

const words = [
  'headphones',
  'wireless',
  'lamp',
  'running shoes',
  'coffe',
  'notebook',
  'blanket',
  'camera',
  'desk',
];
const address = { street: '123 Main St', city: 'New York', state: 'NY', zipCode: '10001', country: 'USA' };

/** One customer with an account and a connection of their own.
 *  @param random seeded, so that two runs shop alike */
export async function createShopper(
  origin: string,
  account: { name: string; random: () => number },
): Promise<Shopper> {
  const pool = new Pool(origin, { connections: 2 });
  const faults = new Map<string, number>();
  const placedOrders: AckedOrder[] = [];
  let token = '';
  let refusals = 0;
  let measurements: Measurements | null = null;

  async function send(name: string, path: string, body: unknown): Promise<unknown> {
    const answer = async () => {
      const response = await pool.request({
        method: 'POST',
        path,
        headers: {
          'content-type': 'application/json',
          ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify(body),
      });
      const answer: unknown = await response.body.json();
      note(name, response.statusCode, JSON.stringify(answer));
      return answer;
    };
    return await (measurements ? measurements.time(name, answer) : answer());
  }
  function note(name: string, status: number, text: string): void {
    if (text.includes('"BUS_001"')) refusals += 1;
    else if (status >= 400 || text.includes('"errors":[')) {
      const fault = `${name} ${status} ${text.slice(0, 200)}`;
      faults.set(fault, (faults.get(fault) ?? 0) + 1);
    }
  }
  const graphql = (name: string, query: string, variables = {}) =>
    send(name, '/graphql', { query, variables });
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(account.random() * items.length)];

  const credentials = { email: `${account.name}@shoppers.example`, password: 'Shopper-Passw0rd!' };
  await send('register', '/api/v1/users/register', { ...credentials, firstName: 'Sam', lastName: 'Shopper' });
  token = loginAnswer.parse(await send('login', '/api/v1/users/login', credentials)).data.accessToken;

  return {
    faults,
    placedOrders,
    refusals: () => refusals,
    close: () => pool.close(),
    async shopOnce(into) {
      measurements = into;
      const page = 1 + Math.floor(account.random() * 8);
      const listing = productPage.safeParse(await graphql('browse', LISTING, { page }));
      await graphql('search', SEARCH, { query: pick(words) });
      const productId = listing.success ? pick(listing.data.data.products.nodes)?.productId : 'prod_001';
      await graphql('product', PRODUCT, { productId });
      await send('add to cart', '/api/v1/cart/items', { productId, quantity: 1 });
      await graphql('cart', CART);
      const order = await send('order', '/api/v1/orders', {
        shippingAddress: address,
        paymentMethod: { type: 'credit_card', token: 'tok_visa_4242' },
      });
      const placed = orderAnswer.safeParse(order);
      if (placed.success) placedOrders.push(ackedOrder(placed.data));
      else await graphql('clear cart', 'mutation ClearCart { clearCart { cart { cartId } } }');
    },
  };
}

function ackedOrder({ data }: z.output<typeof orderAnswer>): AckedOrder {
  const { orderId, userId, summary, items } = data;
  return { orderId, userId, total: summary.total, items };
}
