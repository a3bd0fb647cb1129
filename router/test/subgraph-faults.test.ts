import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLogger } from '@commerce/kit/logger';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type SubgraphName, subgraphNames } from './support/fake-subgraphs.ts';
import { type Answer, closeFakes, signToken, startFakes, startTestRouter } from './support/router.ts';

/** One query that asks every subgraph, and every way from one to another. */
const everything = `{
  me { email orders { totalCount } }
  product(productId: "prod_001") { name }
  cart { itemCount items { product { name } } }
  order(orderId: "ord_1") { status user { email } items { product { name } } }
}`;
const whole = {
  me: { email: 'user@example.com', orders: { totalCount: 1 } },
  product: { name: 'Wireless Headphones' },
  cart: { itemCount: 2, items: [{ product: { name: 'Wireless Headphones' } }] },
  order: {
    status: 'PENDING',
    user: { email: 'user@example.com' },
    items: [{ product: { name: 'Wireless Headphones' } }],
  },
};
const token = signToken();

/** What is left of the answer without a subgraph, and what the errors name. */
const partial: Record<SubgraphName, { data: unknown; paths: string[] }> = {
  users: {
    data: { ...whole, me: null, order: { ...whole.order, user: { email: null } } },
    paths: ['me', 'order.user.email'],
  },
  catalog: {
    data: {
      ...whole,
      product: null,
      cart: { itemCount: 2, items: [{ product: null }] },
      order: { ...whole.order, items: [{ product: null }] },
    },
    paths: ['product', 'cart.items.0.product.name', 'order.items.0.product.name'],
  },
  cart: { data: { ...whole, cart: null }, paths: ['cart'] },
  orders: {
    data: { ...whole, me: { email: 'user@example.com', orders: null }, order: null },
    paths: ['order', 'me.orders'],
  },
};

let fakes: Awaited<ReturnType<typeof startFakes>>;
const closers: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  fakes = await startFakes();
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
afterAll(async () => {
  await closeFakes(fakes);
});

type Misbehave = (request: IncomingMessage, response: ServerResponse) => void;

/** Starts a router in which one subgraph is something else. */
async function startRouterWith(name: SubgraphName, misbehave: Misbehave | 'dead', lines: string[] = []) {
  const server: Server = createServer((request, response) => {
    if (misbehave !== 'dead') misbehave(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () => new Promise((resolve) => server.close(resolve).closeAllConnections());
  if (misbehave === 'dead') await close();
  else closers.push(close);
  const logger = createLogger({
    service: 'router',
    level: 'info',
    destination: { write: (line) => lines.push(line) },
  });
  const router = await startTestRouter({ ...fakes, [name]: { url } }, {}, logger);
  closers.push(router.close);
  return { router, url };
}

function expectPartial(answer: Answer, name: SubgraphName): void {
  const { data, paths } = partial[name];
  expect(answer.status).toBe(200);
  expect(answer.body.data).toEqual(data);
  const named = answer.body.errors.map(({ path }: { path: unknown[] }) => path.join('.'));
  expect(named.sort()).toEqual([...paths].sort());
  for (const error of answer.body.errors) {
    expect(error).toEqual({
      message: 'Service unavailable',
      path: expect.any(Array),
      extensions: { code: 'SYS_002', httpStatus: 503, retryAfterSeconds: 2, requestId: expect.any(String) },
    });
  }
}

it('answers the whole while all are up', async () => {
  const router = await startTestRouter(fakes);
  closers.push(router.close);

  const answer = await router.graphql(everything, { token });

  expect(answer.body).toEqual({ data: whole });
});

describe.each(subgraphNames)('without %s', (name) => {
  it('only its own fields are missing', async () => {
    const { router, url } = await startRouterWith(name, 'dead');

    const answer = await router.graphql(everything, { token });

    expectPartial(answer, name);
    expect(answer.text).not.toContain(new URL(url).port);
  });
});

it('costs a REST client what depends on it, and no more', async () => {
  const { router } = await startRouterWith('catalog', 'dead');

  const product = await router.rest('GET', '/products/prod_001');
  const cart = await router.rest('GET', '/cart', { token });
  const orders = await router.rest('GET', '/orders', { token });

  expect(product.status).toBe(503);
  expect(product.headers.get('retry-after')).toBe('2');
  expect(product.body.error).toMatchObject({ code: 'SYS_002', message: 'Service unavailable' });
  expect(cart.status).toBe(503);
  expect(orders.status).toBe(200);
});

it('does not call a change failed that was made, because a name is missing', async () => {
  const { router } = await startRouterWith('catalog', 'dead');

  const answer = await router.rest('POST', '/cart/items', {
    token,
    body: { productId: 'prod_001', quantity: 1 },
  });

  expect(answer.status).toBe(201);
  expect(answer.body.data.items[0]).toMatchObject({ name: null, subtotal: 199.98 });
});

const secret = 'internal-host.example:5432 hunter2';
const json = (response: ServerResponse, body: unknown, status = 200) => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
};

describe('an answer that is none is SYS_002 and leaks nothing', () => {
  it.each<[string, Misbehave]>([
    ['HTML', (_, response) => response.end(`<html>${secret}</html>`)],
    ['nothing', (_, response) => response.end()],
    ['a cut connection', (request) => request.socket.destroy()],
    [
      'a cut body',
      (request, response) => {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('{"data":');
        setTimeout(() => request.socket.destroy(), 20);
      },
    ],
    ['a list', (_, response) => json(response, [])],
    ['text', (_, response) => json(response, secret)],
    ['an empty object', (_, response) => json(response, {})],
    ['data of another type', (_, response) => json(response, { data: secret })],
    ['errors of another type', (_, response) => json(response, { data: null, errors: secret })],
    [
      'its own refusal of the router',
      (_, response) =>
        json(response, { errors: [{ message: secret, extensions: { code: 'AUTH_003' } }] }, 401),
    ],
    ['status 500 with data', (_, response) => json(response, { data: { product: { name: secret } } }, 500)],
    ['a redirect', (_, response) => response.writeHead(302, { location: `http://${secret}` }).end()],
    ['9 MB', (_, response) => json(response, { data: { product: { name: 'x'.repeat(9_000_000) } } })],
    [
      'entities of another number',
      (_, response) => json(response, { data: { product: null, _entities: [] } }),
    ],
  ])('%s', async (_, misbehave) => {
    const lines: string[] = [];
    const { router } = await startRouterWith('catalog', misbehave, lines);

    const answer = await router.graphql(
      '{ me { email } cart { items { product { name } } } product(productId: "p") { name } }',
      { token },
    );

    expect(answer.status).toBe(200);
    expect(answer.body.data.me).toEqual({ email: 'user@example.com' });
    expect(answer.body.data.cart).toEqual({ items: [{ product: null }] });
    expect(answer.body.data.product).toBeNull();
    expect(answer.body.errors.length).toBeGreaterThan(0);
    for (const error of answer.body.errors) expect(error.extensions.code).toBe('SYS_002');
    expect(answer.text).not.toContain('hunter2');
    expect(lines.join('')).not.toContain('hunter2');
  });

  it('errors without a code are SYS_001 and keep their message to themselves', async () => {
    const { router } = await startRouterWith('catalog', (_, response) =>
      json(response, {
        data: { product: null },
        errors: [{ message: secret, path: ['product'], extensions: { code: 'ODD', stacktrace: [secret] } }],
      }),
    );

    const answer = await router.graphql('{ product(productId: "p") { name } }');

    expect(answer.body.errors[0]).toMatchObject({
      message: 'An unexpected error occurred',
      path: ['product'],
      extensions: { code: 'SYS_001' },
    });
    expect(answer.text).not.toContain('hunter2');
  });

  it.each<[string, unknown]>([
    ['a product that is a list', { product: [secret] }],
    [
      'names of JavaScript itself',
      JSON.parse(
        '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"product":null}',
      ),
    ],
    ['a product without its name', { product: { name: null } }],
  ])('%s', async (_, data) => {
    const { router } = await startRouterWith('catalog', (_request, response) => json(response, { data }));

    const graphql = await router.graphql('{ me { email } product(productId: "p") { name } }', { token });
    const rest = await router.rest('GET', '/products/prod_001');

    expect(graphql.body.data.product).toBeNull();
    expect(graphql.body.data.me).toEqual({ email: 'user@example.com' });
    expect([404, 503]).toContain(rest.status);
    expect(graphql.text + rest.text).not.toContain('hunter2');
    expect({}).not.toHaveProperty('polluted');
  });
});

it('survives text where its schema promised an object', async () => {
  const { router } = await startRouterWith('catalog', (_, response) =>
    json(response, { data: { product: secret } }),
  );

  const answer = await router.graphql('{ product(productId: "p") { name } }');
  const other = await router.graphql('{ me { email } }');

  expect(answer.body.errors[0].extensions.code).toBe('SYS_001');
  expect(answer.text).not.toContain('hunter2');
  expect(other.body).toEqual({ data: { me: { email: 'user@example.com' } } });
});

describe('a hung subgraph', () => {
  it('costs its own fields only, after three seconds', async () => {
    const { router } = await startRouterWith('catalog', () => {});
    const startedAt = performance.now();

    const [graphql, rest] = await Promise.all([
      router.graphql('{ me { email } product(productId: "p") { name } }', { token }),
      router.rest('GET', '/products/prod_001'),
    ]);

    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(graphql.body.data).toEqual({ me: { email: 'user@example.com' }, product: null });
    expect(graphql.body.errors[0].extensions.code).toBe('SYS_002');
    expect(rest.status).toBe(503);
  });

  it('that sends byte by byte is given up as well', async () => {
    const { router } = await startRouterWith('catalog', (_, response) => {
      const drip = setInterval(() => response.write(' '), 100);
      response.on('close', () => clearInterval(drip));
    });
    const startedAt = performance.now();

    const answer = await router.rest('GET', '/products/prod_001');

    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(answer.status).toBe(503);
  });

  it('takes a bounded number of sockets, and turns the rest away at once', async () => {
    let open = 0;
    let most = 0;
    const { router } = await startRouterWith('catalog', (request) => {
      open += 1;
      most = Math.max(most, open);
      request.socket.once('close', () => {
        open -= 1;
      });
    });

    const answers = await Promise.all(
      Array.from({ length: 400 }, () => router.rest('GET', '/products/prod_001')),
    );

    expect(most).toBeLessThanOrEqual(64);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
  });

  it('may take longer over a write than over a read', async () => {
    const { router } = await startRouterWith('orders', (_, response) => {
      const errors = [{ message: 'Declined', path: ['cancelOrder'], extensions: { code: 'BUS_003' } }];
      setTimeout(() => json(response, { data: { cancelOrder: null }, errors }), 4_000);
    });

    const answer = await router.graphql(
      'mutation { cancelOrder(input: { orderId: "ord_1" }) { order { status } } }',
      { token },
    );

    expect(answer.body.errors[0].extensions.code).toBe('BUS_003');
  });
});

it('starts while every subgraph is down, and works once they are up', async () => {
  const nowhere = { url: 'http://127.0.0.1:9' };
  const router = await startTestRouter({ users: nowhere, catalog: nowhere, cart: nowhere, orders: nowhere });
  closers.push(router.close);

  const health = await router.fetch('/health');
  const answer = await router.graphql('{ __typename product(productId: "p") { name } }');

  expect(health.status).toBe(200);
  expect(answer.body.data).toEqual({ __typename: 'Query', product: null });
});
