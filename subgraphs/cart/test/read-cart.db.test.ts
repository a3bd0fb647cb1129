import { cents } from '@commerce/kit/money';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { amounts, type CartFixture, createCartFixture } from './cart-fixture.ts';
import { admin, anonymous, customer, offer } from './samples.ts';

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
  annId = `usr_reader${users}`;
  ann = customer(annId);
  fixture.catalog.isAway = false;
  fixture.catalog.set(offer('prod_001'), offer('prod_002', { priceCents: cents(1_050) }));
  fixture.forget();
});

describe('a cart that was never added to', () => {
  it('is empty, with zero sums, and is not written', async () => {
    expect(await fixture.readCart(ann)).toMatchObject({
      cartId: `cart_${annId}`,
      userId: annId,
      version: 0,
      itemCount: 0,
      updatedAt: null,
      items: [],
      warnings: [],
    });
    expect(amounts(await fixture.readCart(ann))).toEqual(['0.00', '0.00', '0.00', '0.00']);
    expect(await fixture.storedVersion(annId)).toBeUndefined();
    expect(fixture.catalog.calls).toEqual([]);
  });

  it('is readable while the catalog is away, without a warning', async () => {
    fixture.catalog.isAway = true;
    expect(await fixture.readCart(ann)).toMatchObject({ items: [], warnings: [] });
  });
});

describe('reading a cart', () => {
  it('shows lines, sums and times in the form of the document', async () => {
    await fixture.add(ann, 'prod_001', 2);
    const cart = await fixture.readCart(ann);

    expect(cart.items).toEqual([
      {
        itemId: expect.stringMatching(/^item_[0-9A-Za-z]{22}$/),
        productId: 'prod_001',
        quantity: 2,
        price: { amount: '99.99', currencyCode: 'USD', cents: 9_999 },
        subtotal: { amount: '199.98', currencyCode: 'USD', cents: 19_998 },
        createdAt: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/),
        product: { __typename: 'Product', productId: 'prod_001' },
      },
    ]);
    expect(amounts(cart)).toEqual(['199.98', '15.99', '10.00', '225.97']);
    expect(cart).toMatchObject({ version: 1, itemCount: 2, warnings: [] });
    expect(cart.updatedAt).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/);
  });

  it('lists lines in the order in which they were added', async () => {
    const ids = ['prod_c', 'prod_a', 'prod_d', 'prod_b'];
    fixture.catalog.set(...ids.map((id) => offer(id)));
    for (const id of ids) await fixture.add(ann, id);
    await fixture.add(ann, 'prod_a');
    expect((await fixture.readCart(ann)).items.map((item) => item.productId)).toEqual(ids);
  });

  it('keeps that order where the clock was set back in between', async () => {
    await fixture.add(ann, 'prod_002');
    await fixture.client`update cart_items set created_at = now() + interval '1 hour' where cart_id = ${`cart_${annId}`}`;
    const { cart } = await fixture.add(ann, 'prod_001');
    expect(cart.items.map((item) => item.productId)).toEqual(['prod_002', 'prod_001']);
  });

  it('costs one statement and one call for all lines', async () => {
    await fixture.add(ann, 'prod_001');
    await fixture.add(ann, 'prod_002');
    fixture.forget();
    await fixture.readCart(ann);
    expect(fixture.statements).toHaveLength(1);
    expect(fixture.catalog.calls).toEqual([['prod_001', 'prod_002']]);
  });

  it('asks the catalog nothing where only the number of items is wanted', async () => {
    await fixture.add(ann, 'prod_001', 3);
    fixture.forget();
    const { data } = await fixture.ask(ann, '{ cart { itemCount version } }');
    expect(data).toEqual({ cart: { itemCount: 3, version: 1 } });
    expect(fixture.catalog.calls).toEqual([]);
    expect(fixture.statements).toHaveLength(1);
  });

  it('reads once where it is asked for under two names', async () => {
    await fixture.add(ann, 'prod_001');
    fixture.forget();
    await fixture.ask(ann, '{ a: cart { items { itemId } } b: cart { summary { total { cents } } } }');
    expect(fixture.statements).toHaveLength(1);
    expect(fixture.catalog.calls).toHaveLength(1);
  });
});

describe('a price that changed', () => {
  beforeEach(async () => {
    await fixture.add(ann, 'prod_001', 2);
    await fixture.add(ann, 'prod_002');
    fixture.catalog.set(offer('prod_001', { priceCents: cents(8_999) }));
    fixture.forget();
  });

  it('is warned of once, is what the sums are made of, and is then stored as shown', async () => {
    const first = await fixture.readCart(ann);
    expect(first.warnings).toEqual([
      {
        code: 'PRICE_CHANGED',
        target: first.items[0]?.itemId,
        message: expect.any(String),
        previousPrice: { amount: '99.99', currencyCode: 'USD', cents: 9_999 },
        available: null,
      },
    ]);
    expect(first.summary.subtotal.amount).toBe('190.48');
    expect(fixture.statements).toHaveLength(2);
    expect(await fixture.storedLines(annId)).toMatchObject([{ price: '89.99' }, { price: '10.50' }]);

    fixture.forget();
    const second = await fixture.readCart(ann);
    expect(second.warnings).toEqual([]);
    expect(fixture.statements).toHaveLength(1);
  });

  it('leaves version and time of the cart as they were', async () => {
    const [before] = await fixture.client`select version, updated_at from carts where user_id = ${annId}`;
    await fixture.readCart(ann);
    const [after] = await fixture.client`select version, updated_at from carts where user_id = ${annId}`;
    expect(after).toEqual(before);
  });

  it.each([
    'itemCount version',
    'items { itemId quantity product { productId } }',
    'warnings { code message }',
    'warnings { code previousPrice { amount } }',
  ])('does not count as shown where no price was asked for: %s', async (fields) => {
    await fixture.ask(ann, `{ cart { ${fields} } }`);
    expect(await fixture.storedLines(annId)).toMatchObject([{ price: '99.99' }, { price: '10.50' }]);
    expect((await fixture.readCart(ann)).warnings).toHaveLength(1);
  });

  it.each(['items { price { cents } }', 'items { subtotal { amount } }', 'summary { total { amount } }'])(
    'counts as shown by %s, stored once',
    async (fields) => {
      await fixture.ask(ann, `{ cart { ${fields} } }`);
      expect(fixture.statements).toHaveLength(2);
      expect((await fixture.readCart(ann)).warnings).toEqual([]);
    },
  );

  it('does not count as shown where the sums could not be told', async () => {
    fixture.catalog.set(offer('prod_001', { priceCents: cents(2_000_000_000) }));
    const { code } = await fixture.ask(ann, '{ cart { summary { total { cents } } } }');
    expect(code).toBe('BUS_002');
    expect(fixture.statements).toHaveLength(1);
  });

  it('does not count as shown by the answer to a change that names no price', async () => {
    const query =
      'mutation { addCartItem(input: { productId: "prod_001", quantity: 1 }) { cart { itemCount items { quantity } } } }';
    await fixture.ask(ann, query);
    expect((await fixture.readCart(ann)).warnings).toMatchObject([{ code: 'PRICE_CHANGED' }]);
  });

  it('does not count as shown to the customer where an administrator saw it', async () => {
    const seen = 'warnings { code } items { price { cents } } summary { total { cents } }';
    const { data } = await fixture.ask(
      admin(),
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on User { cart { ${seen} } } } }`,
      { r: [{ __typename: 'User', userId: annId }] },
    );
    expect(data).toMatchObject({ _entities: [{ cart: { warnings: [{ code: 'PRICE_CHANGED' }] } }] });
    expect(fixture.statements).toHaveLength(1);
    expect((await fixture.readCart(ann)).warnings).toHaveLength(1);
  });

  it('counts as shown in the answer to a change, which warns of it too', async () => {
    const { cart } = await fixture.add(ann, 'prod_001');
    expect(cart.warnings).toMatchObject([{ code: 'PRICE_CHANGED', previousPrice: { amount: '99.99' } }]);
    expect((await fixture.readCart(ann)).warnings).toEqual([]);
  });
});

describe('stock and availability', () => {
  it.each([
    ['INSUFFICIENT_STOCK', { inventory: 1 }, 1],
    ['OUT_OF_STOCK', { inventory: 0 }, 0],
    ['PRODUCT_UNAVAILABLE', { isActive: false }, null],
  ])('warns of %s and still counts the line', async (code, changes, available) => {
    await fixture.add(ann, 'prod_001', 2);
    fixture.catalog.set(offer('prod_001', changes));
    const cart = await fixture.readCart(ann);
    expect(cart.warnings).toEqual([
      { code, target: cart.items[0]?.itemId, message: expect.any(String), previousPrice: null, available },
    ]);
    expect(amounts(cart)).toEqual(['199.98', '15.99', '10.00', '225.97']);
  });

  it('warns of a product that is gone, at the price last shown', async () => {
    fixture.catalog.set(offer('prod_gone'));
    await fixture.add(ann, 'prod_gone');
    fixture.catalog.remove('prod_gone');
    const cart = await fixture.readCart(ann);
    expect(cart.warnings).toMatchObject([{ code: 'PRODUCT_UNAVAILABLE' }]);
    expect(cart.summary.subtotal.amount).toBe('99.99');
  });
});

describe('while the catalog is away', () => {
  it('a cart is readable at the prices last shown, with a warning, and nothing is stored', async () => {
    await fixture.add(ann, 'prod_001', 2);
    fixture.catalog.set(offer('prod_001', { priceCents: cents(1) }));
    fixture.catalog.isAway = true;
    fixture.forget();
    const cart = await fixture.readCart(ann);
    expect(cart.warnings).toEqual([
      {
        code: 'PRICES_NOT_CONFIRMED',
        target: `cart_${annId}`,
        message: expect.any(String),
        previousPrice: null,
        available: null,
      },
    ]);
    expect(amounts(cart)).toEqual(['199.98', '15.99', '10.00', '225.97']);
    expect(fixture.statements).toHaveLength(1);
  });
});

describe('who may read', () => {
  it.each([
    ['nobody without a token', anonymous, 'AUTH_003'],
    ['nobody with an expired token', { kind: 'anonymous', reason: 'expired' } as const, 'AUTH_002'],
    ['nobody with a bad token', { kind: 'anonymous', reason: 'invalid' } as const, 'AUTH_003'],
    ['no service', { kind: 'service', name: 'orders' } as const, 'AUTH_003'],
  ])('%s', async (_, viewer, code) => {
    expect((await fixture.ask(viewer, '{ cart { cartId } }')).code).toBe(code);
  });

  it('an administrator reads the own cart like everybody', async () => {
    const boss = admin(`usr_boss${users}`);
    await fixture.add(boss, 'prod_001');
    expect(await fixture.readCart(boss)).toMatchObject({ itemCount: 1, userId: `usr_boss${users}` });
  });
});

describe('a cart whose total no order could hold', () => {
  it('refuses its sums with BUS_002, but lists its lines, so that they can be removed', async () => {
    fixture.catalog.set(offer('prod_dear', { priceCents: cents(1_000_000) }));
    await fixture.add(ann, 'prod_dear', 50);
    fixture.catalog.set(offer('prod_dear', { priceCents: cents(2_000_000_000) }));

    const sums = await fixture.ask(ann, '{ cart { summary { total { cents } } } }');
    expect(sums).toMatchObject({ code: 'BUS_002', data: { cart: null } });
    const subtotals = await fixture.ask(ann, '{ cart { items { subtotal { cents } } } }');
    expect(subtotals.code).toBe('BUS_002');

    const { cart } = await fixture.askCart(ann, '{ cart { items { itemId price { cents } } } }');
    const removed = await fixture.remove(ann, cart.items[0]?.itemId ?? '');
    expect(amounts(removed.cart)).toEqual(['0.00', '0.00', '0.00', '0.00']);
  });
});
