import type { Viewer } from '@commerce/kit/viewer';
import { startTestSupergraph, type TestSupergraph } from '@commerce/testkit/in-process-supergraph';
import { extendSchema, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { type Answer, type Asker, createAsker } from './access/ask.ts';
import { documentOf, entityDocumentOf, sampleVariables } from './access/documents.ts';
import { entityExpectations, serviceFields } from './access/entity-expectations.ts';
import { type Expectation, mutationExpectations, queryExpectations } from './access/expectations.ts';
import { emptyHere, fieldReach, type Reach } from './access/field-reach.ts';
import { findAuditGaps, findGaps, findSubgraphGaps } from './access/gaps.ts';
import {
  type Asking,
  absentTargets,
  asIfAbsent,
  createSeen,
  expectNothingOf,
  expectOutcome,
  isAllowed,
  noteValues,
  type Outsider,
  outsiders,
} from './access/judge.ts';
import { gatherPeople, type People, type Targets } from './access/people.ts';
import {
  entitiesOf,
  publicSchema,
  type RootField,
  rootFieldsOf,
  type SubgraphName,
  serviceFieldsOf,
  services,
  subgraphs,
} from './access/schemas.ts';
import { openShopDatabase, type ShopDatabase } from './shop-database.ts';

/** Every field, entity and mutation of the composed schema, asked as nobody, as another customer and as an
 *  administrator who was demoted: what comes back is what the tables in access/ say, none of it is the
 *  victim's, and what is the victim's stays as it was. */

vi.setConfig({ testTimeout: 60_000 });

let shop: TestSupergraph;
let asker: Asker;
let orders: ShopDatabase;
let people: People;
let absent: Targets;
const seen = createSeen();

beforeAll(async () => {
  // Documents that ask for everything cost more than a client may.
  shop = await startTestSupergraph({ env: { GRAPHQL_MAX_COST: '10000000' } });
  asker = createAsker(shop);
  orders = openShopDatabase(shop.databaseUrls.orders);
  people = await gatherPeople(shop.url, orders);
  absent = absentTargets(people.victim.targets);
}, 180_000);
afterAll(async () => {
  await orders?.close();
  await shop?.close();
});

const roots = new Map(rootFieldsOf(publicSchema).map((root) => [`${root.kind} ${root.field.name}`, root]));

function rootOf(kind: RootField['kind'], name: string): RootField {
  const root = roots.get(`${kind} ${name}`);
  if (!root) throw new Error(`The schema has no ${kind} ${name}`);
  return root;
}

const tokenOf = (asking: Asking) => (asking === 'anonymous' ? null : people[asking].token);
const viewerOf = (asking: Asking): Viewer =>
  asking === 'anonymous' ? { kind: 'anonymous', reason: 'missing' } : people[asking].viewer;

async function ask(asking: Asking, root: RootField, variables: Record<string, unknown> = {}) {
  const answer = await asker.askRoot(root, variables, tokenOf(asking));
  expect(noteValues(seen, asking, root, answer)).toEqual([]);
  return answer;
}

async function askAsOutsider(outsider: Outsider, kind: RootField['kind'], entry: Expectation) {
  const { targets } = people.victim;
  const root = rootOf(kind, entry.field);
  const answer = await ask(outsider, root, entry.variables?.(targets));
  expectOutcome(root, answer, entry[outsider]);
  expectNothingOf(people.marks, answer, null);
  const asksForNothing = entry.variables?.(absent);
  if (
    entry.differsFromAbsent ||
    JSON.stringify(asksForNothing) === JSON.stringify(entry.variables?.(targets))
  )
    return;
  expect(await ask(outsider, root, asksForNothing)).toEqual(asIfAbsent(answer, targets, absent));
}

/** Whoever may, asks the same: else the others might have been refused for another reason. */
async function askAsEntitled(kind: RootField['kind'], entry: Expectation): Promise<Answer | null> {
  if (entry.entitled === 'nobody') return null;
  const root = rootOf(kind, entry.field);
  const answer = await ask(entry.entitled, root, entry.variables?.(people.victim.targets));
  const [own] = answer.errors.filter(({ path }) => path.length <= 1);
  expect(own?.code).toBe(entry.obstacle);
  return answer;
}

describe('the tables of who may get what', () => {
  const nothing = { missing: [], superfluous: [] };

  it('have an entry for everything in the composed schema and in the subgraphs, and no other', () => {
    expect(findGaps(publicSchema)).toEqual(nothing);
    expect(findSubgraphGaps()).toEqual(nothing);
  });

  it('have the same mutations for administrators as the audit logs', () => {
    expect(findAuditGaps()).toEqual(nothing);
  });

  it('miss a field, a type and a mutation that are new', () => {
    const grown = extendSchema(
      publicSchema,
      parse(`extend type Order { internalNote: String } type Margin { amount: Int }
        extend type Query { margins: [Margin] } extend type Mutation { setMargin(amount: Int): Margin }`),
    );
    expect(findGaps(grown).missing).toEqual([
      'query margins',
      'mutation setMargin',
      'Order.internalNote',
      'Margin.amount',
    ]);
  });
});

describe.each(outsiders)('%s', (outsider) => {
  it.each(queryExpectations)(`asks for $field and gets: $${outsider}`, async (entry) => {
    await askAsOutsider(outsider, 'query', entry);
  });

  describe.each(subgraphs.flatMap(entitiesOf))(
    'asks $subgraph for the entity $type.name',
    ({ subgraph, type }) => {
      const { key, others } = entityExpectations[`${subgraph}.${type.name}`] ?? {};

      it.each(Object.values(type.getFields()))('and its field $name', async (field) => {
        const { targets } = people.victim;
        const askWith = async (known: Targets) =>
          await asker.askSubgraph(
            subgraph,
            {
              document: entityDocumentOf(type, field),
              variables: { representations: [{ __typename: type.name, ...key?.(known) }] },
            },
            viewerOf(outsider),
          );

        const answer = await askWith(targets);

        const [entity] = Object(answer.data)._entities;
        // A subgraph gives the key back to whoever knows it already.
        const isKnown = field.name in Object(key?.(targets));
        const isPublic = isKnown || fieldReach.get(`${type.name}.${field.name}`) === 'public';
        const isOpen = others === 'public fields' && isPublic;
        if (others === 'absent') expect(entity).toBeNull();
        expect(Object(entity)[field.name] ?? null).toEqual(isOpen ? expect.anything() : null);
        expectNothingOf(people.marks, answer, { ...absent, userId: targets.userId });
        if (JSON.stringify(key?.(targets)) !== JSON.stringify(key?.(absent)))
          expect(await askWith(absent)).toEqual(asIfAbsent(answer, targets, absent));
      });
    },
  );

  it.each(
    subgraphs.flatMap((subgraph) =>
      serviceFieldsOf(subgraph).map((root) => ({ subgraph, root, name: root.field.name })),
    ),
  )('is refused $name of $subgraph, which is for other services', async ({ subgraph, root }) => {
    const answer = await askServiceField(subgraph, root, viewerOf(outsider));
    expect(answer.errors.map(({ code }) => code)).toEqual(['AUTH_004']);
    expect(answer.data?.[root.field.name] ?? null).toBeNull();
  });
});

async function askServiceField(subgraph: SubgraphName, root: RootField, viewer: Viewer): Promise<Answer> {
  const variables = sampleVariables(root, people.victim.targets.userId);
  return await asker.askSubgraph(subgraph, { document: documentOf(root, variables), variables }, viewer);
}

let snapshot: unknown[] | null = null;

/** All that is the victim's, as the victim sees it, and what administrators look after. */
async function takeSnapshot(): Promise<unknown[]> {
  const { endpointId } = people.victim.targets;
  // With their cart, their addresses and all of their orders.
  const own: [string, Record<string, unknown>][] = [
    ['me', {}],
    ['sessions', {}],
    ['product', { productId: 'prod_001' }],
    ['category', { slug: 'audio' }],
  ];
  const answers: unknown[] = [];
  for (const [name, variables] of own) answers.push(await ask('victim', rootOf('query', name), variables));
  const answer = await ask('administrator', rootOf('query', 'webhookEndpoint'), { endpointId });
  // Its deliveries go on failing meanwhile.
  return [...answers, { ...Object(answer.data?.webhookEndpoint), deliveries: null }];
}

describe.each(outsiders)('%s', (outsider) => {
  it.each(mutationExpectations)(
    `calls $field, gets $${outsider}, and changes nothing of the victim's`,
    async (entry) => {
      const before = snapshot ?? (await takeSnapshot());
      // One that fails does not spoil the next.
      snapshot = null;
      await askAsOutsider(outsider, 'mutation', entry);
      snapshot = await takeSnapshot();
      expect(snapshot).toEqual(before);
    },
  );
});

describe('whoever may', () => {
  it.each(queryExpectations.filter(({ entitled }) => entitled !== 'nobody'))(
    'gets $field with what the others asked with ($entitled)',
    async (entry) => {
      const answer = await askAsEntitled('query', entry);
      const text = JSON.stringify(answer);
      const marks = entry.shows ? [entry.shows] : people.marks;
      expect(marks.some((mark) => text.includes(mark))).toBe(true);
    },
  );

  it.each(subgraphs.flatMap(entitiesOf))(
    'gets the entity $type.name of $subgraph',
    async ({ subgraph, type }) => {
      const { key, isOwnersOnly } = entityExpectations[`${subgraph}.${type.name}`] ?? {};
      const representations = [{ __typename: type.name, ...key?.(people.victim.targets) }];
      for (const asking of ['victim', 'administrator'] as const) {
        for (const field of Object.values(type.getFields())) {
          const reach = fieldReach.get(`${type.name}.${field.name}`);
          if (asking === 'victim' && reach === 'administrators') continue;
          const question = { document: entityDocumentOf(type, field), variables: { representations } };
          const { data, errors } = await asker.askSubgraph(subgraph, question, viewerOf(asking));
          expect(errors.filter(({ path }) => path.length <= 3)).toEqual([]);
          const isThere = asking === 'victim' || !isOwnersOnly;
          expect(Object(data)._entities).toEqual([
            isThere ? expect.objectContaining({ __typename: type.name }) : null,
          ]);
        }
      }
    },
  );

  it.each(mutationExpectations.filter(({ entitled }) => entitled !== 'nobody'))(
    'calls $field as the others did ($entitled)',
    async (entry) => {
      await askAsEntitled('mutation', entry);
    },
  );
});

describe('the audit log', () => {
  const entry = z.object({ action: z.string(), actorId: z.string(), outcome: z.string() });
  const page = z.object({ nodes: z.array(entry), pageInfo: z.object({ endCursor: z.string().nullable() }) });

  /** Every entry of an actor in all subgraphs. */
  async function entriesOf(actor: People['other']) {
    const found: z.output<typeof entry>[] = [];
    for (const field of ['userAuditLog', 'catalogAuditLog', 'orderAuditLog']) {
      let after: string | null = null;
      do {
        const document = `query ($filter: AuditLogFilter, $after: String) { ${field}(filter: $filter, after: $after, first: 50) {
          nodes { action actorId outcome } pageInfo { endCursor } } }`;
        const variables = { filter: { actorId: actor.viewer.userId }, after };
        const { data } = await asker.askPublic(document, people.administrator.token, variables);
        const { nodes, pageInfo } = page.parse(data?.[field]);
        found.push(...nodes);
        after = pageInfo.endCursor;
      } while (after !== null);
    }
    return found;
  }

  const acts = mutationExpectations.filter((entry) => entry.other === 'AUTH_004').map(({ field }) => field);

  it('has everything that the administrator did above', async () => {
    const done = (await entriesOf(people.administrator)).filter(({ outcome }) => outcome === 'DONE');
    expect(acts.filter((field) => !done.some(({ action }) => action === field))).toEqual([]);
  });

  it.each(['other', 'demoted'] as const)('has what was refused to the %s', async (outsider) => {
    const entries = await entriesOf(people[outsider]);
    expect(entries.length).toBeGreaterThan(5);
    expect(new Set(entries.map(({ outcome }) => outcome))).toEqual(new Set(['AUTH_004']));
  });
});

describe('each field', () => {
  const reachOf = (reach: Reach) =>
    [...fieldReach].filter(([name, its]) => its === reach && !(name in emptyHere)).map(([name]) => name);

  it('answered somebody who may have it, unless it says why it is empty here', () => {
    expect(reachOf('public').filter((name) => !seen.anonymous.has(name))).toEqual([]);
    expect(reachOf('owner').filter((name) => !seen.victim.has(name) && !seen.other.has(name))).toEqual([]);
    expect(reachOf('administrators').filter((name) => !seen.administrator.has(name))).toEqual([]);
  });

  it('answered nobody who may not have it', () => {
    for (const asking of [...outsiders, 'victim', 'administrator'] as const)
      expect([...seen[asking]].filter((name) => !isAllowed(asking, name))).toEqual([]);
  });
});

describe('the public graph', () => {
  const hidden = subgraphs.flatMap((subgraph) =>
    serviceFieldsOf(subgraph).map((root) => ({ name: root.field.name, root })),
  );

  it.each(hidden)('knows no $name, not even for an administrator', async ({ root }) => {
    const answer = await asker.askRoot(root, sampleVariables(root, 'id'), people.administrator.token);
    expect(answer.data).toBeNull();
    expect(answer.errors.map(({ path }) => path)).not.toEqual([]);
    expect(answer.errors[0]?.code).toMatch(/^VAL_00[12]$/);
  });

  it.each([
    ['_entities', '{ _entities(representations: [{ __typename: "User", userId: "usr_1" }]) { __typename } }'],
    ['_service', '{ _service { sdl } }'],
  ])('knows no %s', async (_name, document) => {
    const answer = await asker.askPublic(document, people.administrator.token);
    expect(answer.data).toBeNull();
    expect(answer.errors[0]?.code).toMatch(/^VAL_00[12]$/);
  });
});

// After all else: the one that may does what it asks for.
describe.each(services)('%s as a service', (name) => {
  it.each(
    subgraphs.flatMap((subgraph) =>
      serviceFieldsOf(subgraph).map((root) => ({ subgraph, root, field: root.field.name })),
    ),
  )('gets $field of $subgraph where it is the one that needs it', async ({ subgraph, root, field }) => {
    const isMeant = serviceFields[subgraph][field] === name;
    const answer = await askServiceField(subgraph, root, { kind: 'service', name });
    const refusals = answer.errors.filter(({ code }) => code.startsWith('AUTH_'));
    // AUTH_003 where the two share no key, AUTH_004 where it may ask for other fields.
    expect(refusals).toHaveLength(isMeant ? 0 : 1);
    if (!isMeant) expect(answer.data?.[field] ?? null).toBeNull();
  });
});

it.each(subgraphs)('%s answers nobody without a token that was made for it', async (name) => {
  const statuses = await asker.statusesOfStrangers(name, people.administrator);
  expect(new Set(statuses)).toEqual(new Set([401]));
});
