import type { Viewer } from '@commerce/kit/viewer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  admin,
  anonymous,
  createOrdersFixture,
  customer,
  declined,
  type OrdersFixture,
} from './orders-fixture.ts';

let shop: OrdersFixture;
/** Orders of usr_1, newest first. */
let own: string[];
let foreign: string;

beforeAll(async () => {
  shop = await createOrdersFixture();
  await shop.reset();
  shop.shop.addProduct('prod_001', { name: 'Wireless Headphones', priceCents: 9_999, onHand: 1_000 });
  own = [];
  for (let index = 0; index < 25; index += 1) {
    if (index > 0) for (const id of lines(index)) shop.shop.putInCart('usr_1', id, 1);
    own.unshift((await shop.placed()).orderId);
  }
  foreign = (await shop.placed(shop.fillCart('usr_2'))).orderId;
  await shop.order({ input: declined }, shop.fillCart('usr_1'));
  // Three orders of one millisecond: only the id tells them apart.
  await shop.sql`update orders set created_at = (select created_at from orders where order_id = ${own[4] ?? ''})
    where order_id in ${shop.sql(own.slice(4, 7))}`;
  own.splice(4, 3, ...own.slice(4, 7).sort().reverse());
  const shipped = { carrier: 'UPS', trackingNumber: '1Z' };
  for (const orderId of own.slice(0, 3)) {
    await shop.run(
      'mutation ($i: UpdateOrderStatusInput!) { updateOrderStatus(input: $i) { order { status } } }',
      {
        viewer: admin,
        variables: { i: { orderId, status: 'SHIPPED', tracking: shipped } },
      },
    );
  }
});
afterAll(async () => {
  await shop.close();
});

/** Five products in the cart, another first one each time. */
function lines(index: number): string[] {
  for (let n = 0; n < 5; n += 1) {
    shop.shop.addProduct(`prod_x${n}`, { name: `Product ${n}`, priceCents: 100 + n, onHand: 1_000 });
  }
  return Array.from({ length: 5 }, (_, n) => `prod_x${(n + index) % 5}`);
}

// biome-ignore lint/suspicious/noExplicitAny: answers of any shape
async function ask(query: string, viewer = customer()): Promise<any> {
  const { data, errors } = await shop.run(query, { viewer });
  expect(errors).toEqual([]);
  return data;
}

async function statementsOf(query: string, viewer = customer()): Promise<number> {
  shop.statements.length = 0;
  await ask(query, viewer);
  return shop.statements.length;
}

const ids = (page: { nodes: { orderId: string }[] }) => page.nodes.map((node) => node.orderId);

describe('orders', () => {
  it('are one’s own, newest first, ten by default, without what failed', async () => {
    const { orders } = await ask(
      '{ orders { nodes { orderId userId } totalCount pageInfo { hasNextPage } } }',
    );
    expect(ids(orders)).toEqual(own.slice(0, 10));
    expect(orders.nodes.every((node: { userId: string }) => node.userId === 'usr_1')).toBe(true);
    expect(orders).toMatchObject({ totalCount: 25, pageInfo: { hasNextPage: true } });
  });

  it('are walked by cursors without a gap or a repetition', async () => {
    const seen: string[] = [];
    let after = '';
    for (let page = 0; page < 10; page += 1) {
      const { orders } = await ask(
        `{ orders(first: 3 ${after}) { nodes { orderId } pageInfo { endCursor hasNextPage hasPreviousPage } } }`,
      );
      seen.push(...ids(orders));
      expect(orders.pageInfo.hasPreviousPage).toBe(page > 0);
      if (!orders.pageInfo.hasNextPage) break;
      after = `, after: "${orders.pageInfo.endCursor}"`;
    }
    expect(seen).toEqual(own);
  });

  it('are paged by page and limit; behind the end is an empty page', async () => {
    const page = async (number: number) =>
      (
        await ask(
          `{ orders(page: ${number}, limit: 10) { nodes { orderId } pageInfo { hasNextPage } totalCount } }`,
        )
      ).orders;
    expect(ids(await page(3))).toEqual(own.slice(20));
    expect(await page(4)).toEqual({ nodes: [], pageInfo: { hasNextPage: false }, totalCount: 25 });
  });

  it('are filtered by status', async () => {
    const { orders } = await ask(
      '{ orders(status: SHIPPED, first: 2) { nodes { orderId status } totalCount } }',
    );
    expect(ids(orders)).toEqual(own.slice(0, 2));
    expect(orders).toMatchObject({ totalCount: 3, nodes: [{ status: 'SHIPPED' }, { status: 'SHIPPED' }] });
    expect((await ask('{ orders(status: DELIVERED) { totalCount } }')).orders.totalCount).toBe(0);
    expect((await ask('{ orders(status: CANCELLED) { totalCount } }')).orders.totalCount).toBe(0);
  });

  it.each(['first: 0', 'first: 101', 'page: 0', 'limit: 0', 'limit: 101', 'first: 1, page: 1'])(
    'refuse %s',
    async (args) => {
      const { errors } = await shop.run(`{ orders(${args}) { totalCount } }`);
      expect(errors[0]?.extensions).toMatchObject({ code: 'VAL_001', httpStatus: 400 });
    },
  );

  it.each([
    'nonsense',
    '',
    Buffer.from('["x","ord_1"]').toString('base64url'),
    Buffer.from('["2024-01-15T10:30:00Z"]').toString('base64url'),
    Buffer.from('["1","x"]').toString('base64url'),
    Buffer.from('["+275760-09-13T00:00:00.000Z","x"]').toString('base64url'),
    Buffer.from('["0000-01-01T00:00:00.000Z","x"]').toString('base64url'),
    Buffer.from('["2024-02-30T10:30:00.000Z","x"]').toString('base64url'),
  ])('refuse the cursor %j', async (cursor) => {
    const { errors } = await shop.run(`{ orders(after: "${cursor}") { totalCount } }`);
    expect(errors[0]?.extensions).toMatchObject({ code: 'VAL_001', details: [{ field: 'after' }] });
  });

  it('of everybody are for administrators', async () => {
    const { orders } = await ask(
      '{ orders(allUsers: true, first: 100) { nodes { orderId } totalCount } }',
      admin,
    );
    expect(orders.totalCount).toBe(26);
    expect(ids(orders)).toContain(foreign);
    const { errors } = await shop.run('{ orders(allUsers: true) { totalCount } }');
    expect(errors[0]?.extensions).toMatchObject({ code: 'AUTH_004', httpStatus: 403 });
    expect((await ask('{ orders(allUsers: false) { totalCount } }')).orders.totalCount).toBe(25);
    expect((await ask('{ orders { totalCount } }', admin)).orders.totalCount).toBe(0);
  });

  it('need a valid access token', async () => {
    const { errors } = await shop.run('{ orders { totalCount } }', { viewer: anonymous });
    expect(errors[0]?.extensions.code).toBe('AUTH_003');
  });
});

describe('an order', () => {
  it('is shown to its owner and to administrators, with references to user and products', async () => {
    for (const viewer of [customer(), admin]) {
      const { order } = await ask(
        `{ order(orderId: "${own[0]}") { orderId user { userId } items { product { productId } } } }`,
        viewer,
      );
      expect(order.user).toEqual({ userId: 'usr_1' });
      expect(order.items).toHaveLength(5);
      expect(order.items[0].product.productId).toMatch(/^prod_x/);
    }
  });

  it('of somebody else is like a missing one, everywhere', async () => {
    const viewer = customer('usr_2');
    for (const id of [own[0], 'ord_missing', "' or true --", 'ord_\\u0000']) {
      expect(await ask(`{ order(orderId: "${id}") { orderId } }`, viewer)).toEqual({ order: null });
    }
    const entities = `{ _entities(representations: [
      { __typename: "Order", orderId: "${own[0]}" }, { __typename: "Order", orderId: "ord_missing" }
    ]) { ... on Order { orderId } } }`;
    expect(await ask(entities, viewer)).toEqual({ _entities: [null, null] });
    expect(await ask(entities, anonymous)).toEqual({ _entities: [null, null] });
    expect(await ask(entities)).toEqual({ _entities: [{ orderId: own[0] }, null] });
  });

  it('needs a valid access token', async () => {
    const { errors } = await shop.run('{ order(orderId: "ord_1") { orderId } }', { viewer: anonymous });
    expect(errors[0]?.extensions.code).toBe('AUTH_003');
  });
});

describe('User.orders', () => {
  const userOrders = (userIds: string[], selection = 'nodes { orderId }', args = '(first: 2)') => `{
    _entities(representations: [${userIds.map((id) => `{ __typename: "User", userId: "${id}" }`)}]) {
      ... on User { userId orders${args} { ${selection} } }
    } }`;

  it('is null unless it is one’s own, or the viewer is an administrator', async () => {
    const query = userOrders(['usr_1', 'usr_2']);
    const [first, second] = (await ask(query))._entities;
    expect(ids(first.orders)).toEqual(own.slice(0, 2));
    expect(second).toEqual({ userId: 'usr_2', orders: null });
    for (const viewer of [anonymous, { kind: 'service', name: 'users' } as const]) {
      expect((await ask(query, viewer))._entities.map((user: { orders: unknown }) => user.orders)).toEqual([
        null,
        null,
      ]);
    }
  });

  it('costs a page of users one statement for the pages and one for the counts', async () => {
    const users = [
      'usr_1',
      'usr_2',
      'usr_none',
      ...Array.from({ length: 17 }, (_, index) => `usr_n${index}`),
    ];
    const query = userOrders(users, 'totalCount nodes { orderId }');
    const [first, second, none] = (await ask(query, admin))._entities;
    expect(first.orders.totalCount).toBe(25);
    expect(ids(second.orders)).toEqual([foreign]);
    expect(none.orders).toEqual({ totalCount: 0, nodes: [] });
    expect(await statementsOf(query, admin)).toBe(2);
    expect(await statementsOf(userOrders(users), admin)).toBe(1);
  });

  it('takes filters and cursors', async () => {
    const [user] = (
      await ask(userOrders(['usr_1'], 'nodes { orderId }', '(status: SHIPPED, page: 2, limit: 2)'))
    )._entities;
    expect(ids(user.orders)).toEqual(own.slice(2, 3));
  });
});

describe('the cost', () => {
  it('of a page of 20 orders with lines and timelines is one statement each', async () => {
    const page =
      '{ orders(first: 20) { nodes { orderId items { name } timeline { status } user { userId } } } }';
    const { orders } = await ask(page);
    expect(orders.nodes).toHaveLength(20);
    expect(orders.nodes.every((node: { items: unknown[] }) => node.items.length === 5)).toBe(true);
    expect(await statementsOf(page)).toBe(3);
  });

  it('of counting is only paid where the count is asked for', async () => {
    expect(await statementsOf('{ orders { nodes { orderId } } }')).toBe(1);
    expect(await statementsOf('{ orders { totalCount } }')).toBe(2);
  });

  it('of many references is one statement', async () => {
    const representations = own.map((orderId) => `{ __typename: "Order", orderId: "${orderId}" }`);
    const query = `{ _entities(representations: [${representations}]) { ... on Order { orderId status } } }`;
    expect((await ask(query))._entities.map((order: { orderId: string }) => order.orderId)).toEqual(own);
    expect(await statementsOf(query)).toBe(1);
  });
});

it('messages of the payment provider are taken from the router only', async () => {
  const receive = async (viewer: Viewer) => {
    const query = `mutation { receivePaymentWebhook(input: { payload: "{}", signature: "x" }) { received } }`;
    const { errors } = await shop.run(query, { viewer });
    return errors[0]?.extensions.code;
  };
  for (const viewer of [anonymous, customer(), admin, { kind: 'service', name: 'catalog' } as const])
    expect(await receive(viewer)).toBe('AUTH_004');
  // The provider of the tests sends none.
  expect(await receive({ kind: 'service', name: 'router' })).toBe('RES_001');
});
