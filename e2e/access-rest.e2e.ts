import { readFileSync } from 'node:fs';
import { startTestSupergraph, type TestSupergraph } from '@commerce/testkit/in-process-supergraph';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { outsiders } from './access/judge.ts';
import { gatherPeople, type People } from './access/people.ts';
import { createShopClient, type ShopClient } from './client.ts';
import { openShopDatabase, type ShopDatabase } from './shop-database.ts';

/** Every operation of REST, asked as nobody, as another customer and as an administrator who was demoted. */

vi.setConfig({ testTimeout: 60_000 });

type Status = { anonymous: number; signedIn: number };
type Operation = { operation: string; body?: object } & Status;

const address = { street: '1 Own St', city: 'Troy', state: 'NY', zipCode: '12180', country: 'USA' };
const credentials = { email: 'customer@example.com', password: 'Wrong-Passw0rd!' };
const own: Status = { anonymous: 401, signedIn: 200 };
/** Somebody else's, and as absent. */
const foreign: Status = { anonymous: 401, signedIn: 404 };
const open: Status = { anonymous: 200, signedIn: 200 };

const operations: Operation[] = [
  { operation: 'get /api/v1/products', ...open },
  { operation: 'get /api/v1/products/{productId}', ...open },
  { operation: 'get /api/v1/users/profile', ...own },
  { operation: 'get /api/v1/cart', ...own },
  { operation: 'get /api/v1/orders', ...own },
  { operation: 'get /api/v1/orders/{orderId}', ...foreign },
  { operation: 'put /api/v1/cart/items/{itemId}', body: { quantity: 1 }, ...foreign },
  { operation: 'delete /api/v1/cart/items/{itemId}', ...foreign },
  {
    operation: 'post /api/v1/cart/items',
    body: { productId: 'prod_005', quantity: 1 },
    ...own,
    signedIn: 201,
  },
  {
    operation: 'post /api/v1/orders',
    body: { shippingAddress: address, paymentMethod: { type: 'credit_card', token: 'tok_visa_1' } },
    ...own,
    signedIn: 201,
  },
  {
    operation: 'post /api/v1/users/register',
    body: { ...credentials, password: 'Another-Passw0rd!', firstName: 'A', lastName: 'B' },
    anonymous: 409,
    signedIn: 409,
  },
  { operation: 'post /api/v1/users/login', body: credentials, anonymous: 401, signedIn: 401 },
];

let shop: TestSupergraph;
let orders: ShopDatabase;
let client: ShopClient;
let people: People;

beforeAll(async () => {
  shop = await startTestSupergraph();
  orders = openShopDatabase(shop.databaseUrls.orders);
  client = createShopClient(shop.url);
  people = await gatherPeople(shop.url, orders);
}, 180_000);
afterAll(async () => {
  await orders?.close();
  await shop?.close();
});

type Asking = (typeof outsiders)[number] | 'victim';

async function ask(asking: Asking, { operation, body }: Operation, ids: Record<string, string>) {
  const [method = '', template = ''] = operation.split(' ');
  const path = template.replace(/\{(\w+)\}/, (_, name) => ids[name] ?? '');
  const answer = await client.rest(method.toUpperCase(), path, {
    ...(asking === 'anonymous' ? {} : { token: people[asking].token }),
    ...(body === undefined ? {} : { body }),
  });
  return { status: answer.status, text: JSON.stringify(answer.body).replaceAll(path, ''), body: answer.body };
}

const faultOf = (body: unknown) => ({ ...Object(body).error, timestamp: '', path: '', requestId: '' });

async function takeSnapshot(): Promise<unknown[]> {
  const { orderId } = people.victim.targets;
  const paths = ['/users/profile', '/cart', '/orders', `/orders/${orderId}`];
  const { token } = people.victim;
  return await Promise.all(
    paths.map(async (path) => (await client.rest('GET', `/api/v1${path}`, { token })).body),
  );
}

it('has an entry for every operation of the OpenAPI document, and no other', () => {
  const document = z
    .object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
    .parse(JSON.parse(readFileSync(new URL('../schema/openapi.json', import.meta.url), 'utf8')));
  const declared = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  expect(operations.map(({ operation }) => operation).sort()).toEqual(declared.sort());
});

describe.each(outsiders)('%s', (outsider) => {
  it.each(operations)(
    "calls $operation, gets nothing and changes nothing of the victim's",
    async (operation) => {
      const ids = { ...people.victim.targets, productId: 'prod_001' };
      const before = await takeSnapshot();

      const { status, text, body } = await ask(outsider, operation, ids);

      expect(status).toBe(outsider === 'anonymous' ? operation.anonymous : operation.signedIn);
      expect(people.marks.filter((mark) => text.includes(mark))).toEqual([]);
      expect(await takeSnapshot()).toEqual(before);
      if (status !== 404) return;
      const absent = await ask(outsider, operation, { orderId: 'ord_absent', itemId: 'item_absent' });
      expect({ status: absent.status, fault: faultOf(absent.body) }).toEqual({
        status,
        fault: faultOf(body),
      });
    },
  );
});

it.each(operations.filter(({ signedIn }) => signedIn === 404))(
  'lets the owner call $operation',
  async (operation) => {
    expect((await ask('victim', operation, { ...people.victim.targets })).status).toBe(200);
  },
);
