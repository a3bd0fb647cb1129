import { startTestSupergraph, type TestSupergraph } from '@commerce/testkit/in-process-supergraph';
import { createTestRedis, describeRedis } from '@commerce/testkit/redis';
import { startRedisServer } from '@commerce/testkit/redis-server';
import { afterEach, expect, it, vi } from 'vitest';
import { createShopClient } from './client.ts';

/** What the shop does with Redis, and what it still does when Redis dies. */

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

async function open(options: Parameters<typeof startTestSupergraph>[0]): Promise<TestSupergraph> {
  const shop = await startTestSupergraph(options);
  opened.push(shop);
  return shop;
}

describeRedis('with Redis', () => {
  it('counts the logins of one address over all instances', async () => {
    const { url: redisUrl } = await createTestRedis();
    const one = createShopClient((await open({ redisUrl, authLimit: 3 })).url);
    const other = createShopClient((await open({ redisUrl, authLimit: 3 })).url);
    const body = { email: 'customer@example.com', password: 'Wrong-Passw0rd!' };
    const logIn = async (client: typeof one) =>
      (await client.rest('POST', '/api/v1/users/login', { body })).status;

    const statuses = [
      await logIn(one),
      await logIn(other),
      await logIn(one),
      await logIn(other),
      await logIn(one),
    ];

    expect(statuses).toEqual([401, 401, 401, 429, 429]);
  });

  it('answers on without Redis, and shows no old price when Redis is back', async () => {
    const redis = await startRedisServer();
    opened.push(redis);
    const client = createShopClient((await open({ redisUrl: redis.url })).url);
    const token = await client.logIn('admin@example.com', 'Demo-Passw0rd!');
    const readPrice = async () => {
      const answer = await client.rest('GET', '/api/v1/products/prod_010');
      return Object(answer.body).data?.price;
    };
    const before = await readPrice();

    await redis.kill();
    const changed = await client.graphql(
      'mutation Price($input: UpdateProductInput!) { updateProduct(input: $input) { product { productId } } }',
      { token, variables: { input: { productId: 'prod_010', price: '1.23' } } },
    );
    const list = await client.rest('GET', '/api/v1/products');
    const { token: newcomer } = await client.signUp();
    const cart = await client.rest('GET', '/api/v1/cart', { token: newcomer });
    expect(changed.errors).toEqual([]);
    expect([list.status, cart.status]).toEqual([200, 200]);
    expect(await readPrice()).toBe(1.23);

    opened.push(await startRedisServer(Number(new URL(redis.url).port)));
    expect(before).not.toBe(1.23);
    // The clients reconnect within two seconds.
    await vi.waitFor(async () => expect(await readPrice()).toBe(1.23), { timeout: 5_000, interval: 500 });
    expect(await readPrice()).toBe(1.23);
  });
});
