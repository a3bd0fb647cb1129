import { describe, expect, it } from 'vitest';
import { AppError } from '../src/errors.ts';
import { connection, encodeCursor, type PageArgs, pageRequest } from '../src/pagination.ts';

const defaults = { size: 20, keyLength: 2 };
const request = (args: PageArgs) => pageRequest(args, defaults);

function faultsOf(args: PageArgs, more = defaults): unknown {
  try {
    pageRequest(args, more);
  } catch (error) {
    if (error instanceof AppError && error.code === 'VAL_001') return error.details;
  }
  return null;
}

describe('a page request', () => {
  it.each([
    [{}, { kind: 'cursor', size: 20, after: null }],
    [
      { first: null, after: null, page: null, limit: null },
      { kind: 'cursor', size: 20, after: null },
    ],
    [{ first: 1 }, { kind: 'cursor', size: 1, after: null }],
    [{ first: 100 }, { kind: 'cursor', size: 100, after: null }],
    [
      { first: 5, after: encodeCursor(['a', 'b']) },
      { kind: 'cursor', size: 5, after: ['a', 'b'] },
    ],
    [{ page: 1 }, { kind: 'offset', size: 20, page: 1, offset: 0 }],
    [
      { page: 3, limit: 10 },
      { kind: 'offset', size: 10, page: 3, offset: 20 },
    ],
    [{ limit: 100 }, { kind: 'offset', size: 100, page: 1, offset: 0 }],
  ])('%j is understood', (args, expected) => {
    expect(request(args)).toEqual(expected);
  });

  it.each([
    [{ first: 0 }, ['first']],
    [{ first: -1 }, ['first']],
    [{ first: 101 }, ['first']],
    [{ limit: 0 }, ['limit']],
    [{ limit: 101 }, ['limit']],
    [{ page: 0 }, ['page']],
    [{ page: -1, limit: 0 }, ['limit', 'page']],
    [{ page: 2_147_483_647 }, ['page']],
    [{ page: 1, first: 10 }, ['page']],
    [{ limit: 10, after: encodeCursor(['a', 'b']) }, ['page']],
  ])('%j is refused with VAL_001', (args, fields) => {
    expect(faultsOf(args)).toEqual(fields.map((field) => ({ field, message: expect.any(String) })));
  });

  it.each([
    ['empty', ''],
    ['no JSON', Buffer.from('x').toString('base64url')],
    ['of another length', encodeCursor(['a'])],
    ['with a number', Buffer.from('["a",1]').toString('base64url')],
    ['with a NUL', encodeCursor(['a', '\0'])],
    ['an object', Buffer.from('{"length":2}').toString('base64url')],
    ['made up', '../../etc/passwd'],
  ])('a cursor that is %s is refused with VAL_001', (_, after) => {
    expect(faultsOf({ after })).toEqual([{ field: 'after', message: 'is not a cursor of this list' }]);
  });

  it('a cursor whose values do not fit the list is refused', () => {
    const numeric = { ...defaults, isKey: ([price]: readonly string[]) => /^\d+$/.test(price ?? '') };
    expect(faultsOf({ after: encodeCursor(['1; drop', 'b']) }, numeric)).toHaveLength(1);
    expect(pageRequest({ after: encodeCursor(['12', 'b']) }, numeric)).toMatchObject({ after: ['12', 'b'] });
  });
});

describe('a connection', () => {
  const options = { keyOf: (node: string) => [node, node], countAll: async () => 42 };

  it('has the page, its cursors and no more than asked for', () => {
    const page = connection(request({ first: 2 }), ['a', 'b', 'c'], options);
    expect(page.nodes).toEqual(['a', 'b']);
    expect(page.edges.map((edge) => edge.node)).toEqual(['a', 'b']);
    expect(page.pageInfo).toEqual({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: encodeCursor(['a', 'a']),
      endCursor: encodeCursor(['b', 'b']),
    });
  });

  it('leads on from its last cursor', () => {
    const { pageInfo } = connection(request({ first: 2 }), ['a', 'b', 'c'], options);
    const next = request({ first: 2, after: pageInfo.endCursor });
    expect(next).toMatchObject({ after: ['b', 'b'] });
    expect(connection(next, ['c'], options).pageInfo).toMatchObject({
      hasNextPage: false,
      hasPreviousPage: true,
    });
  });

  it('may be empty, also past the end', () => {
    expect(connection(request({ page: 9, limit: 2 }), [], options).pageInfo).toEqual({
      hasNextPage: false,
      hasPreviousPage: true,
      startCursor: null,
      endCursor: null,
    });
  });

  it('counts only where it is asked to', async () => {
    let counted = 0;
    const countAll = async () => {
      counted += 1;
      return 7;
    };
    const page = connection(request({}), ['a'], { ...options, countAll });
    expect(counted).toBe(0);
    expect(await page.totalCount()).toBe(7);
  });
});
