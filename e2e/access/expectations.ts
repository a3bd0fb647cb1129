import type { Targets } from './people.ts';

/** What comes back from a field of Query or Mutation.
 *
 *  - `answers`: a value without an error of the field itself.
 *  - `absent`: null, or RES_001.
 *  - a code: that error, and no value. */
export type Outcome = 'answers' | 'absent' | 'AUTH_001' | 'AUTH_003' | 'AUTH_004' | 'RES_002';

export type Expectation = {
  field: string;
  /** What is asked with. Others ask with the victim's ids. */
  variables?: (targets: Targets) => Record<string, unknown>;
  anonymous: Outcome;
  other: Outcome;
  demoted: Outcome;
  /** Who is asked last, with the same variables, to show that they lead somewhere.
   *  `nobody` where the others' own answers show it, or where the answer needs a secret. */
  entitled: 'victim' | 'administrator' | 'nobody';
  /** What an answer to them shows, where that names nothing of the victim's. */
  shows?: string;
  /** What stands in the way of who is entitled, where it is not the permission. */
  obstacle?: string;
  /** Why asking with ids of nothing may be answered otherwise. */
  differsFromAbsent?: string;
};

type Rule = Pick<Expectation, 'anonymous' | 'other' | 'demoted' | 'entitled'>;
const anybody: Rule = { anonymous: 'answers', other: 'answers', demoted: 'answers', entitled: 'nobody' };
/** Each gets their own. */
const oneself: Rule = { anonymous: 'AUTH_003', other: 'answers', demoted: 'answers', entitled: 'victim' };
const owner: Rule = { anonymous: 'AUTH_003', other: 'absent', demoted: 'absent', entitled: 'victim' };
const administrators: Rule = {
  anonymous: 'AUTH_003',
  other: 'AUTH_004',
  demoted: 'AUTH_004',
  entitled: 'administrator',
};
const secretNeeded: Rule = {
  anonymous: 'AUTH_003',
  other: 'AUTH_003',
  demoted: 'AUTH_003',
  entitled: 'nobody',
};

const input = (of: (targets: Targets) => object) => (targets: Targets) => ({ input: of(targets) });
const NO_TOKEN = 'not-a-token-of-this-shop';

export const queryExpectations: Expectation[] = [
  { field: 'product', variables: () => ({ productId: 'prod_001' }), ...anybody },
  { field: 'products', ...anybody },
  { field: 'products', variables: () => ({ filter: { includeInactive: true } }), ...anybody },
  { field: 'searchProducts', variables: () => ({ query: 'wireless' }), ...anybody },
  { field: 'categories', ...anybody },
  { field: 'category', variables: () => ({ slug: 'audio' }), ...anybody },
  { field: 'cart', ...oneself },
  { field: 'orders', ...oneself },
  { field: 'me', ...oneself },
  { field: 'sessions', ...oneself },
  { field: 'exportMyData', ...oneself },
  { field: 'order', variables: ({ orderId }) => ({ orderId }), ...owner },
  { field: 'order', variables: ({ openOrderId: orderId }) => ({ orderId }), ...owner },
  { field: 'orders', variables: () => ({ allUsers: true }), ...administrators },
  { field: 'parkedCheckouts', ...administrators },
  { field: 'parkedWork', ...administrators },
  { field: 'orderEvents', ...administrators },
  { field: 'orderAuditLog', ...administrators },
  { field: 'catalogAuditLog', shows: '"updateInventory"', ...administrators },
  { field: 'userAuditLog', ...administrators },
  { field: 'webhookEndpoints', ...administrators },
  { field: 'webhookEndpoint', variables: ({ endpointId }) => ({ endpointId }), ...administrators },
  { field: 'user', variables: ({ userId }) => ({ userId }), ...administrators },
  { field: 'erasure', variables: ({ erasureId }) => ({ erasureId }), ...administrators },
  { field: 'erasures', ...administrators },
  { field: 'users', ...administrators },
  { field: 'users', variables: ({ email: search }) => ({ search }), ...administrators },
];

const otherAddress = { street: '1 Own St', city: 'Troy', state: 'NY', zipCode: '12180', country: 'USA' };

/** In this order, for each who asks: what ends sessions comes last. */
export const mutationExpectations: Expectation[] = [
  {
    field: 'updateCartItem',
    variables: input(({ itemId }) => ({ itemId, quantity: 1 })),
    ...owner,
  },
  { field: 'removeCartItem', variables: input(({ itemId }) => ({ itemId })), ...owner },
  { field: 'addCartItem', variables: input(() => ({ productId: 'prod_005', quantity: 1 })), ...oneself },
  {
    field: 'createOrder',
    variables: ({ idempotencyKey }) => ({
      idempotencyKey,
      input: {
        shippingAddress: otherAddress,
        paymentMethod: { type: 'credit_card', token: 'tok_visa_1111' },
      },
    }),
    ...oneself,
    // The key is the victim's own: of another input.
    obstacle: 'VAL_001',
    differsFromAbsent: 'the first order empties the cart',
  },
  { field: 'clearCart', ...oneself },
  { field: 'cancelOrder', variables: input(({ openOrderId: orderId }) => ({ orderId })), ...owner },
  {
    field: 'updateAddress',
    variables: input(({ addressId }) => ({ addressId, street: '1 Taken Over St' })),
    ...owner,
  },
  { field: 'removeAddress', variables: input(({ addressId }) => ({ addressId })), ...owner },
  { field: 'addAddress', variables: input(() => otherAddress), ...oneself },
  { field: 'updateProfile', variables: input(() => ({ firstName: 'Changed' })), ...oneself },
  { field: 'requestEmailVerification', ...oneself },
  { field: 'requestPasswordReset', variables: input(({ email }) => ({ email })), ...anybody },
  {
    field: 'register',
    variables: input(({ email }) => ({
      email: email.toUpperCase(),
      password: 'Another-Passw0rd!',
      firstName: 'A',
      lastName: 'B',
    })),
    anonymous: 'RES_002',
    other: 'RES_002',
    demoted: 'RES_002',
    entitled: 'nobody',
    differsFromAbsent: 'an address can be registered once, and who registers has to be told',
  },
  {
    field: 'login',
    variables: input(({ email }) => ({ email, password: 'Wrong-Passw0rd!' })),
    anonymous: 'AUTH_001',
    other: 'AUTH_001',
    demoted: 'AUTH_001',
    entitled: 'nobody',
  },
  { field: 'refreshSession', variables: input(() => ({ refreshToken: NO_TOKEN })), ...secretNeeded },
  { field: 'logout', variables: input(() => ({ refreshToken: NO_TOKEN })), ...secretNeeded },
  { field: 'verifyEmail', variables: input(() => ({ token: NO_TOKEN })), ...secretNeeded },
  {
    field: 'resetPassword',
    variables: input(() => ({ token: NO_TOKEN, newPassword: 'Another-Passw0rd1!' })),
    ...secretNeeded,
  },
  {
    field: 'changePassword',
    variables: input(() => ({ currentPassword: 'Wrong-Passw0rd!', newPassword: 'Another-Passw0rd1!' })),
    anonymous: 'AUTH_003',
    other: 'AUTH_001',
    demoted: 'AUTH_001',
    entitled: 'nobody',
  },
  {
    field: 'deleteMyAccount',
    variables: input(() => ({ currentPassword: 'Wrong-Passw0rd!' })),
    anonymous: 'AUTH_003',
    other: 'AUTH_001',
    demoted: 'AUTH_001',
    entitled: 'nobody',
  },
  {
    field: 'createProduct',
    variables: input(() => ({
      name: 'Lamp',
      description: 'A lamp',
      price: '10.00',
      categoryId: 'cat_audio',
      sku: 'ACCESS-1',
      inventory: 1,
    })),
    ...administrators,
  },
  {
    field: 'updateProduct',
    variables: input(() => ({ productId: 'prod_001', name: 'Renamed' })),
    ...administrators,
  },
  {
    field: 'updateInventory',
    variables: input(() => ({ productId: 'prod_001', delta: 1, note: 'found one' })),
    ...administrators,
  },
  { field: 'createCategory', variables: input(() => ({ name: 'Lamps' })), ...administrators },
  {
    field: 'updateCategory',
    variables: input(() => ({ categoryId: 'cat_audio', name: 'Sound' })),
    ...administrators,
  },
  {
    field: 'updateOrderStatus',
    variables: input(({ orderId }) => ({ orderId, status: 'DELIVERED' })),
    ...administrators,
  },
  {
    field: 'refundOrder',
    variables: ({ orderId, idempotencyKey }) => ({ idempotencyKey, input: { orderId, amount: '1.00' } }),
    ...administrators,
  },
  {
    field: 'noteRefundPaidElsewhere',
    variables: input(({ orderId, refusedRefundId: refundId }) => ({ orderId, refundId })),
    ...administrators,
  },
  {
    field: 'retryCheckout',
    variables: input(({ parkedOrderId: orderId }) => ({ orderId })),
    ...administrators,
  },
  {
    field: 'createWebhookEndpoint',
    variables: input(() => ({ url: 'http://127.0.0.1:9/mine' })),
    ...administrators,
  },
  {
    field: 'updateWebhookEndpoint',
    variables: input(({ endpointId }) => ({ endpointId, url: 'http://127.0.0.1:9/mine' })),
    ...administrators,
  },
  {
    field: 'replayWebhookDelivery',
    variables: input(({ endpointId, eventId }) => ({ endpointId, eventId })),
    ...administrators,
  },
  {
    field: 'deleteWebhookEndpoint',
    variables: input(({ endpointId }) => ({ endpointId })),
    ...administrators,
  },
  {
    field: 'setUserRole',
    variables: input(({ userId }) => ({ userId, role: 'ADMIN' })),
    ...administrators,
  },
  { field: 'endSession', variables: input(({ sessionId }) => ({ sessionId })), ...owner },
  {
    field: 'setUserActive',
    variables: input(({ userId }) => ({ userId, isActive: false })),
    ...administrators,
  },
  { field: 'endAllSessions', ...oneself, entitled: 'nobody' },
];
