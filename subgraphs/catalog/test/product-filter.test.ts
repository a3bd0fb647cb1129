import { describe, expect, it } from 'vitest';
import { parseFilter } from '../src/domain/product-filter.ts';
import { admin, anonymous, customer } from './catalog-fixture.ts';

const everything = {
  category: null,
  brands: [],
  minPriceCents: null,
  maxPriceCents: null,
  text: null,
  inStock: null,
  includeInactive: false,
};

describe('a product filter', () => {
  it.each([undefined, null, {}, { text: '  ' }, { brands: [], inStock: null, minPrice: null }])(
    'restricts nothing where nothing is given: %j',
    (filter) => {
      expect(parseFilter(filter, anonymous)).toEqual(everything);
    },
  );

  it('comes out the same for filters that mean the same', () => {
    const one = parseFilter({ brands: ['B', 'A', 'B'], minPrice: '5' }, anonymous);
    const other = parseFilter({ minPrice: '5.00', brands: ['A', 'B'] }, anonymous);
    expect(one).toEqual(other);
  });

  it('lets only administrators ask for inactive products', () => {
    const filter = { includeInactive: true };
    expect(parseFilter(filter, customer).includeInactive).toBe(false);
    expect(parseFilter(filter, anonymous).includeInactive).toBe(false);
    expect(parseFilter(filter, admin).includeInactive).toBe(true);
  });

  it('refuses a lowest price above the highest', () => {
    expect(() => parseFilter({ minPrice: '10.01', maxPrice: '10' }, anonymous)).toThrow(
      expect.objectContaining({
        code: 'VAL_001',
        details: [{ field: 'minPrice', message: 'must not be above maxPrice' }],
      }),
    );
    expect(parseFilter({ minPrice: '10', maxPrice: '10.00' }, anonymous)).toMatchObject({
      minPriceCents: 1000,
      maxPriceCents: 1000,
    });
  });

  it.each([
    ['minPrice', { minPrice: '1.234' }],
    ['maxPrice', { maxPrice: 'cheap' }],
    ['text', { text: 'x'.repeat(201) }],
    ['text', { text: 'a\0b' }],
    ['category', { category: 'a\ud800' }],
    ['category', { category: 'x'.repeat(101) }],
    ['brands.0', { brands: ['x'.repeat(101)] }],
    ['brands', { brands: Array.from({ length: 101 }, String) }],
    ['brands.1', { brands: ['a', 'a\0b'] }],
  ])('refuses a faulty %s without repeating it', (field, filter) => {
    expect(() => parseFilter(filter, anonymous)).toThrow(
      expect.objectContaining({ code: 'VAL_001', details: [expect.objectContaining({ field })] }),
    );
  });
});
