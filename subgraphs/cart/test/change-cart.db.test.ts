import { cents } from '@commerce/kit/money';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { amounts, type CartFixture, createCartFixture } from './cart-fixture.ts';
import { customer, offer } from './samples.ts';

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
  annId = `usr_changer${users}`;
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

describe('setting a quantity', () => {
  let itemId: string;
  beforeEach(async () => {
    const { cart } = await fixture.add(ann, 'prod_001', 2);
    itemId = cart.items[0]?.itemId ?? '';
    fixture.forget();
  });

  it('gives the sums of the document', async () => {
    const { cart } = await fixture.update(ann, itemId, 3);
    expect(amounts(cart)).toEqual(['299.97', '23.99', '10.00', '333.96']);
    expect(cart.version).toBe(2);
    expect(fixture.statements).toHaveLength(2);
    expect(fixture.catalog.calls).toHaveLength(1);
  });

  it('to what it is changes nothing', async () => {
    const { cart } = await fixture.update(ann, itemId, 2);
    expect(cart.version).toBe(1);
  });

  it.each([0, -1, 1_000])('refuses %i with VAL_001', async (quantity) => {
    expect((await fixture.update(ann, itemId, quantity)).code).toBe('VAL_001');
    expect(await fixture.storedLines(annId)).toMatchObject([{ quantity: 2 }]);
  });

  it('refuses more than can be bought with BUS_001', async () => {
    const answer = await fixture.update(ann, itemId, 51);
    expect(answer.errors[0]?.extensions).toMatchObject({
      code: 'BUS_001',
      details: { productId: 'prod_001', requested: 51, available: 50 },
    });
    expect(await fixture.storedLines(annId)).toMatchObject([{ quantity: 2 }]);
  });

  it('refuses an inactive product with BUS_002', async () => {
    fixture.catalog.set(offer('prod_001', { isActive: false }));
    expect((await fixture.update(ann, itemId, 1)).code).toBe('BUS_002');
  });

  it('refuses a product that changed its currency with BUS_002', async () => {
    fixture.catalog.set(offer('prod_001', { currencyCode: 'EUR' }));
    expect((await fixture.update(ann, itemId, 1)).code).toBe('BUS_002');
  });

  it('refuses a product that is gone with RES_001', async () => {
    fixture.catalog.remove('prod_001');
    expect((await fixture.update(ann, itemId, 1)).code).toBe('RES_001');
  });

  it('refuses a total that no order could hold with BUS_002', async () => {
    fixture.catalog.set(offer('prod_001', { priceCents: cents(1_000_000_000) }));
    expect((await fixture.update(ann, itemId, 4)).code).toBe('BUS_002');
    expect(await fixture.storedLines(annId)).toMatchObject([{ quantity: 2 }]);
  });

  it('answers SYS_002 while the catalog is away and writes nothing', async () => {
    fixture.catalog.isAway = true;
    expect((await fixture.update(ann, itemId, 3)).code).toBe('SYS_002');
    expect(await fixture.storedLines(annId)).toMatchObject([{ quantity: 2 }]);
  });
});

describe("another customer's item", () => {
  it('answers exactly like one that does not exist', async () => {
    const { cart } = await fixture.add(ann, 'prod_001', 2);
    const itemId = cart.items[0]?.itemId ?? '';
    const bob = customer(`usr_bob${users}`);
    await fixture.add(bob, 'prod_001');

    for (const change of [
      (id: string) => fixture.update(bob, id, 1),
      (id: string) => fixture.remove(bob, id),
    ]) {
      const foreign = await change(itemId);
      expect(foreign.code).toBe('RES_001');
      expect(foreign.errors).toEqual((await change('item_doesNotExist')).errors);
    }
    expect(await fixture.storedLines(annId)).toMatchObject([{ quantity: 2 }]);
    expect(await fixture.storedVersion(annId)).toBe(1);
  });

  it('stays untouched where the store itself is asked with its id', async () => {
    const { cart } = await fixture.add(ann, 'prod_001', 2);
    const itemId = cart.items[0]?.itemId ?? '';
    const prices = new Map([['prod_001', cents(9_999)]]);
    const { store } = fixture.app.createContext({ viewer: ann, clientAddress: '', requestId: '' }).deps;
    const change = { userId: 'usr_thief', itemId, quantity: 9, prices, maxSubtotalCents: cents(100_000) };
    expect(await store.setQuantity(change)).toEqual({ outcome: 'missing' });
    expect(await store.removeItem('usr_thief', itemId)).toEqual({ outcome: 'missing' });
    expect(await fixture.storedLines(annId)).toMatchObject([{ quantity: 2 }]);
  });

  it.each(['', 'item_\0', "' or true --", '__proto__'])(
    'refuses the item id %j with RES_001',
    async (itemId) => {
      await fixture.add(ann, 'prod_001');
      expect((await fixture.update(ann, itemId, 1)).code).toBe('RES_001');
      expect((await fixture.remove(ann, itemId)).code).toBe('RES_001');
    },
  );
});

describe('removing', () => {
  it('leaves an empty cart with zero sums, and a second time finds nothing', async () => {
    const { cart } = await fixture.add(ann, 'prod_001', 2);
    const itemId = cart.items[0]?.itemId ?? '';
    fixture.forget();
    const removed = await fixture.remove(ann, itemId);
    expect(removed.cart).toMatchObject({ items: [], itemCount: 0, version: 2 });
    expect(amounts(removed.cart)).toEqual(['0.00', '0.00', '0.00', '0.00']);
    expect(fixture.statements).toHaveLength(1);
    expect((await fixture.remove(ann, itemId)).code).toBe('RES_001');
    expect(await fixture.storedVersion(annId)).toBe(2);
  });

  it('leaves the other lines, and works while the catalog is away', async () => {
    await fixture.add(ann, 'prod_002');
    const { cart } = await fixture.add(ann, 'prod_001');
    fixture.catalog.isAway = true;
    const removed = await fixture.remove(ann, cart.items[1]?.itemId ?? '');
    expect(removed.cart).toMatchObject({
      items: [{ productId: 'prod_002' }],
      warnings: [{ code: 'PRICES_NOT_CONFIRMED' }],
    });
  });
});

describe('clearing', () => {
  it('removes all lines as one change', async () => {
    await fixture.add(ann, 'prod_001', 2);
    await fixture.add(ann, 'prod_002');
    fixture.forget();
    const { cart } = await fixture.clear(ann);
    expect(cart).toMatchObject({ items: [], version: 3, itemCount: 0 });
    expect(amounts(cart)).toEqual(['0.00', '0.00', '0.00', '0.00']);
    expect(fixture.statements).toHaveLength(1);
    expect(fixture.catalog.calls).toEqual([]);
  });

  it('succeeds on an empty cart without a change', async () => {
    await fixture.add(ann, 'prod_001');
    await fixture.clear(ann);
    expect((await fixture.clear(ann)).cart.version).toBe(2);
  });

  it('succeeds where there never was a cart and makes none', async () => {
    expect((await fixture.clear(ann)).cart).toMatchObject({ version: 0, items: [], updatedAt: null });
    await expectNothingStored();
  });
});

describe('the tables', () => {
  it.each([
    ['a quantity of 0', { quantity: 0, price: '1', currency: 'USD' }],
    ['a quantity of 1000', { quantity: 1_000, price: '1', currency: 'USD' }],
    ['a negative price', { quantity: 1, price: '-1', currency: 'USD' }],
    ['a currency that is none', { quantity: 1, price: '1', currency: 'us' }],
  ])('refuse %s', async (_, { quantity, price, currency }) => {
    await fixture.add(ann, 'prod_001');
    await expect(
      fixture.client`insert into cart_items (item_id, cart_id, product_id, quantity, price, currency)
        values ('item_x', ${`cart_${annId}`}, 'prod_x', ${quantity}, ${price}, ${currency})`,
    ).rejects.toMatchObject({ code: '23514' });
  });

  it('refuse a cart under another id than its owner', async () => {
    await expect(
      fixture.client`insert into carts (cart_id, user_id) values ('cart_a', 'usr_b')`,
    ).rejects.toMatchObject({ constraint_name: 'carts_cart_id_check' });
  });
});
