import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { mutationExpectations, queryExpectations } from '../access/expectations.ts';
import type { People } from '../access/people.ts';
import { objectTypesOf, type RootField, rootFieldsOf } from '../access/schemas.ts';
import { integerShape, textShape } from './documented-limits.ts';
import { sampleFor } from './field-rules.ts';
import type { Hostile, Place, Shape, Step } from './place.ts';
import { setAt, valueAt } from './steps.ts';
import type { Wire, WireRequest } from './wire.ts';

type Variables = Record<string, unknown>;

/** A place in the arguments of a field, before it is known whom to ask. */
type Argument = { path: Step[]; type: GraphQLInputType; shape: Shape; sample: unknown };

type Target = {
  kind: RootField['kind'];
  /** The document without what stands in parentheses, by how the arguments are given. */
  documentWith(declared: string, passed: string): string;
  args: GraphQLField<unknown, unknown>['args'];
  /** Valid arguments. */
  base: Variables;
  token: string;
  name: string;
  /** What the other arguments of the document are. */
  further: { declared: string; variables: Variables };
};

/** Where the rest of a request has to be another for a value to be judged: arguments that cannot be given together, or
 *  only together. */
const adjustments: readonly { of: RegExp; path: Step[]; to?: unknown }[] = [
  { of: /updateInventory input\.onHand$/, path: ['input', 'delta'] },
  { of: /updateOrderStatus input\.tracking/, path: ['input', 'status'], to: 'SHIPPED' },
];

/** Every argument and input field of a schema's Query and Mutation, and the arguments of fields below them. */
export function graphqlPlaces(schema: GraphQLSchema, people: People, wire: Wire): Place[] {
  const targets = [...rootTargets(schema, people), ...nestedTargets(schema, people)];
  return targets.flatMap((target) => {
    const known: Variables = {
      ...people.victim.targets,
      productId: 'prod_001',
      categoryId: 'cat_audio',
      parentId: 'cat_electronics',
    };
    return target.args.flatMap((arg) =>
      argumentsIn({ path: [arg.name], type: arg.type, description: arg.description ?? '' }, schema, {
        known,
        place: target.name,
      }).map((argument) => placeOf(target, argument, wire)),
    );
  });
}

/** Whose places `graphqlPlaces` gives: fields that take arguments. */
export function graphqlOperations(schema: GraphQLSchema): string[] {
  const takesAny = ({ args }: GraphQLField<unknown, unknown>) => args.length > 0;
  const roots = rootFieldsOf(schema).filter(({ field }) => takesAny(field));
  const nested = objectTypesOf(schema).flatMap((type) =>
    Object.values(type.getFields())
      .filter(takesAny)
      .map(({ name }) => `${type.name}.${name}`),
  );
  return [...roots.map(({ kind, field }) => `${kind} ${field.name}`), ...nested];
}

function rootTargets(schema: GraphQLSchema, people: People): Target[] {
  return rootFieldsOf(schema)
    .filter(({ field }) => field.args.length > 0)
    .map(({ kind, field }) => {
      const { base, token } = askingOf(kind, field, people);
      return {
        kind,
        name: `${kind} ${field.name}`,
        documentWith: (declared, passed) =>
          `${kind} Try${declared} { ${field.name}${passed} ${selectionOf(field.type)} }`,
        args: field.args,
        base,
        token,
        further: { declared: '', variables: {} },
      };
    });
}

/** With what a field of a root is asked, and by whom, so that the value under test is all there is to refuse. */
function askingOf(kind: RootField['kind'], field: GraphQLField<unknown, unknown>, people: People) {
  const entries = (kind === 'query' ? queryExpectations : mutationExpectations).filter(
    (entry) => entry.field === field.name,
  );
  const entry = entries.find(({ variables }) => variables !== undefined) ?? entries[0];
  // A key that was used stands for the input it was used with.
  const { idempotencyKey: _key, ...base } = entry?.variables?.(people.victim.targets) ?? {};
  const asking = entry?.entitled === 'administrator' ? people.administrator : people.victim;
  return { base, token: asking.token };
}

/** Arguments of fields of other types, each asked of the first place in the graph where one comes to it. */
function nestedTargets(schema: GraphQLSchema, people: People): Target[] {
  return objectTypesOf(schema).flatMap((type) =>
    Object.values(type.getFields())
      .filter(({ args }) => args.length > 0)
      .map((field) => nestedTarget(schema, people, { type, field })),
  );
}

function nestedTarget(
  schema: GraphQLSchema,
  people: People,
  { type, field }: { type: GraphQLObjectType; field: GraphQLField<unknown, unknown> },
): Target {
  const [root, ...below] = wayTo(schema, type);
  if (!root) throw new Error(`Nothing leads to ${type.name}.${field.name}`);
  const { base } = askingOf('query', root, people);
  const given = root.args.filter(({ name }) => name in base);
  const declared = given.map(({ name, type: of }) => `$of_${name}: ${String(of)}`).join(', ');
  const passed = given.map(({ name }) => `${name}: $of_${name}`).join(', ');
  return {
    kind: 'query',
    name: `${type.name}.${field.name}`,
    documentWith(ownDeclared, ownPassed) {
      const all = [declared, ownDeclared.slice(1, -1)].filter(Boolean).join(', ');
      const inner = `${field.name}${ownPassed} ${selectionOf(field.type)}`;
      const path = below.reduceRight((text, { name }) => `${name} { ${text} }`, inner);
      return `query Try(${all}) { ${root.name}${passed && `(${passed})`} { ${path} } }`;
    },
    args: field.args,
    base: {},
    token: people.administrator.token,
    further: {
      declared,
      variables: Object.fromEntries(given.map(({ name }) => [`of_${name}`, base[name]])),
    },
  };
}

/** @returns the fields from Query to a type, on a shortest way; by single things rather than lists */
function wayTo(schema: GraphQLSchema, wanted: GraphQLObjectType): GraphQLField<unknown, unknown>[] {
  const queryType = schema.getQueryType();
  if (!queryType) return [];
  const met = new Set<string>([queryType.name]);
  const queue: { type: GraphQLObjectType; way: GraphQLField<unknown, unknown>[] }[] = [
    { type: queryType, way: [] },
  ];
  for (const { type, way } of queue) {
    const fields = Object.values(type.getFields()).sort(
      (one, other) =>
        Number(isListType(getNullableType(one.type))) - Number(isListType(getNullableType(other.type))),
    );
    for (const field of fields) {
      const below = getNamedType(field.type);
      if (!isObjectType(below) || met.has(below.name)) continue;
      met.add(below.name);
      if (below === wanted) return [...way, field];
      queue.push({ type: below, way: [...way, field] });
    }
  }
  return [];
}

/** What is directly in a type and in the objects below it: enough to read back by. */
function selectionOf(output: GraphQLOutputType, depth = 2): string {
  const type = getNamedType(output);
  if (!isObjectType(type)) return '';
  const parts = Object.values(type.getFields())
    .filter(({ args }) => args.length === 0)
    .flatMap((field) => {
      if (!isObjectType(getNamedType(field.type))) return [field.name];
      return depth > 1 ? [`${field.name} ${selectionOf(field.type, depth - 1)}`] : [];
    });
  return `{ ${['__typename', ...parts].join(' ')} }`;
}

type Described = { path: Step[]; type: GraphQLInputType; description: string };
type Samples = { known: Variables; place: string };

function argumentsIn(
  { path, type, description }: Described,
  schema: GraphQLSchema,
  samples: Samples,
): Argument[] {
  const own: Argument = {
    path,
    type,
    shape: shapeOf(type, description),
    sample: sampleOf(type, `${samples.place} ${path.join('.')}`, samples.known),
  };
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const of = { path: [...path, 0], type: nullable.ofType, description: '' };
    return [own, ...argumentsIn(of, schema, samples)];
  }
  if (!isInputObjectType(nullable)) return [own];
  const fields = Object.values(nullable.getFields());
  const within = fields.flatMap((field) => {
    const limits = field.description ?? '';
    const asOnCreation = createdLike(schema, nullable.name, field.name);
    const text = /\d/.test(limits) ? limits : (asOnCreation ?? limits);
    return argumentsIn({ path: [...path, field.name], type: field.type, description: text }, schema, samples);
  });
  return [own, ...within];
}

/** What the input that creates says of a field of the one that updates. */
function createdLike(schema: GraphQLSchema, type: string, field: string): string | null {
  const creating = schema.getType(type.replace(/^Update/, 'Create'));
  return isInputObjectType(creating) ? (creating.getFields()[field]?.description ?? null) : null;
}

function shapeOf(type: GraphQLInputType, description: string): Shape {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return { kind: 'list', of: shapeOf(nullable.ofType, '') };
  if (isInputObjectType(nullable)) return { kind: 'object' };
  if (isEnumType(nullable)) return { kind: 'enum', values: nullable.getValues().map(({ name }) => name) };
  switch (nullable.name) {
    case 'String':
      return textShape(description);
    case 'ID':
      return { kind: 'id' };
    case 'Int':
      return integerShape(description);
    case 'Decimal':
      return { kind: 'decimal' };
    case 'DateTime':
      return { kind: 'time' };
    case 'Boolean':
      return { kind: 'boolean' };
    default:
      throw new Error(`Nobody knows what is hostile to a ${nullable.name}: say so in hostile-json.ts`);
  }
}

const scalarSamples: Readonly<Record<string, unknown>> = {
  String: 'Sample',
  ID: 'sample_1',
  Int: 1,
  Boolean: true,
  Decimal: '1.00',
  DateTime: '2024-01-15T10:30:00Z',
};

function sampleOf(type: GraphQLInputType, name: string, known: Variables): unknown {
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const entry = sampleOf(nullable.ofType, `${name}.0`, known);
    return [entry];
  }
  if (isEnumType(nullable)) return nullable.getValues()[0]?.name;
  if (!isInputObjectType(nullable)) {
    const field = name.split(/[ .]/).at(-1) ?? '';
    return nullable.name === 'ID'
      ? (known[field] ?? 'sample_1')
      : sampleFor(name, scalarSamples[nullable.name]);
  }
  const required = Object.values(nullable.getFields()).filter(
    (field) => isNonNullType(field.type) && field.defaultValue === undefined,
  );
  return Object.fromEntries(
    required.map((field) => [field.name, sampleOf(field.type, `${name}.${field.name}`, known)]),
  );
}

const SENTINEL = '"@hostile@"';

function placeOf(target: Target, argument: Argument, wire: Wire): Place {
  const { path, type, shape } = argument;
  const name = `${target.name} ${path.join('.')}`;
  const base = structuredClone(target.base);
  for (const { of, path: way, to } of adjustments) if (of.test(name)) setAt(base, way, to);
  const present = valueAt(base, path);
  const sample = present === undefined ? argument.sample : present;
  // Objects on the way there that the valid arguments lack.
  const filled = fillWay(base, target, path);
  return {
    name,
    operation: target.name,
    api: 'graphql',
    where: 'json',
    shape,
    isRequired: isNonNullType(type),
    isWrite: target.kind === 'mutation',
    sample,
    send(hostile, fresh = []) {
      const own = structuredClone(filled);
      for (const { path: way, value } of fresh) setAt(own, way, value);
      return wire.send(requestFor(target, { filled: own, path }, hostile));
    },
  };
}

function fillWay(base: Variables, target: Target, path: Step[]): Variables {
  const arg = target.args.find(({ name }) => name === path[0]);
  if (!arg) throw new Error(`${target.name} has no ${String(path[0])}`);
  const variables = structuredClone(base);
  let type: GraphQLInputType = arg.type;
  path.slice(0, -1).forEach((_, index) => {
    const way = path.slice(0, index + 1);
    if (valueAt(variables, way) == null)
      setAt(variables, way, sampleOf(type, `${target.name} ${way.join('.')}`, {}));
    const nullable = getNullableType(type);
    const next = path[index + 1];
    if (isListType(nullable)) type = nullable.ofType;
    else if (isInputObjectType(nullable) && typeof next === 'string')
      type = nullable.getFields()[next]?.type ?? type;
  });
  return variables;
}

type Filled = { filled: Variables; path: Step[] };

function requestFor(target: Target, { filled, path }: Filled, hostile: Hostile): WireRequest {
  const given = target.args.filter(({ name }) => name in filled || name === path[0]);
  const isInline = (name: string) => hostile.isInDocument === true && name === path[0];
  const declared = given
    .filter(({ name }) => !isInline(name))
    .map(({ name, type }) => `$${name}: ${String(type)}`);
  const passed = given.map(({ name, type }) =>
    isInline(name)
      ? `${name}: ${literalOf(type, filled[name], { path: path.slice(1), wire: hostile.wire })}`
      : `${name}: $${name}`,
  );
  const list = (parts: string[]) => (parts.length === 0 ? '' : `(${parts.join(', ')})`);
  const query = target.documentWith(list(declared), list(passed));
  const own = structuredClone(filled);
  if (hostile.isInDocument) delete own[String(path[0])];
  else setAt(own, path, '@hostile@');
  const text = JSON.stringify({ query, variables: { ...own, ...target.further.variables } });
  const [before = '', after = ''] = text.split(SENTINEL);
  const value = hostile.isInDocument ? '' : hostile.wire;
  return {
    method: 'POST',
    path: '/graphql',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${target.token}` },
    body: Buffer.concat([
      Buffer.from(before),
      Buffer.from(value, hostile.encoding ?? 'utf8'),
      Buffer.from(after),
    ]),
  };
}

/** A value as GraphQL text, with the wire's at a path in it. */
function literalOf(
  type: GraphQLInputType,
  value: unknown,
  hole: { path: Step[]; wire: string } | null,
): string {
  if (hole?.path.length === 0) return hole.wire;
  const nullable = getNullableType(type);
  if (value === null) return 'null';
  if (isListType(nullable)) {
    const items = Array.isArray(value) ? value : [value];
    const literals = items.map((item, index) =>
      literalOf(
        nullable.ofType,
        item,
        hole?.path[0] === index ? { ...hole, path: hole.path.slice(1) } : null,
      ),
    );
    return `[${literals.join(', ')}]`;
  }
  if (isInputObjectType(nullable)) {
    const fields = nullable.getFields();
    const [step] = hole?.path ?? [];
    const names = new Set([...Object.keys(Object(value)), ...(typeof step === 'string' ? [step] : [])]);
    const literals = [...names].map((name) => {
      const field = fields[name];
      const inner = hole && step === name ? { ...hole, path: hole.path.slice(1) } : null;
      return field ? `${name}: ${literalOf(field.type, Object(value)[name], inner)}` : '';
    });
    return `{ ${literals.join(', ')} }`;
  }
  return isEnumType(nullable) ? String(value) : JSON.stringify(value);
}
