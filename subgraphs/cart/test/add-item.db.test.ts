import { cents } from '@commerce/kit/money';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { amounts, type CartFixture, createCartFixture } from './cart-fixture.ts';
import { anonymous, customer, offer } from './samples.ts';

let fixture: CartFixture;
let users = 0;
/** A customer whom no other test uses. */
let ann: ReturnType<typeof customer>;
let annId: string;

beforeAll(async () => {
  fixture = await createCartFixture();
});
afterAll(async () => await fixture.close());
beforeEach(() => {
  users += 1;
  annId = `usr_adder${users}`;
  ann = customer(annId);
  fixture.catalog.isAway = false;
  fixture.catalog.set(
    offer('prod_001'),
    offer('prod_002', { priceCents: cents(1_050) }),
    offer('prod_many', { inventory: 100_000, priceCents: cents(1) }),
  );
  fixture.forget();
});

async function expectNothingStored() {
  expect(await fixture.storedVersion(annId)).toBeUndefined();
  expect(await fixture.storedLines(annId)).toEqual([]);
}

describe('adding', () => {
  it('gives the sums of the document', async () => {
    const { cart } = await fixture.add(ann, 'prod_001', 2);
    expect(amounts(cart)).toEqual(['199.98', '15.99', '10.00', '225.97']);
    expect(cart).toMatchObject({ cartId: `cart_${annId}`, version: 1, itemCount: 2, warnings: [] });
  });

  it('adds to the quantity of a product that is there, in its line', async () => {
    const first = await fixture.add(ann, 'prod_001', 2);
    const second = await fixture.add(ann, 'prod_001', 1);
    expect(second.cart.items).toMatchObject([{ itemId: first.cart.items[0]?.itemId, quantity: 3 }]);
    expect(second.cart.version).toBe(2);
  });

  it('costs a read, a write and one call for the cart and the new product', async () => {
    await fixture.add(ann, 'prod_001');
    fixture.forget();
    await fixture.add(ann, 'prod_002');
    expect(fixture.statements).toHaveLength(2);
    expect(fixture.catalog.calls).toEqual([['prod_001', 'prod_002']]);
  });

  it('moves updatedAt, which reading does not', async () => {
    const time = async () => {
      const [row] = await fixture.client`select updated_at from carts where user_id = ${annId}`;
      return new Date(row?.updated_at).getTime();
    };
    await fixture.add(ann, 'prod_001');
    const first = await time();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await fixture.readCart(ann);
    expect(await time()).toBe(first);
    await fixture.add(ann, 'prod_001');
    expect(await time()).toBeGreaterThan(first);
  });

  it.each([0, -1, 1_000, 2_147_483_647])('refuses the quantity %i with VAL_001', async (quantity) => {
    const answer = await fixture.add(ann, 'prod_001', quantity);
    expect(answer.code).toBe('VAL_001');
    expect(answer.errors[0]?.extensions.details).toEqual([
      { field: 'quantity', message: expect.any(String) },
    ]);
    await expectNothingStored();
    expect(fixture.catalog.calls).toEqual([]);
  });

  it.each([
    ['a fraction', 1.5, 'VAL_001'],
    ['text', '2', 'VAL_001'],
    ['nothing', null, 'VAL_002'],
  ])('refuses %s as a quantity', async (_, quantity, code) => {
    const answer = await fixture.ask(
      ann,
      'mutation ($input: AddCartItemInput!) { addCartItem(input: $input) { cart { cartId } } }',
      { input: { productId: 'prod_001', quantity } },
    );
    expect(answer.code).toBe(code);
  });

  it('refuses a sum over 999 with VAL_001 and leaves the line', async () => {
    await fixture.add(ann, 'prod_many', 998);
    const answer = await fixture.add(ann, 'prod_many', 2);
    expect(answer.code).toBe('VAL_001');
    expect(answer.errors[0]?.extensions.details).toEqual([
      { field: 'quantity', message: 'the cart may hold at most 999 of a product' },
    ]);
    expect(await fixture.storedLines(annId)).toMatchObject([{ quantity: 998 }]);
    expect((await fixture.add(ann, 'prod_many', 1)).cart.itemCount).toBe(999);
  });

  it.each([
    ['unknown', 'prod_unknown'],
    ['empty', ''],
    ['with a NUL', 'prod_\0'],
    ['with a quote', "prod_'; drop table carts; --"],
    ['far too long', 'p'.repeat(5_000)],
    ['named like a prototype', '__proto__'],
  ])('refuses a product id that is %s with RES_001', async (_, productId) => {
    expect((await fixture.add(ann, productId)).code).toBe('RES_001');
    await expectNothingStored();
  });

  it('refuses an inactive product with BUS_002', async () => {
    fixture.catalog.set(offer('prod_old', { isActive: false }));
    expect((await fixture.add(ann, 'prod_old')).code).toBe('BUS_002');
    await expectNothingStored();
  });

  it('refuses more than can be bought with BUS_001 and what can be', async () => {
    const answer = await fixture.add(ann, 'prod_001', 51);
    expect(answer.errors[0]?.extensions).toMatchObject({
      code: 'BUS_001',
      details: { productId: 'prod_001', requested: 51, available: 50 },
    });
    await expectNothingStored();
  });

  it('counts what is in the cart already as requested', async () => {
    await fixture.add(ann, 'prod_001', 40);
    const answer = await fixture.add(ann, 'prod_001', 11);
    expect(answer.errors[0]?.extensions).toMatchObject({
      code: 'BUS_001',
      details: { productId: 'prod_001', requested: 51, available: 50 },
    });
    expect(await fixture.storedLines(annId)).toMatchObject([{ quantity: 40 }]);
    expect(await fixture.storedVersion(annId)).toBe(1);
  });

  it('refuses a second currency with BUS_002', async () => {
    fixture.catalog.set(offer('prod_eur', { currencyCode: 'EUR' }));
    await fixture.add(ann, 'prod_001');
    expect((await fixture.add(ann, 'prod_eur')).code).toBe('BUS_002');
    expect(await fixture.storedLines(annId)).toHaveLength(1);
  });

  it('takes another currency into an empty cart', async () => {
    fixture.catalog.set(offer('prod_eur', { currencyCode: 'EUR' }));
    const { cart } = await fixture.add(ann, 'prod_eur');
    expect(cart.summary.total.currencyCode).toBe('EUR');
  });

  it('refuses a 101st product with BUS_002, but still adds to the hundred', async () => {
    const ids = Array.from({ length: 101 }, (_, index) => `prod_n${index}`);
    fixture.catalog.set(...ids.map((id) => offer(id, { priceCents: cents(100) })));
    for (const id of ids.slice(0, 100)) await fixture.add(ann, id);
    expect((await fixture.add(ann, 'prod_n100')).code).toBe('BUS_002');
    expect(await fixture.storedLines(annId)).toHaveLength(100);
    expect((await fixture.add(ann, 'prod_n0')).cart.itemCount).toBe(101);
  });

  it('refuses a total that no order could hold with BUS_002', async () => {
    fixture.catalog.set(offer('prod_dear', { priceCents: cents(1_900_000_000) }));
    await fixture.add(ann, 'prod_dear');
    expect((await fixture.add(ann, 'prod_dear')).code).toBe('BUS_002');
    expect(await fixture.storedLines(annId)).toMatchObject([{ quantity: 1 }]);
  });

  it('counts the present prices of other lines into that total', async () => {
    fixture.catalog.set(offer('prod_dear', { priceCents: cents(1_000) }));
    await fixture.add(ann, 'prod_dear');
    fixture.catalog.set(offer('prod_dear', { priceCents: cents(1_988_400_000) }));
    expect((await fixture.add(ann, 'prod_001')).code).toBe('BUS_002');
    expect(await fixture.storedLines(annId)).toHaveLength(1);
  });

  it('answers SYS_002 while the catalog is away and writes nothing', async () => {
    fixture.catalog.isAway = true;
    expect((await fixture.add(ann, 'prod_001')).code).toBe('SYS_002');
    await expectNothingStored();
  });

  it.each([
    ['no token', anonymous, 'AUTH_003'],
    ['an expired token', { kind: 'anonymous', reason: 'expired' } as const, 'AUTH_002'],
  ])('needs a token: %s', async (_, viewer, code) => {
    expect((await fixture.add(viewer, 'prod_001')).code).toBe(code);
    expect((await fixture.update(viewer, 'item_1', 1)).code).toBe(code);
    expect((await fixture.remove(viewer, 'item_1')).code).toBe(code);
    expect((await fixture.clear(viewer)).code).toBe(code);
  });
});

describe('two changes in one request', () => {
  it('happen one after the other, and the second answers with both', async () => {
    const { data } = await fixture.ask(
      ann,
      `mutation {
        a: addCartItem(input: { productId: "prod_001", quantity: 1 }) { cart { itemCount version } }
        b: addCartItem(input: { productId: "prod_002", quantity: 2 }) { cart { itemCount version } }
      }`,
    );
    expect(data).toEqual({
      a: { cart: { itemCount: 1, version: 1 } },
      b: { cart: { itemCount: 3, version: 2 } },
    });
  });
});
