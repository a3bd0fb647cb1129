import { cents } from '@commerce/kit/money';
import { describe, expect, it } from 'vitest';
import type { Cart, CartLine } from '../src/data/cart-record.ts';
import { type Offers, presentPrice } from '../src/domain/price-lines.ts';
import { cartWarnings } from '../src/domain/warnings.ts';
import { offer } from './samples.ts';

const line: CartLine = {
  itemId: 'item_1',
  productId: 'prod_1',
  quantity: 3,
  shownPriceCents: cents(9_999),
  currencyCode: 'USD',
  createdAt: new Date(0),
};
const cartOf = (...lines: CartLine[]): Cart => ({
  cartId: 'cart_usr_1',
  userId: 'usr_1',
  version: 1,
  updatedAt: new Date(0),
  lines,
});
const offered = (...offers: (Parameters<typeof offer>[1] & object)[]): Offers =>
  new Map(
    offers.map((changes) => [changes.productId ?? 'prod_1', offer(changes.productId ?? 'prod_1', changes)]),
  );

describe('a cart warns', () => {
  it.each([
    ['of nothing while nothing changed', {}, []],
    ['of nothing where just enough is left', { inventory: 3 }, []],
    [
      'of another price, with the one shown before',
      { priceCents: cents(8_999) },
      [{ code: 'PRICE_CHANGED', previousPrice: { amount: '99.99', currencyCode: 'USD', cents: 9_999 } }],
    ],
    ['of too little stock', { inventory: 2 }, [{ code: 'INSUFFICIENT_STOCK', available: 2 }]],
    ['of no stock', { inventory: 0 }, [{ code: 'OUT_OF_STOCK', available: 0 }]],
    ['of a product taken off sale', { isActive: false, inventory: 0 }, [{ code: 'PRODUCT_UNAVAILABLE' }]],
    [
      'of price and stock together',
      { priceCents: cents(1), inventory: 1 },
      [{ code: 'PRICE_CHANGED' }, { code: 'INSUFFICIENT_STOCK', available: 1 }],
    ],
    [
      'of a product that now costs another currency',
      { currencyCode: 'EUR' },
      [{ code: 'PRODUCT_UNAVAILABLE' }],
    ],
  ])('%s', (_, changes, expected) => {
    expect(cartWarnings(cartOf(line), offered(changes))).toEqual(
      expected
        .map((warning) => ({ ...warning, target: 'item_1', message: expect.any(String) }))
        .map((warning) => expect.objectContaining(warning)),
    );
  });

  it('of a product that is gone', () => {
    expect(cartWarnings(cartOf(line), new Map([['prod_1', null]]))).toEqual([
      { code: 'PRODUCT_UNAVAILABLE', target: 'item_1', message: 'This product is no longer on sale.' },
    ]);
  });

  it('line by line, in their order', () => {
    const other = { ...line, itemId: 'item_2', productId: 'prod_2' };
    const offers = offered({ inventory: 0 }, { productId: 'prod_2', inventory: 1 });
    expect(cartWarnings(cartOf(other, line), offers).map(({ code, target }) => [code, target])).toEqual([
      ['INSUFFICIENT_STOCK', 'item_2'],
      ['OUT_OF_STOCK', 'item_1'],
    ]);
  });

  it('once for the whole cart while the catalog is away', () => {
    expect(cartWarnings(cartOf(line, { ...line, itemId: 'item_2' }), null)).toEqual([
      { code: 'PRICES_NOT_CONFIRMED', target: 'cart_usr_1', message: expect.any(String) },
    ]);
  });

  it('of nothing where it is empty, whatever the catalog does', () => {
    expect(cartWarnings(cartOf(), null)).toEqual([]);
  });
});

describe('the price of a line', () => {
  it('is the present one, also once it was taken off sale', () => {
    expect(presentPrice(line, offered({ priceCents: cents(5), isActive: false }))).toBe(5);
  });

  it.each([
    ['the catalog is away', null],
    ['the product is gone', new Map([['prod_1', null]])],
    ['it costs another currency', offered({ currencyCode: 'EUR', priceCents: cents(1) })],
  ])('is the one last shown where %s', (_, offers) => {
    expect(presentPrice(line, offers)).toBe(9_999);
  });
});
