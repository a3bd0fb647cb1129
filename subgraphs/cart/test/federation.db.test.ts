import { cents } from '@commerce/kit/money';
import type { Viewer } from '@commerce/kit/viewer';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CartFixture, createCartFixture } from './cart-fixture.ts';
import { admin, anonymous, customer, offer } from './samples.ts';

let fixture: CartFixture;
const ann = customer('usr_ann');
const bob = customer('usr_bob');

beforeAll(async () => {
  fixture = await createCartFixture();
  fixture.catalog.set(offer('prod_001'), offer('prod_002', { priceCents: cents(1_050) }));
  await fixture.add(ann, 'prod_001', 2);
  await fixture.add(bob, 'prod_002', 1);
});
afterAll(async () => await fixture.close());
beforeEach(() => {
  fixture.catalog.isAway = false;
  fixture.forget();
});

async function resolve(viewer: Viewer, fields: string, representations: Record<string, string>[]) {
  const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ${fields} } }`;
  const { data, errors } = await fixture.ask(viewer, query, { r: representations });
  return { entities: data?._entities as unknown[], errors };
}

const user = (userId: string) => ({ __typename: 'User', userId });
const userCart = '... on User { userId cart { cartId itemCount summary { total { cents } } } }';

describe('User.cart', () => {
  it('is the own cart', async () => {
    const { entities } = await resolve(ann, userCart, [user('usr_ann')]);
    expect(entities).toEqual([
      {
        userId: 'usr_ann',
        cart: { cartId: 'cart_usr_ann', itemCount: 2, summary: { total: { cents: 22_597 } } },
      },
    ]);
  });

  it('is empty for somebody who never added anything', async () => {
    const { entities } = await resolve(customer('usr_new'), userCart, [user('usr_new')]);
    expect(entities).toMatchObject([{ cart: { itemCount: 0, summary: { total: { cents: 0 } } } }]);
  });

  it.each([
    ['another customer', bob],
    ['nobody', anonymous],
    ['a service', { kind: 'service', name: 'orders' } as const],
  ])('is null for %s, without an error', async (_, viewer) => {
    const { entities, errors } = await resolve(viewer, userCart, [user('usr_ann')]);
    expect(entities).toEqual([{ userId: 'usr_ann', cart: null }]);
    expect(errors).toEqual([]);
    expect(fixture.statements).toEqual([]);
  });

  it('of a page of twenty users costs an administrator one statement and one call', async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `usr_page${index}`);
    fixture.catalog.set(...ids.map((id) => offer(`prod_${id}`)));
    for (const id of ids) await fixture.add(customer(id), `prod_${id}`);
    fixture.forget();
    const fields = '... on User { cart { itemCount items { productId price { cents } } } }';
    const { entities } = await resolve(admin(), fields, ids.map(user));
    expect(entities).toEqual(
      ids.map((id) => ({
        cart: { itemCount: 1, items: [{ productId: `prod_${id}`, price: { cents: 9_999 } }] },
      })),
    );
    expect(fixture.statements).toHaveLength(1);
    expect(fixture.catalog.calls).toHaveLength(1);
  });
});

describe('a cart by its id', () => {
  const fields = '... on Cart { cartId itemCount }';
  const cart = (cartId: string) => ({ __typename: 'Cart', cartId });

  it.each([
    ['its owner', ann, 'cart_usr_ann', { cartId: 'cart_usr_ann', itemCount: 2 }],
    ['an administrator', admin(), 'cart_usr_bob', { cartId: 'cart_usr_bob', itemCount: 1 }],
    ['another customer', ann, 'cart_usr_bob', null],
    ['nobody', anonymous, 'cart_usr_bob', null],
    ['its owner, before anything was added', customer('usr_new'), 'cart_usr_new', { itemCount: 0 }],
    ['somebody with an id that is none', ann, 'usr_ann', null],
  ])('as seen by %s', async (_, viewer, cartId, expected) => {
    const { entities, errors } = await resolve(viewer, fields, [cart(cartId)]);
    expect(errors).toEqual([]);
    if (expected === null) expect(entities).toEqual([null]);
    else expect(entities).toMatchObject([expected]);
  });
});

describe('an item by its id', () => {
  const fields = '... on CartItem { productId quantity subtotal { cents } product { productId } }';
  let annItem: string;
  let bobItem: string;
  beforeAll(async () => {
    annItem = (await fixture.readCart(ann)).items[0]?.itemId ?? '';
    bobItem = (await fixture.readCart(bob)).items[0]?.itemId ?? '';
  });
  const item = (itemId: string) => ({ __typename: 'CartItem', itemId });
  const seenByAnn = {
    productId: 'prod_001',
    quantity: 2,
    subtotal: { cents: 19_998 },
    product: { productId: 'prod_001' },
  };

  it("is the viewer's own; another's is as absent as a missing one", async () => {
    const { entities, errors } = await resolve(ann, fields, [
      item(bobItem),
      item(annItem),
      item('item_none'),
    ]);
    expect(entities).toEqual([null, seenByAnn, null]);
    expect(errors).toEqual([]);
    expect(fixture.statements).toHaveLength(1);
    expect(fixture.catalog.calls).toEqual([['prod_001']]);
  });

  it('is any for an administrator', async () => {
    const { entities } = await resolve(admin(), fields, [item(bobItem), item(annItem)]);
    expect(entities).toMatchObject([{ quantity: 1 }, { quantity: 2 }]);
    expect(fixture.statements).toHaveLength(1);
    expect(fixture.catalog.calls).toHaveLength(1);
  });

  it.each([anonymous, { kind: 'service', name: 'orders' } as const])(
    'is absent for others',
    async (viewer) => {
      expect((await resolve(viewer, fields, [item(annItem)])).entities).toEqual([null]);
    },
  );

  it('costs what was last shown while the catalog is away', async () => {
    fixture.catalog.isAway = true;
    expect((await resolve(ann, fields, [item(annItem)])).entities).toEqual([seenByAnn]);
  });
});
