import { startTestSupergraph, type TestSupergraph } from '@commerce/testkit/in-process-supergraph';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createShopClient, type ShopClient } from './client.ts';
import { restOperations } from './hostile-input/rest-places.ts';
import { findChanges, openShopRows, type RowChanges, type ShopRows } from './hostile-input/rows.ts';

/** One customer sends what the OpenAPI document asks for, another the same with fields and parameters that are none of a
 *  client's business: both get the same answer, and the same is written for both. */

vi.setConfig({ testTimeout: 60_000 });

/** What tables, entities and administrators' inputs have, by each name that it could be bound to. */
const extras = {
  role: 'admin',
  userId: 'usr_admin',
  user_id: 'usr_admin',
  isActive: false,
  is_active: false,
  emailVerified: true,
  email_verified: true,
  passwordHash: 'x',
  addresses: [{ street: 'Elsewhere 1', isDefault: true }],
  price: 0.01,
  priceCents: 1,
  cents: 1,
  unitPrice: { amount: '0.01', cents: 1 },
  currency: 'XXX',
  status: 'delivered',
  total: 0.01,
  summary: { subtotal: 0, tax: 0, shipping: 0, total: 0 },
  items: [{ productId: 'prod_002', quantity: 999, price: 0 }],
  orderId: 'ord_of_mine',
  cartId: 'cart_usr_admin',
  itemId: 'item_of_mine',
  inventory: 1_000_000,
  version: 0,
  discount: 100,
  replayed: true,
  idempotencyKey: 'a key of another',
  origin: 'somewhere',
  createdAt: '2000-01-01T00:00:00Z',
  updated_at: '2000-01-01T00:00:00Z',
  constructor: { prototype: { role: 'admin' } },
};
const extraQuery = {
  ...extras,
  allUsers: true,
  includeInactive: true,
  first: 1,
  after: 'x',
  page: 2,
  limit: 1,
  category: 'audio',
  fields: 'passwordHash',
  _method: 'DELETE',
};

type Extra = 'nothing' | 'body' | 'query';
type Shopper = { email: string; token: string; itemId: string; orderId: string; extra: Extra };

const PASSWORD = 'SecurePass123!';
const address = { street: '1 Own St', city: 'Troy', state: 'NY', zipCode: '12180', country: 'USA' };

/** In this order, one after the other: each finds what those before it left. */
const steps: {
  operation: string;
  body?: (shopper: Shopper) => object;
  keep?: (shopper: Shopper, data: unknown) => void;
}[] = [
  {
    operation: 'post /api/v1/users/register',
    body: ({ email }) => ({
      email,
      password: PASSWORD,
      firstName: 'Ada',
      lastName: 'Same',
      phoneNumber: '+12025550123',
    }),
  },
  {
    operation: 'post /api/v1/users/login',
    body: ({ email }) => ({ email, password: PASSWORD }),
    keep: (shopper, data) => Object.assign(shopper, { token: Object(data).accessToken }),
  },
  { operation: 'get /api/v1/users/profile' },
  { operation: 'get /api/v1/products' },
  { operation: 'get /api/v1/products/{productId}' },
  {
    operation: 'post /api/v1/cart/items',
    body: () => ({ productId: 'prod_001', quantity: 1 }),
    keep: (shopper, data) => Object.assign(shopper, { itemId: Object(data).items[0].itemId }),
  },
  { operation: 'put /api/v1/cart/items/{itemId}', body: () => ({ quantity: 2 }) },
  { operation: 'get /api/v1/cart' },
  {
    operation: 'post /api/v1/orders',
    body: () => ({
      shippingAddress: address,
      billingAddress: { ...address, street: '2 Bill St' },
      paymentMethod: { type: 'credit_card', token: 'tok_visa_4242' },
    }),
    keep: (shopper, data) => Object.assign(shopper, { orderId: Object(data).orderId }),
  },
  { operation: 'get /api/v1/orders/{orderId}' },
  { operation: 'get /api/v1/orders' },
  { operation: 'delete /api/v1/cart/items/{itemId}' },
];

let shop: TestSupergraph;
let client: ShopClient;
let rows: ShopRows;
const shoppers: Record<Extra, Shopper> = {
  nothing: newShopper('nothing'),
  body: newShopper('body'),
  query: newShopper('query'),
};

function newShopper(extra: Extra): Shopper {
  return { email: `same-${extra}@example.org`, token: '', itemId: '', orderId: '', extra };
}

beforeAll(async () => {
  shop = await startTestSupergraph();
  client = createShopClient(shop.url);
  rows = await openShopRows(shop.databaseUrls);
}, 180_000);
afterAll(async () => {
  await rows?.close();
  await shop?.close();
});

/** In every object of a body. */
function withExtras(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body;
  const own = Object.fromEntries(Object.entries(body).map(([key, value]) => [key, withExtras(value)]));
  return { ...extras, ...own };
}

function queryOf({ extra }: Shopper, operation: string): string {
  if (extra !== 'query') return '';
  const declared =
    restOperations.find(({ name }) => name === operation)?.parameters.map(({ name }) => name) ?? [];
  const others = Object.entries(extraQuery).filter(([name]) => !declared.includes(name));
  const parameters = new URLSearchParams();
  for (const [name, value] of others)
    parameters.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
  return `?${parameters}`;
}

async function take(shopper: Shopper, step: (typeof steps)[number]) {
  const [method = '', template = ''] = step.operation.split(' ');
  const ids: Record<string, string> = { ...shopper, productId: 'prod_001' };
  const path = template.replace(/\{(\w+)\}/, (_, name) => ids[name] ?? '');
  const body = step.body?.(shopper);
  // An order is paid for, and told of, behind the answer.
  const quietMs = step.operation === 'post /api/v1/orders' ? 1_500 : undefined;
  const before = await rows.readSettled(quietMs);
  const answer = await client.rest(method.toUpperCase(), path + queryOf(shopper, step.operation), {
    ...(shopper.token === '' ? {} : { token: shopper.token }),
    ...(body === undefined ? {} : { body: shopper.extra === 'body' ? withExtras(body) : body }),
  });
  const changes = findChanges(before, await rows.readSettled(quietMs));
  step.keep?.(shopper, Object(answer.body).data);
  return { status: answer.status, body: sameFor(answer.body), written: rowsOf(changes) };
}

/** Rows as they are for everybody, in an order of their own. */
function rowsOf(changes: RowChanges) {
  const texts = (list: string[]) => list.map((row) => JSON.stringify(sameFor(JSON.parse(row)))).sort();
  return changes.map(({ table, removed, added }) => ({
    table,
    removed: texts(removed),
    added: texts(added),
  }));
}

/** What is another each time, whoever asks: ids, times, secrets, numbers of a sequence, and the stock that is left: by how
 *  much it changed is compared. */
function sameFor(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => sameFor(item));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, sameFor(inner, name)]));
  if (
    /^(position|sequence|movement_id|entry_id|inventory|reserved|on_hand|on_hand_after|reserved_after)$/.test(
      key,
    )
  )
    return '<number>';
  if (typeof value !== 'string') return value;
  return value
    .replaceAll(/same-\w+@example\.org/g, '<email>')
    .replaceAll(/eyJ[\w-]+\.[\w-]+\.[\w-]+|\$2b\$\S+|\\x[0-9a-f]{32,}/g, '<secret>')
    .replaceAll(/\d{4}-\d{2}-\d{2}T[\d:.]+(Z|\+00:00)/g, '<time>')
    .replaceAll(/\b(cart_)?[a-z]{2,4}_[0-9A-Za-z]{20,40}\b/g, '<id>')
    .replaceAll(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '<id>')
    .replaceAll(/[\w-]{40,}/g, '<secret>');
}

it('is tried with every operation, and with every body', () => {
  expect(steps.map(({ operation }) => operation).sort()).toEqual(
    restOperations.map(({ name }) => name).sort(),
  );
  expect(
    steps
      .filter(({ body }) => body)
      .map(({ operation }) => operation)
      .sort(),
  ).toEqual(
    restOperations
      .filter(({ body }) => body)
      .map(({ name }) => name)
      .sort(),
  );
});

describe('extra fields and parameters', () => {
  it.each(steps)('of $operation change neither its answer nor a row', async (step) => {
    const plain = await take(shoppers.nothing, step);
    const [method = ''] = step.operation.split(' ');
    if (!/delete/.test(method)) expect(plain.status).toBeLessThan(300);
    if (step.body) expect(plain.written).not.toEqual([]);
    expect(await take(shoppers.body, step)).toEqual(plain);
    expect(await take(shoppers.query, step)).toEqual(plain);
  });
});
