import { randomUUID } from 'node:crypto';
import type { Viewer } from '@commerce/kit/viewer';
import { expect, vi } from 'vitest';
import { z } from 'zod';
import { createShopClient, type ShopClient } from '../client.ts';
import type { ShopDatabase } from '../shop-database.ts';
import { PATIENCE, waitForStatus } from '../till.ts';

/** Somebody with an account: the token of the public graph, and what the router tells a subgraph of them. */
type Person = { token: string; viewer: Extract<Viewer, { kind: 'user' }> };

/** What the others know of the victim, or guess: everything that can be asked with. */
export type Targets = {
  userId: string;
  email: string;
  /** Shipped, and partly refunded. */
  orderId: string;
  /** Confirmed: it can still be cancelled. */
  openOrderId: string;
  itemId: string;
  addressId: string;
  sessionId: string;
  refundId: string;
  /** What administrators have to look into: a checkout that does not get on, a refund that was refused. */
  parkedOrderId: string;
  refusedRefundId: string;
  idempotencyKey: string;
  /** The administrators' webhook, and what it was sent. */
  endpointId: string;
  eventId: string;
  /** Of somebody who deleted the account. */
  erasureId: string;
};

export type People = {
  victim: Person & { targets: Targets };
  other: Person;
  /** Was an administrator when the token was issued, and is not any more; never asked the router before. */
  demoted: Person;
  administrator: Person;
  /** Texts that may stand in no answer to anybody but the victim and administrators. */
  marks: string[];
};

const PASSWORD = 'SecurePass123!';

const victimAddress = {
  street: '77 Quillfeather Lane',
  city: 'Zephyrhollow',
  state: 'NY',
  zipCode: '12207-9911',
  country: 'USA',
};
const profile = { firstName: 'Violetta', lastName: 'Quarrington', phoneNumber: '+12025550177' };
const trackingNumber = '1Z999AA10987654321';

/** @param orders the database of orders, to leave work undone that takes days to give up */
export async function gatherPeople(origin: string, orders: ShopDatabase): Promise<People> {
  const client = createShopClient(origin);
  const administrator = await logInPerson(client, 'admin@example.com', 'Demo-Passw0rd!', 'admin');
  const change = createChange(client, administrator.token);
  const endpointId = await createEndpoint(change);

  const email = `violetta-${randomUUID()}@quarrington.example`;
  await client.rest('POST', '/api/v1/users/register', { body: { email, password: PASSWORD, ...profile } });
  const person = await logInPerson(client, email, PASSWORD, 'customer');
  const erasureId = await eraseSomebody(client);
  const targets = await fillAccount(client, { person, email, endpointId, erasureId, change, orders });

  const stranger = await client.signUp();
  const other = await logInPerson(client, stranger.email, stranger.password, 'customer');
  const demoted = await demote(client, change);
  const { endpointId: _endpoint, idempotencyKey: _key, ...secretTargets } = targets;
  const marks = [
    ...Object.values(secretTargets),
    ...Object.values(profile),
    victimAddress.street,
    victimAddress.city,
    victimAddress.zipCode,
    trackingNumber,
  ];
  return { victim: { ...person, targets }, other, demoted, administrator, marks };
}

type Change = (document: string, variables: object) => Promise<unknown>;

function createChange(client: ShopClient, token: string): Change {
  return async (document, variables) => {
    const { data, errors } = await client.graphql(document, { token, variables: { ...variables } });
    expect(errors).toEqual([]);
    return data;
  };
}

const login = z.object({
  data: z.object({ accessToken: z.string(), user: z.object({ userId: z.string() }) }),
});

async function logInPerson(
  client: ShopClient,
  email: string,
  password: string,
  role: 'customer' | 'admin',
): Promise<Person> {
  const answer = await client.rest('POST', '/api/v1/users/login', { body: { email, password } });
  const { accessToken, user } = login.parse(answer.body).data;
  return { token: accessToken, viewer: { kind: 'user', userId: user.userId, email, role } };
}

const SET_ROLE = `mutation SetRole($input: SetUserRoleInput!) {
  setUserRole(input: $input) { user { role } }
}`;

const SET_ACTIVE = `mutation SetActive($input: SetUserActiveInput!) {
  setUserActive(input: $input) { user { isActive } }
}`;

/** The access token still says what the account was when it was issued. */
async function demote(client: ShopClient, change: Change): Promise<Person> {
  const { userId, email, password } = await client.signUp();
  await change(SET_ROLE, { input: { userId, role: 'ADMIN' } });
  const { token } = await logInPerson(client, email, password, 'admin');
  await change(SET_ROLE, { input: { userId, role: 'CUSTOMER' } });
  // What the router says of the account to a subgraph, now that it is a customer's.
  return { token, viewer: { kind: 'user', userId, email, role: 'customer' } };
}

const endpoint = z.object({
  createWebhookEndpoint: z.object({ endpoint: z.object({ endpointId: z.string() }) }),
});

async function createEndpoint(change: Change): Promise<string> {
  const document = `mutation Tell($input: CreateWebhookEndpointInput!) {
    createWebhookEndpoint(input: $input) { endpoint { endpointId } }
  }`;
  // Nobody listens at this port: the deliveries stay to be looked at, and fail.
  const input = {
    url: 'http://127.0.0.1:9/told',
    description: 'told of refunds',
    eventTypes: ['REFUND_SUCCEEDED'],
  };
  return endpoint.parse(await change(document, { input })).createWebhookEndpoint.endpoint.endpointId;
}

const erased = z.object({ deleteMyAccount: z.object({ erasureId: z.string() }) });

async function eraseSomebody(client: ShopClient): Promise<string> {
  const { token, password: currentPassword } = await client.signUp();
  const document = `mutation Leave($input: DeleteMyAccountInput!) {
    deleteMyAccount(input: $input) { erasureId }
  }`;
  const answer = await createChange(client, token)(document, { input: { currentPassword } });
  return erased.parse(answer).deleteMyAccount.erasureId;
}

type Account = {
  person: Person;
  email: string;
  endpointId: string;
  erasureId: string;
  change: Change;
  orders: ShopDatabase;
};

const added = z.object({ addAddress: z.object({ address: z.object({ addressId: z.string() }) }) });
const filled = z.object({
  cart: z.object({ items: z.tuple([z.object({ itemId: z.string() })]) }),
  sessions: z.array(z.object({ sessionId: z.string(), isCurrent: z.boolean() })),
});

async function fillAccount(client: ShopClient, account: Account): Promise<Targets> {
  const { person, email, endpointId, erasureId, change, orders } = account;
  const { token } = person;
  // A second session, to be ended.
  await client.logIn(email, PASSWORD);
  const asVictim = createChange(client, token);
  const { addAddress } = added.parse(
    await asVictim(
      'mutation Save($input: AddAddressInput!) { addAddress(input: $input) { address { addressId } } }',
      { input: { ...victimAddress, isDefault: true } },
    ),
  );
  const idempotencyKey = randomUUID();
  const orderId = await order(client, token, idempotencyKey);
  const openOrderId = await order(client, token, randomUUID());
  const parkedOrderId = await order(client, token, randomUUID());
  const { refundId, refusedRefundId, eventId } = await refundAndShip(client, {
    orderId,
    endpointId,
    change,
    token,
  });
  await parkWork(orders, { parkedOrderId, refusedRefundId });
  await client.rest('POST', '/api/v1/cart/items', { token, body: { productId: 'prod_002', quantity: 3 } });
  // So that the cart warns of something.
  await change(
    'mutation Lose($input: UpdateInventoryInput!) { updateInventory(input: $input) { product { inventory } } }',
    { input: { productId: 'prod_002', onHand: 1, note: `lost on the way to ${orderId}` } },
  );
  // So that the audit log of users knows of the victim.
  await change(SET_ACTIVE, { input: { userId: person.viewer.userId, isActive: true } });
  const { cart, sessions } = filled.parse(
    await asVictim('{ cart { items { itemId } } sessions { sessionId isCurrent } }', {}),
  );
  return {
    userId: person.viewer.userId,
    email,
    orderId,
    openOrderId,
    itemId: cart.items[0].itemId,
    addressId: addAddress.address.addressId,
    sessionId: z.string().parse(sessions.find(({ isCurrent }) => !isCurrent)?.sessionId),
    refundId,
    parkedOrderId,
    refusedRefundId,
    idempotencyKey,
    endpointId,
    eventId,
    erasureId,
  };
}

const placed = z.object({ data: z.object({ orderId: z.string() }) });

async function order(client: ShopClient, token: string, idempotencyKey: string): Promise<string> {
  await client.rest('POST', '/api/v1/cart/items', { token, body: { productId: 'prod_001', quantity: 2 } });
  const answer = await client.rest('POST', '/api/v1/orders', {
    token,
    body: {
      shippingAddress: victimAddress,
      paymentMethod: { type: 'credit_card', token: 'tok_visa_4242' },
    },
    headers: { 'idempotency-key': idempotencyKey },
  });
  const { orderId } = placed.parse(answer.body).data;
  await waitForStatus(client, { orderId, token }, 'confirmed');
  return orderId;
}

async function parkWork(
  orders: ShopDatabase,
  { parkedOrderId, refusedRefundId }: Pick<Targets, 'parkedOrderId' | 'refusedRefundId'>,
): Promise<void> {
  const done = z.tuple([z.object({ state: z.literal('done') })]);
  await vi.waitFor(async () => {
    const statement = `select state from checkouts where order_id = '${parkedOrderId}'`;
    done.parse(await orders.query(statement, z.unknown()));
  }, PATIENCE);
  await orders.run(`update checkouts set state = 'captured', attempts = 9, parked_at = now(),
    last_error = 'The cart is away' where order_id = '${parkedOrderId}'`);
  await orders.run(`update refunds set state = 'requested', is_owed = true, is_refused = true, attempts = 9,
    parked_at = now(), last_error = 'The card is closed' where refund_id = '${refusedRefundId}'`);
}

const refunded = z.object({ refundOrder: z.object({ refund: z.object({ refundId: z.string() }) }) });
const done = z.object({ state: z.literal('DONE') });
const settled = z.object({ order: z.object({ refunds: z.tuple([done, done]) }) });
const event = z.object({ eventId: z.string() });
const told = z.object({
  webhookEndpoint: z.object({ deliveries: z.object({ nodes: z.tuple([event, event]) }) }),
});

type Shipment = { orderId: string; endpointId: string; change: Change; token: string };

async function refundAndShip(client: ShopClient, { orderId, endpointId, change, token }: Shipment) {
  const refundId = await refund(change, orderId);
  const refusedRefundId = await refund(change, orderId);
  await change(
    'mutation Ship($input: UpdateOrderStatusInput!) { updateOrderStatus(input: $input) { order { orderId } } }',
    { input: { orderId, status: 'SHIPPED', tracking: { carrier: 'UPS', trackingNumber }, note: 'left' } },
  );
  const ask = 'query Refunds($orderId: ID!) { order(orderId: $orderId) { refunds { state } } }';
  await vi.waitFor(async () => {
    const { data } = await client.graphql(ask, { token, variables: { orderId } });
    settled.parse(data);
  }, PATIENCE);
  const deliveries = `query Told($endpointId: ID!) {
    webhookEndpoint(endpointId: $endpointId) { deliveries { nodes { eventId } } }
  }`;
  return await vi.waitFor(async () => {
    const { nodes } = told.parse(await change(deliveries, { endpointId })).webhookEndpoint.deliveries;
    return { refundId, refusedRefundId, eventId: nodes[0].eventId };
  }, PATIENCE);
}

async function refund(change: Change, orderId: string): Promise<string> {
  const document =
    'mutation Refund($input: RefundOrderInput!) { refundOrder(input: $input) { refund { refundId } } }';
  const input = {
    orderId,
    amount: '5.00',
    reason: 'a scratch',
    restock: [{ productId: 'prod_001', quantity: 1 }],
  };
  return refunded.parse(await change(document, { input })).refundOrder.refund.refundId;
}
