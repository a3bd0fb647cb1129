import { cents } from '@commerce/kit/money';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CartFixture, createCartFixture } from './cart-fixture.ts';
import { admin, anonymous, customer, offer } from './samples.ts';

let fixture: CartFixture;
let users = 0;
/** A customer whom no other test uses. */
let ann: ReturnType<typeof customer>;
let annId: string;
let orderId: string;

beforeAll(async () => {
  fixture = await createCartFixture();
});
afterAll(async () => await fixture.close());
beforeEach(() => {
  users += 1;
  annId = `usr_buyer${users}`;
  orderId = `ord_${users}`;
  ann = customer(annId);
  fixture.catalog.isAway = false;
  fixture.catalog.set(offer('prod_001'), offer('prod_002', { priceCents: cents(1_050) }));
  fixture.forget();
});

describe('what only services may ask for', () => {
  it.each([
    ['nobody', anonymous, 'AUTH_004'],
    ['a customer', customer('usr_x'), 'AUTH_004'],
    ['an administrator', admin(), 'AUTH_004'],
  ])('is refused to %s', async (_, viewer, code) => {
    const lines = [{ productId: 'prod_001', quantity: 1 }];
    expect((await fixture.checkout('usr_x', viewer)).code).toBe(code);
    expect((await fixture.version('usr_x', viewer)).code).toBe(code);
    expect((await fixture.consume({ userId: 'usr_x', orderId, version: 0, lines }, viewer)).code).toBe(code);
    const rows = await fixture.client`select order_id from cart_consumptions where order_id = ${orderId}`;
    expect(rows).toHaveLength(0);
  });
});

const pricing = { taxRateBasisPoints: 800, taxRounding: 'down', shippingFlatCents: 1_000 };

describe('the cart for an order', () => {
  it('has what was shown beside what is true now, and stores nothing', async () => {
    await fixture.add(ann, 'prod_001', 2);
    await fixture.add(ann, 'prod_002', 3);
    fixture.catalog.set(
      offer('prod_001', { priceCents: cents(8_999), name: 'Wireless Headphones' }),
      offer('prod_002', { priceCents: cents(1_050), inventory: 1, isActive: false }),
    );
    fixture.forget();
    const { checkout } = await fixture.checkout(annId);
    expect(checkout).toEqual({
      cartId: `cart_${annId}`,
      version: 2,
      currencyCode: 'USD',
      subtotalCents: 21_148,
      taxCents: 1_691,
      shippingCents: 1_000,
      totalCents: 23_839,
      pricing,
      lines: [
        {
          itemId: expect.any(String),
          productId: 'prod_001',
          name: 'Wireless Headphones',
          quantity: 2,
          priceCents: 8_999,
          shownPriceCents: 9_999,
          available: 50,
          isActive: true,
        },
        {
          itemId: expect.any(String),
          productId: 'prod_002',
          name: 'Product prod_002',
          quantity: 3,
          priceCents: 1_050,
          shownPriceCents: 1_050,
          available: 1,
          isActive: false,
        },
      ],
    });
    expect(fixture.statements).toHaveLength(1);
    expect(fixture.catalog.calls).toHaveLength(1);
    expect(await fixture.storedLines(annId)).toMatchObject([{ price: '99.99' }, { price: '10.50' }]);
  });

  it('keeps a product that is gone, as one that cannot be bought', async () => {
    fixture.catalog.set(offer('prod_gone'));
    await fixture.add(ann, 'prod_gone');
    fixture.catalog.remove('prod_gone');
    expect((await fixture.checkout(annId)).checkout).toMatchObject({
      lines: [{ name: null, priceCents: 9_999, shownPriceCents: 9_999, available: 0, isActive: false }],
    });
  });

  it('is empty in dollars for somebody without a cart', async () => {
    expect((await fixture.checkout('usr_never')).checkout).toEqual({
      cartId: 'cart_usr_never',
      version: 0,
      currencyCode: 'USD',
      lines: [],
      subtotalCents: 0,
      taxCents: 0,
      shippingCents: 0,
      totalCents: 0,
      pricing,
    });
  });

  it('is not to be had while the catalog is away: SYS_002', async () => {
    await fixture.add(ann, 'prod_001');
    fixture.catalog.isAway = true;
    expect((await fixture.checkout(annId)).code).toBe('SYS_002');
  });

  it('is not to be had where the total is too high to order: BUS_002', async () => {
    await fixture.add(ann, 'prod_001', 2);
    fixture.catalog.set(offer('prod_001', { priceCents: cents(2_000_000_000) }));
    expect((await fixture.checkout(annId)).code).toBe('BUS_002');
  });
});

describe('the version of a cart', () => {
  it('costs one statement and no call of the catalog', async () => {
    await fixture.add(ann, 'prod_001', 2);
    await fixture.add(ann, 'prod_002', 1);
    fixture.forget();
    expect((await fixture.version(annId)).version).toBe(2);
    expect(fixture.statements).toHaveLength(1);
    expect(fixture.catalog.calls).toHaveLength(0);
  });

  it('is 0 for somebody without a cart', async () => {
    expect((await fixture.version('usr_never')).version).toBe(0);
  });
});

describe('taking an order out of its cart', () => {
  const both = [
    { productId: 'prod_001', quantity: 2 },
    { productId: 'prod_002', quantity: 1 },
  ];
  beforeEach(async () => {
    await fixture.add(ann, 'prod_001', 2);
    await fixture.add(ann, 'prod_002', 1);
    fixture.forget();
  });

  it('empties the ordered version, as one change and one statement', async () => {
    expect((await fixture.consume({ userId: annId, orderId, version: 2, lines: both })).consumed).toBe(true);
    expect(fixture.statements).toHaveLength(1);
    expect(await fixture.storedLines(annId)).toEqual([]);
    expect(await fixture.storedVersion(annId)).toBe(3);
  });

  it('changes nothing the second time, also after new additions', async () => {
    await fixture.consume({ userId: annId, orderId, version: 2, lines: both });
    await fixture.add(ann, 'prod_001', 1);
    expect((await fixture.consume({ userId: annId, orderId, version: 2, lines: both })).consumed).toBe(false);
    expect(await fixture.storedLines(annId)).toMatchObject([{ product_id: 'prod_001', quantity: 1 }]);
    expect(await fixture.storedVersion(annId)).toBe(4);
  });

  it('leaves what was added since', async () => {
    await fixture.add(ann, 'prod_001', 3);
    fixture.catalog.set(offer('prod_003'));
    await fixture.add(ann, 'prod_003', 1);
    await fixture.consume({ userId: annId, orderId, version: 2, lines: both });
    expect(await fixture.storedLines(annId)).toMatchObject([
      { product_id: 'prod_001', quantity: 3 },
      { product_id: 'prod_003', quantity: 1 },
    ]);
    expect(await fixture.storedVersion(annId)).toBe(5);
  });

  it('removes a line of which fewer are left than were ordered', async () => {
    const { items } = await fixture.readCart(ann);
    await fixture.update(ann, items[0]?.itemId ?? '', 1);
    await fixture.consume({ userId: annId, orderId, version: 2, lines: both });
    expect(await fixture.storedLines(annId)).toEqual([]);
  });

  it('changes no version where nothing of it is left', async () => {
    await fixture.clear(ann);
    expect((await fixture.consume({ userId: annId, orderId, version: 2, lines: both })).consumed).toBe(true);
    expect(await fixture.storedVersion(annId)).toBe(3);
  });

  it('is recorded also where there never was a cart', async () => {
    const order = { userId: 'usr_cartless', orderId, version: 0, lines: both };
    expect((await fixture.consume(order)).consumed).toBe(true);
    expect((await fixture.consume(order)).consumed).toBe(false);
    expect(await fixture.storedVersion('usr_cartless')).toBeUndefined();
  });

  it('adds up a product that stands in two lines of the order', async () => {
    await fixture.add(ann, 'prod_001', 2);
    const twice = [
      { productId: 'prod_001', quantity: 1 },
      { productId: 'prod_001', quantity: 1 },
    ];
    await fixture.consume({ userId: annId, orderId, version: 2, lines: twice });
    expect((await fixture.storedLines(annId))[0]).toMatchObject({ product_id: 'prod_001', quantity: 2 });
  });

  it.each([
    ['no lines', { lines: [] }],
    ['no pieces', { lines: [{ productId: 'prod_001', quantity: 0 }] }],
    ['a negative version', { version: -1 }],
    ['an order id that is none', { orderId: 'ord_\0' }],
    ['a user id that is too long', { userId: 'u'.repeat(46) }],
  ])('is refused with VAL_001 for %s', async (_, changes) => {
    const order = { userId: annId, orderId, version: 2, lines: both, ...changes };
    expect((await fixture.consume(order)).code).toBe('VAL_001');
    expect(await fixture.storedLines(annId)).toHaveLength(2);
  });
});
