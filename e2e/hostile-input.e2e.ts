import { startTestSupergraph, type TestSupergraph } from '@commerce/testkit/in-process-supergraph';
import { extendSchema, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { mutationExpectations } from './access/expectations.ts';
import { gatherPeople, type People } from './access/people.ts';
import { publicSchema } from './access/schemas.ts';
import { createShopClient, type ShopClient } from './client.ts';
import { cases, casesFor, kindsFor, seed } from './hostile-input/cases.ts';
import { isFreeText, prepareFor, tryFreeText } from './hostile-input/free-text.ts';
import { graphqlOperations, graphqlPlaces } from './hostile-input/graphql-places.ts';
import { codesOf } from './hostile-input/judge.ts';
import type { Place } from './hostile-input/place.ts';
import { restOperations, restPlaces } from './hostile-input/rest-places.ts';
import { openShopRows, type ShopRows } from './hostile-input/rows.ts';
import { tryPlace } from './hostile-input/try-place.ts';
import { openWire, type Wire } from './hostile-input/wire.ts';
import { openShopDatabase, type ShopDatabase } from './shop-database.ts';

/** Hostile values in every field of REST and every argument and input field of GraphQL, as the OpenAPI document and the schema
 *  declare them: each is refused by a 4xx of the catalogue, or is text and taken as that; none is answered by a 5xx, and none
 *  changes a row. */

vi.setConfig({ testTimeout: 180_000 });

let shop: TestSupergraph;
let orders: ShopDatabase;
let client: ShopClient;
let people: People;
let wire: Wire;
let rows: ShopRows;
let places: Place[];

beforeAll(async () => {
  process.stderr.write(`hostile input: SEED=${seed} CASES=${cases}\n`);
  shop = await startTestSupergraph({ env: { GRAPHQL_MAX_COST: '10000000' } });
  orders = openShopDatabase(shop.databaseUrls.orders);
  client = createShopClient(shop.url);
  people = await gatherPeople(shop.url, orders);
  // Deliveries that fail are tried again by themselves: not while rows are compared.
  await orders.run(`update webhook_deliveries set due_at = now() + interval '1 day'`);
  wire = openWire(shop.url);
  rows = await openShopRows(shop.databaseUrls);
  places = [...restPlaces(people, wire), ...graphqlPlaces(publicSchema, people, wire)];
  await rows.readSettled(1_500);
}, 180_000);
afterAll(async () => {
  await rows?.close();
  wire?.close();
  await orders?.close();
  await shop?.close();
});

const takesInput = restOperations.filter(({ parameters, body }) => parameters.length > 0 || body !== null);
const operations = [...takesInput.map(({ name }) => name), ...graphqlOperations(publicSchema)];

describe('the places that values go in', () => {
  const placesOf = (sdl: string) => graphqlPlaces(extendSchema(publicSchema, parse(sdl)), people, wire);

  it('are those of every operation, and each has values that it must refuse', () => {
    expect([...new Set(places.map(({ operation }) => operation))].sort()).toEqual([...operations].sort());
    const harmless = places.filter((place) => !kindsFor(place).some(({ fate }) => fate === 'refused'));
    expect(harmless).toEqual([]);
  });

  it('get as many values as were asked for, together', () => {
    const counts = places.map((place) => casesFor(place, Math.ceil(cases / places.length)).length);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(cases);
  });

  it('grow with the schema, without an entry anywhere', () => {
    const grown = placesOf(
      'extend type Mutation { setMargin(margin: MarginInput!): String } input MarginInput { note: String!, points: [Int!] }',
    );
    expect(
      grown.filter(({ operation }) => operation === 'mutation setMargin').map(({ name }) => name),
    ).toEqual([
      'mutation setMargin margin',
      'mutation setMargin margin.note',
      'mutation setMargin margin.points',
      'mutation setMargin margin.points.0',
    ]);
  });

  it('cannot be of a type for which nobody knows what is hostile', () => {
    expect(() => placesOf('scalar Colour extend type Query { paints(colour: Colour): String }')).toThrow(
      /Colour/,
    );
  });
});

describe('hostile values', () => {
  it.each(operations)('of %s are refused, or taken as text, and change nothing', async (operation) => {
    const perPlace = Math.ceil(cases / places.length);
    for (const place of places.filter((each) => each.operation === operation))
      await tryPlace(place, rows, perPlace);
  });
});

/** Those whose work goes on behind the answer come last. */
const writing = ['mutation', 'post', 'put'].flatMap((start) =>
  operations.filter((name) => name.startsWith(start)),
);
const inOrder = [
  ...writing.filter((name) => !/order/i.test(name)),
  ...writing.filter((name) => /order/i.test(name)),
];

describe('strange text', () => {
  it.each(inOrder)(
    'that %s keeps is kept as it is, and changes no more than other text',
    async (operation) => {
      const prepare = prepareFor(operation, client, people.victim.token);
      const count = Math.max(1, Math.round(cases / 5_000));
      for (const place of places.filter((each) => each.operation === operation && isFreeText(each))) {
        await tryFreeText(place, { rows, prepare, count });
      }
    },
  );
});

describe('what was sent beside the hostile values', () => {
  /** Refused there whatever it is, as its description says. */
  const isNeverTaken = ({ name }: Place) => name === 'query searchProducts filter.text';
  const line = z.object({ data: z.object({ items: z.tuple([z.object({ itemId: z.string() })]) }) });

  it('was valid: with another value there it is taken, or fails for a reason that is none of the value', async () => {
    const { token, targets } = people.victim;
    await client.graphql('mutation { clearCart { cart { version } } }', { token });
    const added = await client.rest('POST', '/api/v1/cart/items', {
      token,
      body: { productId: 'prod_004', quantity: 1 },
    });
    targets.itemId = line.parse(added.body).data.items[0].itemId;
    const anew = [...restPlaces(people, wire), ...graphqlPlaces(publicSchema, people, wire)];
    const rank = ({ operation }: Place) =>
      mutationExpectations.findIndex(({ field }) => operation === `mutation ${field}`);
    const refused: string[] = [];
    for (const place of anew
      .filter((each) => each.sample !== undefined && !isNeverTaken(each))
      .sort((a, b) => rank(a) - rank(b))) {
      const text =
        place.where === 'json' ? JSON.stringify(place.sample) : encodeURIComponent(String(place.sample));
      const codes = codesOf(place, await place.send({ wire: text })) ?? ['none'];
      const bad = codes.filter((code) => /^(VAL_|AUTH_002|AUTH_004|SYS_|none)/.test(code));
      if (bad.length > 0) refused.push(`${place.name}: ${bad.join()} for ${text}`);
    }
    expect(refused).toEqual([]);
  });
});
