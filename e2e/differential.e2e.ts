import { startTestSupergraph, type TestSupergraph } from '@commerce/testkit/in-process-supergraph';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createShopClient, type ShopClient } from './client.ts';
import { changedCart, placedOrder, privateTwins, publicTwins, SUMMARY, type Twin } from './twins.ts';

/** Every REST call beside its GraphQL twin: the same data, to the cent. */

let shop: TestSupergraph;
let client: ShopClient;

beforeAll(async () => {
  shop = await startTestSupergraph();
  client = createShopClient(shop.url);
});
afterAll(async () => {
  await shop?.close();
});

const address = { street: '1 Twin St', city: 'Albany', state: 'NY', zipCode: '12207', country: 'USA' };
const order = { shippingAddress: address, paymentMethod: { type: 'credit_card', token: 'tok_visa_1234' } };

async function compare(twin: Twin, token?: string): Promise<void> {
  const identity = token === undefined ? {} : { token };
  const rest = await client.rest('GET', twin.path, identity);
  const graphql = await client.graphql(twin.document, { ...identity, variables: twin.variables ?? {} });

  expect(graphql.errors).toEqual([]);
  expect(rest.status).toBe(200);
  expect(rest.body).toStrictEqual({ success: true, data: twin.expected.parse(graphql.data) });
}

function dataOf<Schema extends z.ZodType>(answer: { body: unknown }, schema: Schema): z.output<Schema> {
  return schema.parse(z.object({ data: z.unknown() }).parse(answer.body).data);
}

describe('reads', () => {
  it.each(publicTwins)('agrees on $name', async (twin) => {
    await compare(twin);
  });

  it('agrees on what a customer sees of their own', async () => {
    const { token } = await client.signUp();
    await client.rest('POST', '/api/v1/cart/items', { token, body: { productId: 'prod_001', quantity: 1 } });
    const placed = await client.rest('POST', '/api/v1/orders', { token, body: order });
    const { orderId } = dataOf(placed, z.object({ orderId: z.string() }));
    await client.waitForStatus(orderId, 'confirmed', token);
    await client.rest('POST', '/api/v1/cart/items', { token, body: { productId: 'prod_002', quantity: 2 } });

    for (const twin of privateTwins(orderId)) await compare(twin, token);
  });
});

/** Two customers do the same, one by REST and one by GraphQL; only ids may differ. */
describe('writes', () => {
  const person = { password: 'SecurePass123!', firstName: 'Tina', lastName: 'Twin' };
  const credentials = { email: 'rest-twin@example.org', password: person.password };

  it('agrees on registering and logging in', async () => {
    const rest = await client.rest('POST', '/api/v1/users/register', {
      body: { ...person, email: credentials.email },
    });
    const graphql = await client.graphql(
      `mutation Register($input: RegisterInput!) {
        register(input: $input) { user { firstName lastName phoneNumber emailVerified role } }
      }`,
      { variables: { input: { ...person, email: 'graphql-twin@example.org' } } },
    );
    expect(rest.body).toMatchObject({
      data: { email: credentials.email, firstName: 'Tina', lastName: 'Twin' },
    });
    expect(graphql.data).toMatchObject({ register: { user: { firstName: 'Tina', lastName: 'Twin' } } });

    const restLogin = await client.rest('POST', '/api/v1/users/login', { body: credentials });
    const login = await client.graphql(
      `mutation LogIn($input: LoginInput!) {
        login(input: $input) { session { expiresIn user { userId email firstName lastName } } }
      }`,
      { variables: { input: credentials } },
    );
    const { accessToken, refreshToken, ...session } = dataOf(restLogin, z.looseObject({}));
    expect(login.data).toEqual({ login: { session } });
    expect([typeof accessToken, typeof refreshToken]).toEqual(['string', 'string']);
  });

  const CART = `{ cart { items { itemId productId price { amount } quantity subtotal { amount } product { name } } ${SUMMARY} } }`;
  const restCart = z.looseObject({ items: z.array(z.looseObject({ itemId: z.string() })) });
  const item = { productId: 'prod_001', quantity: 2 };

  async function mutate(document: string, token: string, input: Record<string, unknown>): Promise<unknown> {
    const answer = await client.graphql(document, { token, variables: { input } });
    expect(answer.errors).toEqual([]);
    return Object.values(answer.data ?? {})[0];
  }

  function expectTwinCarts(rest: z.output<typeof restCart>, payload: unknown): void {
    const { cartId, items, ...others } = rest;
    const twin = z.object({ cart: changedCart }).parse(payload);
    expect({ items: items.map(({ itemId, ...line }) => line), ...others }).toStrictEqual(twin.cart);
  }

  it('agrees on every change of a cart and on the order made from it', async () => {
    const byRest = (await client.signUp()).token;
    const byGraphql = (await client.signUp()).token;
    const addTwin = () =>
      mutate(
        `mutation Add($input: AddCartItemInput!) { addCartItem(input: $input) ${CART} }`,
        byGraphql,
        item,
      );

    const added = dataOf(
      await client.rest('POST', '/api/v1/cart/items', { token: byRest, body: item }),
      restCart,
    );
    const addedTwin = await addTwin();
    expectTwinCarts(added, addedTwin);

    const itemPath = `/api/v1/cart/items/${added.items[0]?.itemId}`;
    const twinItem = z.object({ cart: restCart }).parse(addedTwin).cart.items[0]?.itemId;
    const updated = await client.rest('PUT', itemPath, { token: byRest, body: { quantity: 3 } });
    const update = `mutation Update($input: UpdateCartItemInput!) { updateCartItem(input: $input) ${CART} }`;
    expectTwinCarts(
      dataOf(updated, restCart),
      await mutate(update, byGraphql, { itemId: twinItem, quantity: 3 }),
    );

    const removed = await client.rest('DELETE', itemPath, { token: byRest });
    const remove = `mutation Remove($input: RemoveCartItemInput!) { removeCartItem(input: $input) ${CART} }`;
    expectTwinCarts(dataOf(removed, restCart), await mutate(remove, byGraphql, { itemId: twinItem }));

    await client.rest('POST', '/api/v1/cart/items', { token: byRest, body: item });
    await addTwin();
    const placed = await client.rest('POST', '/api/v1/orders', { token: byRest, body: order });
    const place = `mutation Place($input: CreateOrderInput!) { createOrder(input: $input) { order {
      status items { productId name price { amount } quantity subtotal { amount } } ${SUMMARY}
      shippingAddress { street city state zipCode country } } } }`;
    const twin = z.object({ order: placedOrder }).parse(await mutate(place, byGraphql, order));
    const { orderId, userId, createdAt, estimatedDelivery, ...same } = dataOf(placed, z.looseObject({}));
    expect(same).toStrictEqual(twin.order);
    expect([orderId, userId, createdAt, estimatedDelivery].map((value) => typeof value)).toEqual(
      Array(4).fill('string'),
    );
  });
});
