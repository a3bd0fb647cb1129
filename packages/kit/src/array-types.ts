import type postgres from 'postgres';

/** How values of a type, given by its number, are read and written. */
export type ValueTypes = Pick<postgres.Sql['options'], 'parsers' | 'serializers'>;

/** Postgres's own types and their arrays, which have the same numbers in every database. Those of dates and of
 *  numeric are left out: drizzle has them as text. */
const arrayTypeOf: Readonly<Record<number, number>> = {
  16: 1000, // boolean
  17: 1001, // bytea
  20: 1016, // bigint
  21: 1005, // smallint
  23: 1007, // integer
  25: 1009, // text
  114: 199, // json
  700: 1021, // real
  701: 1022, // double precision
  1042: 1014, // character
  1043: 1015, // varchar
  2950: 2951, // uuid
  3802: 3807, // jsonb
};

/** Lets arrays of Postgres's own types be parameters and results, item by item as the types themselves.
 *  postgres.js would ask the server for them at the beginning of each connection, with a statement whose
 *  failure nobody handles: the unhandled rejection would end the process. */
export function addArrayTypes({ parsers, serializers }: ValueTypes): void {
  for (const [key, array] of Object.entries(arrayTypeOf)) {
    // Looked up at each use: drizzle replaces those of the items later.
    const read = (text: string) => convert(parsers[Number(key)], text);
    const write = (item: unknown) => String(convert(serializers[Number(key)], item));
    parsers[array] = (text) => parseArray(text, read);
    serializers[array] = (value) => (Array.isArray(value) ? arrayText(value, write) : value);
  }
}

function convert<Value>(by: ((value: Value) => unknown) | undefined, value: Value): unknown {
  return by === undefined ? value : by(value);
}

/** @param text such as `{1,NULL,"with \" quote"}`, nested for more dimensions */
function parseArray(text: string, read: (item: string) => unknown): unknown {
  let current: unknown[] = [];
  const outer: unknown[][] = [];
  for (const [token, quoted] of text.matchAll(/"((?:[^"\\]|\\.)*)"|[{}]|[^{},"]+/gs)) {
    if (quoted !== undefined) current.push(read(quoted.replace(/\\(.)/gs, '$1')));
    else if (token === '{') {
      const inner: unknown[] = [];
      current.push(inner);
      outer.push(current);
      current = inner;
    } else if (token === '}') current = outer.pop() ?? [];
    else current.push(token === 'NULL' ? null : read(token));
  }
  return current[0];
}

function arrayText(items: readonly unknown[], write: (item: unknown) => string): string {
  const texts = items.map((item) => {
    if (Array.isArray(item)) return arrayText(item, write);
    return item === null ? 'null' : `"${write(item).replace(/[\\"]/g, '\\$&')}"`;
  });
  return `{${texts.join(',')}}`;
}
