import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadConfig } from '@commerce/kit/config';
import { createTokenMint, INTERNAL_TOKEN_HEADER } from '@commerce/kit/internal-token';
import { createLogger } from '@commerce/kit/logger';
import type { RunningService } from '@commerce/kit/service';
import type { Viewer } from '@commerce/kit/viewer';
import { createTestDatabase, type TestDatabase } from '@commerce/testkit/database';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { cartConfig } from '../src/config.ts';
import { startCart } from '../src/start.ts';
import { customer, offer } from './samples.ts';

const key = 'internal-key-of-these-tests-0123456789-0123456';
const keys = { INTERNAL_KEYS: `catalog:${key}`, INTERNAL_KEYS_ACCEPTED: `router:${key}` };
const logger = createLogger({ service: 'cart', level: 'silent' });

let database: TestDatabase;
let catalog: Server;
/** While true the catalog takes requests and answers none. */
let isHanging = false;
let cart: RunningService;

beforeAll(async () => {
  database = await createTestDatabase('cart');
  catalog = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    if (isHanging) return;
    const { variables } = JSON.parse(Buffer.concat(chunks).toString());
    const productOffers = variables.productIds.map((id: string) => offer(id));
    response.end(JSON.stringify({ data: { productOffers } }));
  });
  await new Promise<void>((resolve) => catalog.listen(0, '127.0.0.1', resolve));
  cart = await startCart(configOf(), { logger });
});

function configOf() {
  return loadConfig(cartConfig, {
    PORT: '0',
    ...keys,
    CART_DATABASE_URL: database.url,
    CATALOG_URL: `http://127.0.0.1:${(catalog.address() as AddressInfo).port}`,
  });
}

afterAll(async () => {
  await cart.close();
  catalog.closeAllConnections();
  catalog.close();
  await database.drop();
});

type Body = { data?: unknown; errors?: { extensions: { code: string } }[] };

async function post(query: string, viewer?: Viewer, options: { audience?: string; url?: string } = {}) {
  const { audience = 'cart', url = cart.url } = options;
  const token =
    viewer &&
    createTokenMint('router', { [audience]: key })({ viewer, clientAddress: '127.0.0.1' }, audience);
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { [INTERNAL_TOKEN_HEADER]: token } : {}) },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, body: (await response.json()) as Body };
}

const addOne = `mutation { addCartItem(input: { productId: "prod_001", quantity: 2 }) { cart { summary { total { amount } } } } }`;

describe('the running service', () => {
  it('adds and reads over HTTP with real prices of the catalog', async () => {
    const { status, body } = await post(addOne, customer('usr_http'));
    expect(status).toBe(200);
    expect(body).toEqual({ data: { addCartItem: { cart: { summary: { total: { amount: '225.97' } } } } } });
  });

  it('answers nobody without a token for it', async () => {
    for (const denied of [
      await post('{ cart { cartId } }'),
      await post('{ _service { sdl } }', customer('usr_x'), { audience: 'catalog' }),
    ]) {
      expect(denied.status).toBe(401);
      expect(denied.body).toMatchObject({ errors: [{ extensions: { code: 'AUTH_003' } }] });
    }
  });

  it('forgets in the background which orders were taken out of their carts long ago', async () => {
    const client = postgres(database.url, { max: 1 });
    await client`insert into cart_consumptions (order_id, cart_id, version, consumed_at)
      values ('ord_old', 'cart_usr_x', 1, now() - interval '31 days')`;
    const second = await startCart(configOf(), { logger });
    const isForgotten = async () => expect(await client`select order_id from cart_consumptions`).toEqual([]);
    await vi.waitFor(isForgotten, { timeout: 10_000, interval: 50 });
    await second.close();
    await client.end();
  });

  it('is healthy and ready', async () => {
    expect((await fetch(`${cart.url}/health`)).status).toBe(200);
    expect((await fetch(`${cart.url}/ready`)).status).toBe(200);
  });

  it('answers within the time that the router waits while the catalog hangs', async () => {
    await post(addOne, customer('usr_hang'));
    isHanging = true;
    const startedAt = performance.now();
    const { body } = await post('{ cart { itemCount warnings { code } } }', customer('usr_hang'));
    isHanging = false;
    expect(body).toEqual({ data: { cart: { itemCount: 2, warnings: [{ code: 'PRICES_NOT_CONFIRMED' }] } } });
    expect(performance.now() - startedAt).toBeLessThan(2_800);
  });

  it('is not ready without its database, and says SYS_002', async () => {
    const config = loadConfig(cartConfig, {
      PORT: '0',
      ...keys,
      CART_DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
      CATALOG_URL: 'http://127.0.0.1:1',
    });
    const lonely = await startCart(config, { logger });
    const ready = await fetch(`${lonely.url}/ready`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ errors: [{ extensions: { code: 'SYS_002' } }] });
    const { body } = await post('{ cart { cartId } }', customer('usr_x'), { url: lonely.url });
    expect(body).toMatchObject({ data: { cart: null }, errors: [{ extensions: { code: 'SYS_002' } }] });
    await lonely.close();
  });

  it('gives up where its port is taken', async () => {
    const config = loadConfig(cartConfig, {
      PORT: new URL(cart.url).port,
      ...keys,
      CART_DATABASE_URL: database.url,
      CATALOG_URL: 'http://127.0.0.1:1',
    });
    await expect(startCart(config, { logger })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
