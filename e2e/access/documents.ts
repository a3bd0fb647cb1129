import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { RootField } from './schemas.ts';

type Node = { type: GraphQLObjectType; selected: Map<string, Node | null> };

/** Everything there is below a type, each type written out where it is met first and without the objects
 *  below it where it comes again: else the selection would not end. Empty for scalars and enums. */
function selectionOf(output: GraphQLOutputType): string {
  const type = getNamedType(output);
  if (!isObjectType(type)) return '';
  const root: Node = { type, selected: new Map() };
  const met = new Set<string>();
  const queue = [root];
  for (const node of queue) {
    const isFirst = !met.has(node.type.name);
    met.add(node.type.name);
    for (const field of Object.values(node.type.getFields())) {
      const below = getNamedType(field.type);
      if (!isObjectType(below)) node.selected.set(field.name, null);
      else if (isFirst) {
        const child: Node = { type: below, selected: new Map() };
        node.selected.set(field.name, child);
        queue.push(child);
      }
    }
  }
  return print(root);
}

function print({ selected }: Node): string {
  const parts = [...selected].map(([name, child]) => (child ? `${name} ${print(child)}` : name));
  return `{ ${parts.length === 0 ? '__typename' : parts.join(' ')} }`;
}

/** A document that asks a root field for all that is below it, with a variable for each argument given. */
export function documentOf({ kind, field }: RootField, variables: object): string {
  const given = field.args.filter(({ name }) => name in variables);
  const declared = given.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const passed = given.map(({ name }) => `${name}: $${name}`).join(', ');
  const list = (text: string) => (text === '' ? '' : `(${text})`);
  return `${kind} Ask${list(declared)} { ${field.name}${list(passed)} ${selectionOf(field.type)} }`;
}

/** A document that asks a subgraph for one field of an entity, with all that is below it. */
export function entityDocumentOf(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>): string {
  return `query Entity($representations: [_Any!]!) {
    _entities(representations: $representations) { __typename ... on ${type.name} { ${field.name} ${selectionOf(field.type)} } }
  }`;
}

/** Variables that satisfy a field's arguments: any id is the one given. */
export function sampleVariables({ field }: RootField, id: string): Record<string, unknown> {
  return Object.fromEntries(field.args.map(({ name, type }) => [name, sampleOf(type, id)]));
}

function sampleOf(type: GraphQLInputType, id: string): unknown {
  if (isNonNullType(type)) return sampleOf(type.ofType, id);
  if (isListType(type)) return [sampleOf(type.ofType, id)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    return Object.fromEntries(
      Object.values(type.getFields()).map((field) => [field.name, sampleOf(field.type, id)]),
    );
  }
  if (type.name === 'Int') return 1;
  if (type.name === 'Boolean') return true;
  return id;
}

/** Calls back for each field of an answer that has a value; an empty list has none.
 *  @param answer of a document without aliases */
export function visitValues(type: GraphQLObjectType, answer: unknown, visit: (field: string) => void): void {
  if (typeof answer !== 'object' || answer === null) return;
  if (Array.isArray(answer)) {
    for (const item of answer) visitValues(type, item, visit);
    return;
  }
  const fields = type.getFields();
  for (const [name, value] of Object.entries(answer)) {
    const field = fields[name];
    if (!field || value === null || (Array.isArray(value) && value.length === 0)) continue;
    visit(`${type.name}.${name}`);
    const below = getNamedType(field.type);
    if (isObjectType(below)) visitValues(below, value, visit);
  }
}

/** The field that a path of an error ends in, such as Product.stockMovements; null for none. */
export function fieldAt(
  schema: GraphQLSchema,
  root: RootField,
  path: readonly (string | number)[],
): string | null {
  let type = root.kind === 'query' ? schema.getQueryType() : schema.getMutationType();
  let found: string | null = null;
  for (const step of path.filter((part) => typeof part === 'string')) {
    const field: GraphQLField<unknown, unknown> | undefined = type?.getFields()[step];
    if (!type || !field) return null;
    found = `${type.name}.${step}`;
    const below = getNamedType(field.type);
    type = isObjectType(below) ? below : null;
  }
  return found;
}
