import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type ConstDirectiveNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
} from 'graphql';

export const subgraphs = ['users', 'catalog', 'cart', 'orders'] as const;
export type SubgraphName = (typeof subgraphs)[number];
export const services = ['router', ...subgraphs] as const;
export type ServiceName = (typeof services)[number];

/** The composed schema as clients see it. */
export const publicSchema = buildSchema(readText('../../schema/api.graphql'));

/** What each subgraph declares, composed away or not. */
export const subgraphSchemas: Readonly<Record<SubgraphName, GraphQLSchema>> = {
  users: readSubgraph('users'),
  catalog: readSubgraph('catalog'),
  cart: readSubgraph('cart'),
  orders: readSubgraph('orders'),
};

function readText(relativePath: string): string {
  return readFileSync(new URL(relativePath, import.meta.url), 'utf8');
}

function readSubgraph(name: SubgraphName): GraphQLSchema {
  // The directives are Federation's, which the text imports and does not define.
  return buildSchema(readText(`../../subgraphs/${name}/schema.graphql`), {
    assumeValid: true,
    assumeValidSDL: true,
  });
}

type RootKind = 'query' | 'mutation';

/** A field of Query or Mutation. */
export type RootField = { kind: RootKind; field: GraphQLField<unknown, unknown> };

export function rootFieldsOf(schema: GraphQLSchema): RootField[] {
  const fieldsOf = (kind: RootKind, type: GraphQLObjectType | null | undefined): RootField[] =>
    Object.values(type?.getFields() ?? {}).map((field) => ({ kind, field }));
  return [...fieldsOf('query', schema.getQueryType()), ...fieldsOf('mutation', schema.getMutationType())];
}

/** All object types but the roots. */
export function objectTypesOf(schema: GraphQLSchema): GraphQLObjectType[] {
  const roots = [schema.getQueryType(), schema.getMutationType()];
  return Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLObjectType =>
      isObjectType(type) && !type.name.startsWith('__') && !roots.includes(type),
  );
}

/** A type that the router may ask a subgraph for by its key. */
export type Entity = { subgraph: SubgraphName; type: GraphQLObjectType };

export function entitiesOf(subgraph: SubgraphName): Entity[] {
  return objectTypesOf(subgraphSchemas[subgraph])
    .filter(({ astNode }) => astNode?.directives?.some(isResolvableKey))
    .map((type) => ({ subgraph, type }));
}

function isResolvableKey({ name, arguments: args = [] }: ConstDirectiveNode): boolean {
  const resolvable = args.find((argument) => argument.name.value === 'resolvable')?.value;
  return name.value === 'key' && !(resolvable?.kind === 'BooleanValue' && !resolvable.value);
}

/** Fields of a subgraph's roots that the composed schema leaves out: for other services. */
export function serviceFieldsOf(subgraph: SubgraphName): RootField[] {
  const known = new Set(rootFieldsOf(publicSchema).map(({ kind, field }) => `${kind} ${field.name}`));
  return rootFieldsOf(subgraphSchemas[subgraph]).filter(
    ({ kind, field }) => !known.has(`${kind} ${field.name}`),
  );
}

/** Mutations that carry @audited, of one subgraph. */
export function auditedMutationsOf(schema: GraphQLSchema): string[] {
  return Object.values(schema.getMutationType()?.getFields() ?? {})
    .filter(({ astNode }) => astNode?.directives?.some(({ name }) => name.value === 'audited'))
    .map(({ name }) => name);
}
