import type { Viewer } from '@commerce/kit/viewer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CartFixture, createCartFixture } from './cart-fixture.ts';
import { admin, customer, offer } from './samples.ts';

const rounds = Number(process.env.RACE_ROUNDS ?? 1);
const users: Viewer = { kind: 'service', name: 'users' };

let fixture: CartFixture;
beforeAll(async () => {
  fixture = await createCartFixture({ poolSize: 20 });
  fixture.catalog.set(offer('prod_001'), offer('prod_002'));
});
afterAll(async () => await fixture.close());

const document = `mutation ($input: EraseCustomerInput!) {
  eraseCustomerInCart(input: $input) { found { what count } erased { what count } kept { what count reason } }
}`;

async function erase(userId: string, viewer = users) {
  const { data, code } = await fixture.ask(viewer, document, { input: { userId } });
  return { code, proof: Object(data).eraseCustomerInCart ?? null };
}

const cart = [
  { what: 'carts', count: 1 },
  { what: 'lines of carts', count: 2 },
];

describe('an erased customer', () => {
  it('has no cart any more, and it is proved; again the same', async () => {
    const viewer = customer('usr_1');
    await fixture.add(viewer, 'prod_001', 3);
    await fixture.add(viewer, 'prod_002');
    await fixture.consume({
      userId: 'usr_1',
      orderId: 'ord_1',
      version: 1,
      lines: [{ productId: 'prod_001', quantity: 1 }],
    });
    await fixture.add(customer('usr_other'), 'prod_001');
    const { proof } = await erase('usr_1');
    const consumed = { what: 'orders taken out of the cart', count: 1 };
    expect(proof.found).toEqual([...cart, consumed]);
    expect(proof.erased).toEqual(cart);
    expect(proof.kept).toMatchObject([
      { ...consumed, reason: expect.stringContaining('30 days') },
      { what: 'id of the customer', count: 1 },
    ]);
    expect(await fixture.client`select user_id from carts`).toEqual([{ user_id: 'usr_other' }]);
    expect(await fixture.client`select cart_id from cart_items`).toEqual([{ cart_id: 'cart_usr_other' }]);
    expect((await erase('usr_1')).proof).toEqual(proof);
  });

  it('adds nothing any more with a token that still lives', async () => {
    const viewer = customer('usr_late');
    const { cart: before } = await fixture.add(viewer, 'prod_001');
    await erase('usr_late');
    expect((await fixture.add(viewer, 'prod_001')).code).toBe('AUTH_003');
    expect((await fixture.update(viewer, before.items[0]?.itemId ?? '', 2)).code).toBe('RES_001');
    expect((await fixture.clear(viewer)).cart).toMatchObject({ items: [], version: 0 });
    expect((await fixture.readCart(viewer)).items).toEqual([]);
    expect(await fixture.storedVersion('usr_late')).toBeUndefined();
  });

  it('without a cart is remembered all the same', async () => {
    const { proof } = await erase('usr_nothing');
    expect(proof).toMatchObject({ found: [], erased: [], kept: [{ what: 'id of the customer' }] });
    expect((await fixture.add(customer('usr_nothing'), 'prod_001')).code).toBe('AUTH_003');
  });

  it.each(Array.from({ length: rounds }, (_, round) => round))(
    'leaves nothing of what is added at the same moment (round %i)',
    async (round) => {
      const userId = `usr_race${round}`;
      const viewer = customer(userId);
      const answers = await Promise.all(
        Array.from({ length: 10 }, async (_, n) =>
          n === 4 || n === 7 ? (await erase(userId)).code : (await fixture.add(viewer, 'prod_001')).code,
        ),
      );
      for (const code of answers) expect([undefined, 'AUTH_003']).toContain(code);
      expect(await fixture.storedVersion(userId)).toBeUndefined();
      expect(await fixture.storedLines(userId)).toEqual([]);
    },
  );

  it('is named by services only', async () => {
    expect((await erase('usr_x', customer('usr_x'))).code).toBe('AUTH_004');
    expect((await erase('usr_x', admin())).code).toBe('AUTH_004');
    expect((await erase('u'.repeat(46))).code).toBe('VAL_001');
  });
});

describe('the export of a cart', () => {
  const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on DataExport {
    cart { subgraph found { what count } data nextCursor } } } }`;
  const ask = async (viewer: Viewer) => {
    const { data } = await fixture.ask(viewer, query, { r: [{ __typename: 'DataExport', userId: 'usr_2' }] });
    return Object(data)._entities[0];
  };

  it('holds lines and orders that were taken out', async () => {
    await fixture.add(customer('usr_2'), 'prod_001', 3);
    await fixture.add(customer('usr_2'), 'prod_002');
    await fixture.consume({
      userId: 'usr_2',
      orderId: 'ord_2',
      version: 9,
      lines: [{ productId: 'prod_001', quantity: 1 }],
    });
    expect(await ask(customer('usr_2'))).toEqual({
      cart: {
        subgraph: 'cart',
        found: [...cart, { what: 'orders taken out of the cart', count: 1 }],
        data: {
          cart: expect.objectContaining({
            cartId: 'cart_usr_2',
            lines: [
              expect.objectContaining({ productId: 'prod_001', quantity: 2, price: '99.99' }),
              expect.objectContaining({ productId: 'prod_002', quantity: 1 }),
            ],
          }),
          consumptions: [expect.objectContaining({ orderId: 'ord_2', version: 9 })],
        },
        nextCursor: null,
      },
    });
  });

  it('is nobody else’s, not even an administrator’s', async () => {
    for (const viewer of [customer('usr_1'), admin(), users]) expect(await ask(viewer)).toBeNull();
  });
});
