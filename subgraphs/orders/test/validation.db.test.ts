import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { address, admin, createOrdersFixture, input, type OrdersFixture } from './orders-fixture.ts';

let shop: OrdersFixture;
beforeAll(async () => {
  shop = await createOrdersFixture();
});
beforeEach(async () => await shop.reset());
afterAll(async () => {
  await shop.close();
});

const paying = (token: unknown, type: unknown = 'credit_card') => ({
  ...input,
  paymentMethod: { type, token },
});
const shippingTo = (changes: object) => ({ ...input, shippingAddress: { ...address, ...changes } });

async function refusal(badInput: unknown) {
  const { data, errors } = await shop.order({ input: badInput });
  expect(data?.createOrder ?? null).toBeNull();
  expect(shop.shop.calls).toEqual([]);
  expect(await shop.checkoutStates()).toEqual([]);
  return errors[0];
}

describe('an order’s input', () => {
  it.each([
    ['street', ''],
    ['street', '   '],
    ['street', 'x'.repeat(201)],
    ['city', ''],
    ['city', 'x'.repeat(101)],
    ['state', 'x'.repeat(101)],
    ['zipCode', ''],
    ['zipCode', '1'.repeat(21)],
    ['country', ''],
    ['street', 'a\u0000b'],
    ['street', 'a\nb'],
    ['street', 'a\ud800b'],
    ['state', '\udc00'],
    ['city', '\u200b'],
  ])('is refused where %s is %j', async (field, value) => {
    const error = await refusal(shippingTo({ [field]: value }));
    expect(error?.extensions).toMatchObject({
      code: 'VAL_001',
      httpStatus: 400,
      details: expect.arrayContaining([expect.objectContaining({ field: `shippingAddress.${field}` })]),
    });
  });

  it('names the billing address where that is at fault', async () => {
    const error = await refusal({ ...input, billingAddress: { ...address, city: '' } });
    expect(error?.extensions.details).toMatchObject([{ field: 'billingAddress.city' }]);
  });

  it('lists all faults at once', async () => {
    const error = await refusal({
      ...shippingTo({ city: '', street: '' }),
      paymentMethod: { type: 'cash', token: '' },
    });
    const details = error?.extensions.details;
    const fields = Array.isArray(details) ? details.map((fault) => fault.field) : [];
    expect(new Set(fields)).toEqual(
      new Set([
        'shippingAddress.city',
        'shippingAddress.street',
        'paymentMethod.type',
        'paymentMethod.token',
      ]),
    );
  });

  it.each([
    ['shippingAddress', { paymentMethod: input.paymentMethod }],
    ['paymentMethod', { shippingAddress: address }],
    ['token', { ...input, paymentMethod: { type: 'credit_card' } }],
    ['street', { ...input, shippingAddress: { ...address, street: null } }],
  ])('is VAL_002 where %s is missing', async (_, badInput) => {
    expect((await refusal(badInput))?.extensions).toMatchObject({ code: 'VAL_002', httpStatus: 400 });
  });

  it('may leave the state empty', async () => {
    const order = await shop.placed(undefined, { input: shippingTo({ state: '' }) });
    expect(order.shippingAddress.state).toBe('');
  });

  it.each([
    paying('tok_visa_1234', 'cash'),
    paying(''),
    paying('tok visa'),
    paying('tok_visa_\u00e9'),
    paying('t'.repeat(256)),
  ])('is refused with the payment of %j', async (badInput) => {
    expect((await refusal(badInput))?.extensions.code).toBe('VAL_001');
  });

  it.each([
    '4111111111111111',
    '4111-1111-1111-1111',
    'tok_4111111111111111',
    'tok_visa_378282246310005',
    'tok-5555-5555-5555-4444-12/28',
    '4222222222222',
  ])('is refused with the card number %s, which is stored and logged nowhere', async (card) => {
    const error = await refusal(paying(card));
    expect(error?.extensions).toMatchObject({
      code: 'VAL_001',
      details: [{ field: 'paymentMethod.token' }],
    });
    expect(JSON.stringify(error)).not.toContain(card);
    expect(shop.logLines.join('\n')).not.toContain(card);
    expect(shop.statements.join('\n')).not.toContain(card);
  });

  it.each(['street', 'city', 'state', 'zipCode', 'country'])(
    'is refused with a card number as %s, which is stored and logged nowhere',
    async (field) => {
      const card = '4111 1111 1111 1111';
      for (const [name, badInput] of [
        ['shippingAddress', shippingTo({ [field]: card })],
        ['billingAddress', { ...input, billingAddress: { ...address, [field]: card } }],
      ] as const) {
        const error = await refusal(badInput);
        expect(error?.extensions).toMatchObject({
          code: 'VAL_001',
          details: [{ field: `${name}.${field}`, message: 'must not hold a card number' }],
        });
        expect(JSON.stringify(error)).not.toContain(card);
        expect(shop.logLines.join('\n')).not.toContain(card);
      }
    },
  );

  it('may hold the digits of an address', async () => {
    const digits = { street: '12-34 Main St, Apt 5, call +1 212 555 0147', zipCode: '10001-2345' };
    const order = await shop.placed(undefined, { input: shippingTo(digits) });
    expect(order.shippingAddress).toMatchObject(digits);
  });

  it('keeps no token in any table', async () => {
    const { orderId } = await shop.placed(undefined, { input: paying('tok_visa_secret_1234') });
    const rows = await shop.sql`
      select o.payment_method, row_to_json(o)::text || row_to_json(c)::text
        || (select string_agg(row_to_json(e)::text, '') from order_events e where e.order_id = o.order_id) as everything
      from orders o join checkouts c using (order_id) where o.order_id = ${orderId}`;
    expect(rows[0]?.payment_method).toEqual({
      type: 'credit_card',
      brand: 'visa',
      last4: '1234',
      reference: expect.stringMatching(/^pay_/),
    });
    expect(rows[0]?.everything).not.toContain('secret');
    expect(shop.logLines.join('\n')).not.toContain('secret');
  });
});

describe('a note', () => {
  const card = '4111-1111-1111-1111';
  const cancelling = 'mutation ($i: CancelOrderInput!) { cancelOrder(input: $i) { order { status } } }';
  const updating =
    'mutation ($i: UpdateOrderStatusInput!) { updateOrderStatus(input: $i) { order { status timeline { note } } } }';

  it.each([
    ['reason', cancelling, { reason: `charge ${card} instead` }],
    ['reason', cancelling, { reason: '4111 1111\n1111 1111' }],
    ['reason', cancelling, { reason: 'a\ud800' }],
    ['note', updating, { status: 'PROCESSING', note: card }],
    ['note', updating, { status: 'CANCELLED', note: `said ${card}` }],
  ])('is refused as %s where it must not be kept', async (field, document, badInput) => {
    const { orderId } = await shop.placed();
    shop.statements.length = 0;
    const { errors } = await shop.run(document, {
      viewer: admin,
      variables: { i: { orderId, ...badInput } },
    });
    expect(errors[0]?.extensions).toMatchObject({ code: 'VAL_001', details: [{ field }] });
    expect(JSON.stringify(errors) + shop.logLines.join('')).not.toMatch(/1111/);
    // The audit log's, which keeps it no more than anything else does.
    expect(shop.statements.filter((text) => !/audit_(log|outcomes)/.test(text))).toEqual([]);
    const entries = await shop.sql`select arguments from audit_log where target = ${orderId}`;
    expect(entries).toHaveLength(1);
    expect(JSON.stringify(entries)).not.toMatch(/1111/);
  });

  it('leaves carriers’ numbers alone, which pass the check by chance', async () => {
    const { orderId } = await shop.placed();
    const tracking = { carrier: 'UPS', trackingNumber: '4111111111111111' };
    const { errors } = await shop.run(updating, {
      viewer: admin,
      variables: { i: { orderId, status: 'SHIPPED', tracking } },
    });
    expect(errors).toEqual([]);
  });

  it.each(['carrier', 'trackingNumber', 'url'])('and %s must be text that can be stored', async (field) => {
    const { orderId } = await shop.placed();
    const tracking = { carrier: 'UPS', trackingNumber: '1Z', [field]: 'https://a.example/\ud800' };
    const { errors } = await shop.run(updating, {
      viewer: admin,
      variables: { i: { orderId, status: 'SHIPPED', tracking } },
    });
    expect(errors[0]?.extensions).toMatchObject({
      code: 'VAL_001',
      details: [{ field: `tracking.${field}` }],
    });
  });
});
