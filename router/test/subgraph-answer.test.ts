import { describe, expect, it } from 'vitest';
import { readSubgraphAnswer } from '../src/subgraph-answer.ts';

const errors = (count: number) => Array.from({ length: count }, () => ({ message: 'Odd' }));

describe('a subgraph’s answer', () => {
  it('is its data and the errors that the catalogue knows', () => {
    const known = {
      message: 'Not found',
      path: ['a'],
      extensions: { code: 'RES_001', stacktrace: ['secret'] },
    };
    expect(readSubgraphAnswer({ data: { a: null }, errors: [known], extensions: { a: 1 } }, null)).toEqual({
      data: { a: null },
      errors: [{ message: 'Not found', path: ['a'], extensions: { code: 'RES_001', httpStatus: 404 } }],
    });
  });

  it.each<[string, unknown]>([
    ['a list', []],
    ['text', 'secret'],
    ['nothing', null],
    ['data that is text', { data: 'secret' }],
    ['data that is a list', { data: [] }],
    ['errors that are text', { data: {}, errors: 'secret' }],
    ['an error without a message', { data: {}, errors: [{}] }],
    ['neither data nor errors', { data: null, errors: [] }],
    ['more than ten thousand errors', { data: {}, errors: errors(10_001) }],
    ['a message of more than 2,000 characters', { data: {}, errors: [{ message: 'x'.repeat(2_001) }] }],
  ])('is none where it is %s', (_, body) => {
    expect(() => readSubgraphAnswer(body, null)).toThrow();
  });

  it.each([[undefined], [[]], [[{}, {}, {}]], [[{}, 'secret']], [[{}, []]], [{ length: 2 }]])(
    'is none where the entities are %j instead of two',
    (entities) => {
      expect(() => readSubgraphAnswer({ data: { _entities: entities } }, 2)).toThrow();
      expect(readSubgraphAnswer({ data: { _entities: [{}, null] } }, 2).data).toEqual({
        _entities: [{}, null],
      });
    },
  );
});
