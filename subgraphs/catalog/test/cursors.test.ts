import { describe, expect, it } from 'vitest';
import type { ProductOrder } from '../src/data/product-list-store.ts';
import { listKey, listPosition, movementPosition, searchPosition } from '../src/domain/cursors.ts';

const byPrice: ProductOrder = { field: 'PRICE', direction: 'ASC' };
const byName: ProductOrder = { field: 'NAME', direction: 'DESC' };
const byTime: ProductOrder = { field: 'CREATED_AT', direction: 'DESC' };

const foreign = expect.objectContaining({
  code: 'VAL_001',
  details: [{ field: 'after', message: 'is not a cursor of this list' }],
});

describe('cursors', () => {
  it.each([
    [byPrice, '99.99'],
    [byName, 'wireless headphones'],
    [byName, ''],
    [byTime, '2024-01-10T08:00:00.000Z'],
  ])('of a list come back as they went: %j %s', (order, key) => {
    const position = { key, productId: 'prod_001' };
    expect(listPosition(order, listKey(order, position))).toEqual(position);
  });

  it('of another order or direction are refused', () => {
    const cursor = listKey(byPrice, { key: '99.99', productId: 'prod_001' });
    expect(() => listPosition(byName, cursor)).toThrow(foreign);
    expect(() => listPosition({ ...byPrice, direction: 'DESC' }, cursor)).toThrow(foreign);
  });

  it.each([
    [byPrice, '1e9'],
    [byPrice, 'NaN'],
    [byPrice, "1'; drop table products"],
    [byTime, 'now'],
    [byTime, '2024-13-45T99:00:00.000Z'],
    [byTime, '2024-02-30T00:00:00.000Z'],
    [byTime, '0000-01-01T00:00:00.000Z'],
    [byTime, '+12024-01-01T00:00:00.000Z'],
    [byPrice, '1e5'],
    [byPrice, '-1'],
    [byPrice, '9'.repeat(40)],
    [byPrice, '9'.repeat(9)],
    [byPrice, ''],
  ])('made up by a client are refused before any SQL: %j %s', (order, key) => {
    expect(() => listPosition(order, listKey(order, { key, productId: 'x' }))).toThrow(foreign);
  });

  it('of searches and ledgers are numbers', () => {
    expect(searchPosition(['1.665910', 'prod_001'])).toEqual({ score: '1.665910', productId: 'prod_001' });
    expect(movementPosition(['42'])).toBe('42');
  });

  it.each(['Infinity', 'NaN', '-1', '1e5', '9'.repeat(40), '', '1.', 'now', '0x1', '1\n'])(
    'of searches and ledgers are refused where their number is %j',
    (number) => {
      expect(() => searchPosition([number, 'prod_001'])).toThrow(foreign);
      expect(() => movementPosition([number])).toThrow(foreign);
    },
  );

  it('of ledgers are refused where their number is more than Postgres can hold', () => {
    expect(() => movementPosition(['9'.repeat(19)])).toThrow(foreign);
  });
});
