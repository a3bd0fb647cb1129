import { readFileSync } from 'node:fs';
import { buildSchema, isObjectType } from 'graphql';
import { expect, it } from 'vitest';
import { readPriceList } from '../src/graphql/list-prices.ts';

const supergraph = readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8');

const api = readFileSync(new URL('../../schema/api.graphql', import.meta.url), 'utf8');

/** Lists whose size nobody declares: neither they themselves, nor every field that returns what holds them. */
function undeclaredLists(sdl: string): string[] {
  const fields = [...readPriceList(sdl).fields];
  return fields
    .filter(([name, { isList, listSize }]) => {
      if (!isList || listSize?.assumedSize != null) return false;
      const [parent, field = ''] = name.split('.');
      const holders = fields.filter(([, { type }]) => type === parent);
      return (
        holders.length === 0 || !holders.every(([, holder]) => holder.listSize?.sizedFields.includes(field))
      );
    })
    .map(([name]) => name);
}

it('is declared of every list of the supergraph', () => {
  expect(undeclaredLists(supergraph)).toEqual([]);
});

it('always has a number for who does not ask for one', () => {
  const sliced = [...readPriceList(supergraph).fields].filter(([, { listSize }]) => listSize);

  expect(sliced.length).toBeGreaterThan(20);
  for (const [name, { listSize }] of sliced) expect(listSize?.assumedSize, name).toBeGreaterThan(0);
});

it('is declared by each argument that pages', () => {
  const prices = readPriceList(supergraph);
  const paging = Object.values(buildSchema(api).getTypeMap())
    .filter(isObjectType)
    .flatMap((type) => Object.values(type.getFields()).map((field) => ({ type: type.name, field })))
    .flatMap(({ type, field }) => field.args.map(({ name }) => ({ type, field: field.name, name })))
    .filter(({ name }) => ['first', 'last', 'limit'].includes(name));

  expect(paging.length).toBeGreaterThan(10);
  for (const { type, field, name } of paging)
    expect(prices.priceOf(type, field)?.listSize?.slicingArguments, `${type}.${field}`).toContain(name);
});

it.each([
  ['a new list', 'type Query { things: [Thing!]! } type Thing { id: ID! }', ['Query.things']],
  ['a list behind a null', 'type Query { things: [Thing] }', ['Query.things']],
  [
    'a page that one field sizes and another does not',
    `type Query {
      a(first: Int): Page @listSize(slicingArguments: ["first"], assumedSize: 1, sizedFields: ["nodes"])
      b(first: Int): Page
    } type Page { nodes: [ID!]! }`,
    ['Page.nodes'],
  ],
])('is missed of %s', (_, sdl, missing) => {
  expect(undeclaredLists(sdl)).toEqual(missing);
});
