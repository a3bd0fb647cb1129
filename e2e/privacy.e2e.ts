import { randomUUID } from 'node:crypto';
import { findViolations } from '@commerce/invariants/find-violations';
import { type ProcessSupergraph, startProcessSupergraph } from '@commerce/testkit/process-supergraph';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createShopClient, type ShopClient } from './client.ts';
import { openShopDatabase } from './shop-database.ts';
import { PATIENCE, waitForStatus } from './till.ts';

/** Somebody orders, takes their data with them and leaves, while parts of the shop are dead. */

vi.setConfig({ testTimeout: 120_000 });

const password = 'SecurePass123!';
const email = 'violetta@quarrington.example';
const profile = { firstName: 'Violetta', lastName: 'Quarrington', phoneNumber: '+12025550177' };
const address = {
  street: '77 Quillfeather Lane',
  city: 'Zephyrhollow',
  state: 'NY',
  zipCode: '12207-9911',
  country: 'USA',
};
const trackingNumber = '1Z999AA10987654321';
const marks = [
  ...[email, ...Object.values(profile), address.street, address.city, address.zipCode],
  ...[trackingNumber, 'ring twice'],
];

let shop: ProcessSupergraph;
let client: ShopClient;
let administrator = '';
let token = '';
let neighbour = '';
let deliveredId = '';
let openId = '';

beforeAll(async () => {
  shop = await startProcessSupergraph();
  client = createShopClient(shop.url);
  administrator = await client.logIn('admin@example.com', 'Demo-Passw0rd!');
  neighbour = (await client.signUp()).token;
  await order(neighbour, { ...address, street: '1 Other St', city: 'Troy', zipCode: '12180' });
  await client.rest('POST', '/api/v1/users/register', { body: { email, password, ...profile } });
  token = await client.logIn(email, password);
  await ask(
    'mutation Save($input: AddAddressInput!) { addAddress(input: $input) { address { addressId } } }',
    {
      input: address,
    },
  );
  deliveredId = await order(token, address);
  await setStatus(deliveredId, {
    status: 'SHIPPED',
    tracking: { carrier: 'UPS', trackingNumber },
    note: 'ring twice',
  });
  await setStatus(deliveredId, { status: 'DELIVERED' });
  openId = await order(token, address);
  await client.rest('POST', '/api/v1/cart/items', { token, body: { productId: 'prod_002', quantity: 3 } });
}, 180_000);
afterAll(async () => {
  await shop?.close();
});

async function ask(query: string, variables: Record<string, unknown> = {}, as = token) {
  const { data, errors } = await client.graphql(query, { token: as, variables });
  expect(errors).toEqual([]);
  return data;
}

const placed = z.object({ data: z.object({ orderId: z.string() }) });

async function order(as: string, shippingAddress: object): Promise<string> {
  await client.rest('POST', '/api/v1/cart/items', {
    token: as,
    body: { productId: 'prod_001', quantity: 1 },
  });
  const answer = await client.rest('POST', '/api/v1/orders', {
    token: as,
    body: { shippingAddress, paymentMethod: { type: 'credit_card', token: 'tok_visa_4242' } },
    headers: { 'idempotency-key': randomUUID() },
  });
  const { orderId } = placed.parse(answer.body).data;
  await waitForStatus(client, { orderId, token: as }, 'confirmed');
  return orderId;
}

async function setStatus(orderId: string, change: object) {
  const document = `mutation Set($input: UpdateOrderStatusInput!) {
    updateOrderStatus(input: $input) { order { status } }
  }`;
  await ask(document, { input: { orderId, ...change } }, administrator);
}

const databases = ['users', 'catalog', 'cart', 'orders'] as const;
const row = z.object({ text: z.string() });

/** Every column of every row of every table of a database, as text. */
async function textOf(name: (typeof databases)[number]): Promise<string> {
  const database = openShopDatabase(shop.databaseUrls[name]);
  try {
    const tables = await database.query(
      `select format('%I.%I', table_schema, table_name) as text from information_schema.tables
       where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
      row,
    );
    const texts = await Promise.all(
      tables.map(async ({ text }) => await database.query(`select t::text as text from ${text} t`, row)),
    );
    return texts
      .flat()
      .map(({ text }) => text)
      .join('\n');
  } finally {
    await database.close();
  }
}

/** Which marks of the person stand in which database. */
async function findMarks(): Promise<string[]> {
  const found = await Promise.all(
    databases.map(async (name) => {
      const text = await textOf(name);
      return marks.filter((mark) => text.includes(mark)).map((mark) => `${name}: ${mark}`);
    }),
  );
  return found.flat();
}

const EXPORT = `query Export {
  exportMyData {
    userId
    account { found { what count } data }
    cart { found { what count } data }
    orders { found { what count } data nextCursor }
    catalog { found { what count } data }
  }
}`;

describe('the export', () => {
  it('holds all of it, from all subgraphs', async () => {
    const { exportMyData } = z
      .object({ exportMyData: z.record(z.string(), z.unknown()) })
      .parse(await ask(EXPORT));
    const text = JSON.stringify(exportMyData);
    for (const mark of marks) expect(text).toContain(mark);
    expect(exportMyData).toMatchObject({
      account: { data: { account: { email, ...profile }, addresses: [address] } },
      cart: { data: { cart: { lines: [{ productId: 'prod_002', quantity: 3 }] } } },
      orders: {
        found: expect.arrayContaining([{ what: 'orders', count: 2 }]),
        data: { orders: [{ orderId: openId }, { orderId: deliveredId, shippingAddress: address }] },
        nextCursor: null,
      },
      catalog: { data: {} },
    });
    expect(text).not.toMatch(/\$2[aby]\$|1 Other St/);
  });

  it.each(['cart', 'orders', 'catalog'] as const)('lacks the part of %s while that is dead', async (name) => {
    await shop.kill(name);
    const { data, errors } = await client.graphql(EXPORT, { token });
    await shop.restart(name);
    const parts = Object(data).exportMyData;
    expect(parts[name]).toBeNull();
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['SYS_002']);
    for (const other of ['account', 'cart', 'orders', 'catalog'].filter((part) => part !== name))
      expect(parts[other]).toMatchObject({ found: expect.any(Array) });
  });
});

const proofs = '{ subgraph state found { what count } kept { what reason } }';
const deletion = z.object({
  deleteMyAccount: z.object({
    erasureId: z.string(),
    proofs: z.array(z.looseObject({ subgraph: z.string(), state: z.string() })),
  }),
});
const erasure = z.object({ erasure: z.object({ state: z.string(), proofs: z.array(z.looseObject({})) }) });

describe('the deletion', () => {
  let erasureId = '';
  let before: unknown;

  it('erases at once what can be reached, and leaves the rest pending', async () => {
    before = await ask(EXPORT, {}, neighbour);
    await shop.kill('orders');
    const { deleteMyAccount } = deletion.parse(
      await ask(
        `mutation Leave($input: DeleteMyAccountInput!) { deleteMyAccount(input: $input) { erasureId proofs ${proofs} } }`,
        { input: { currentPassword: password } },
      ),
    );
    erasureId = deleteMyAccount.erasureId;
    expect(deleteMyAccount.proofs.map(({ subgraph, state }) => `${subgraph} ${state}`)).toEqual([
      'users DONE',
      'cart DONE',
      'orders PENDING',
      'catalog DONE',
    ]);
    expect((await findMarks()).filter((mark) => !mark.startsWith('orders:'))).toEqual([]);
  });

  it('goes on once the dead subgraph is back, also where users died meanwhile', async () => {
    await shop.kill('users');
    await shop.restart('users');
    await shop.restart('orders');
    const query = `query Look($erasureId: ID!) { erasure(erasureId: $erasureId) { state proofs ${proofs} } }`;
    const found = await vi.waitFor(
      async () => {
        const answer = erasure.parse(await ask(query, { erasureId }, administrator)).erasure;
        expect(answer.state).toBe('DONE');
        return answer;
      },
      { timeout: 60_000, interval: 250 },
    );
    expect(found.proofs).toContainEqual(
      expect.objectContaining({
        subgraph: 'orders',
        found: expect.arrayContaining([{ what: 'orders', count: 2 }]),
        kept: expect.arrayContaining([
          {
            what: expect.stringContaining('not final'),
            reason: expect.stringContaining('needed to deliver'),
          },
        ]),
      }),
    );
  });

  it('refuses what a token that still lives would write', async () => {
    const { body } = await client.rest('POST', '/api/v1/cart/items', {
      token,
      body: { productId: 'prod_001', quantity: 1 },
    });
    expect(body).toMatchObject({ error: { code: 'AUTH_003' } });
    const login = await client.rest('POST', '/api/v1/users/login', { body: { email, password } });
    expect(login.body).toMatchObject({ error: { code: 'AUTH_001' } });
  });

  it('keeps the delivered order with its sums and without the person', async () => {
    const query = `query Kept($orderId: ID!) { order(orderId: $orderId) {
      status user { firstName email } summary { total { amount } } items { quantity }
      shippingAddress { street city state zipCode country } paymentMethod { type last4 } tracking { trackingNumber }
    } }`;
    expect(await ask(query, { orderId: deliveredId }, administrator)).toEqual({
      order: {
        status: 'DELIVERED',
        user: { firstName: 'Erased', email: expect.stringMatching(/^erased-.*@erased\.invalid$/) },
        summary: { total: { amount: '117.98' } },
        items: [{ quantity: 1 }],
        shippingAddress: { street: '', city: '', state: 'NY', zipCode: '', country: 'USA' },
        paymentMethod: { type: 'credit_card', last4: null },
        tracking: { trackingNumber: '' },
      },
    });
  });

  it('leaves the address of the open order, until that is delivered: then nothing is left anywhere', async () => {
    expect(await findMarks()).toEqual(
      [address.street, address.city, address.zipCode].map((mark) => `orders: ${mark}`),
    );
    await setStatus(openId, { status: 'SHIPPED', tracking: { carrier: 'UPS', trackingNumber } });
    await setStatus(openId, { status: 'DELIVERED' });
    await vi.waitFor(async () => expect(await findMarks()).toEqual([]), { ...PATIENCE, timeout: 60_000 });
  });

  it('leaves other customers and all invariants as they were', async () => {
    expect(await ask(EXPORT, {}, neighbour)).toEqual(before);
    expect(await findViolations(shop.databaseUrls, { mode: 'quiet', settleSeconds: 60 })).toEqual([]);
  });

  it('frees the address', async () => {
    const again = await client.rest('POST', '/api/v1/users/register', {
      body: { email, password, ...profile },
    });
    expect(again.status).toBe(201);
    const cart = await client.rest('GET', '/api/v1/cart', { token: await client.logIn(email, password) });
    expect(cart.body).toMatchObject({ data: { items: [] } });
  });
});
