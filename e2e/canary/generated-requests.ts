import {
  type GraphQLInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { documentOf } from '../access/documents.ts';
import { publicSchema, type RootField, rootFieldsOf } from '../access/schemas.ts';
import type { Request } from './requests.ts';

/** Requests for each operation; the first of them is in order. */
export const KINDS = 7;

/** Where the next text comes from. */
type NextText = () => string;

/** Asks every operation of the public graph, but for what {@link generateEndings} asks, with the texts wherever a text, or anything else, can be given: as
 *  variables, as literals, of the wrong type, in comments, beside a field that there is not, and in what is no document.
 *  @param texts given in turn, so that each comes to stand in each place over the operations */
export function generateRequests(texts: readonly string[], token?: string): Request[] {
  const lasting = rootFieldsOf(publicSchema).filter((root) => !isEnding(root));
  return requestsOfAll(lasting, texts).map((body) => ({ path: '/graphql', body, token }));
}

/** The same for what makes the token good for nothing. */
export function generateEndings(texts: readonly string[], token?: string): Request[] {
  const ending = rootFieldsOf(publicSchema).filter(isEnding);
  return requestsOfAll(ending, texts).map((body) => ({ path: '/graphql', body, token }));
}

function isEnding({ field }: RootField): boolean {
  return field.name === 'endAllSessions';
}

function requestsOfAll(roots: readonly RootField[], texts: readonly string[]): object[] {
  let turn = 0;
  const next = () => {
    turn += 1;
    return texts[turn % texts.length] ?? '';
  };
  return roots.flatMap((root) => requestsOf(root, next));
}

function requestsOf(root: RootField, next: NextText): object[] {
  const { kind, field } = root;
  const variablesBy = (make: (type: GraphQLInputType) => unknown) =>
    Object.fromEntries(field.args.map(({ name, type }) => [name, make(type)]));
  const right = variablesBy((type) => givenFor(type, { next, isWrong: false }));
  const hasArguments = field.args.length > 0;
  const wrong = hasArguments
    ? variablesBy((type) => givenFor(type, { next, isWrong: true }))
    : { [next()]: next() };
  const document = documentOf(root, right);
  const literals = (end = '', isWrong = false) => {
    const parts = field.args.map(({ name, type }) => `${name}: ${literalOf(type, { next, end, isWrong })}`);
    // Where nothing is taken, whatever is given is wrong.
    if (!hasArguments && (end !== '' || isWrong)) parts.push(`notThere: ${JSON.stringify(next())}`);
    const list = parts.length === 0 ? '' : `(${parts.join(', ')})`;
    const hasSelection = document.trimEnd().endsWith('} }');
    return `${kind} Literal { ${field.name}${list} ${hasSelection ? '{ __typename }' : ''} }`;
  };
  return [
    { query: document, variables: right },
    { query: document, variables: wrong },
    { query: literals() },
    { query: literals('', true) },
    { query: `# ${next()}\n${literals()} # ${next()}` },
    { query: literals(`notThere: ${JSON.stringify(next())}`) },
    { query: `${literals()} "${next()}` },
  ];
}

function givenFor(type: GraphQLInputType, how: { next: NextText; isWrong: boolean }): unknown {
  if (isNonNullType(type)) return givenFor(type.ofType, how);
  if (isListType(type)) return [givenFor(type.ofType, how)];
  if (isInputObjectType(type)) {
    return Object.fromEntries(
      Object.values(type.getFields()).map((field) => [field.name, givenFor(field.type, how)]),
    );
  }
  if (how.isWrong) return isTextual(type) ? [{ [how.next()]: how.next() }] : how.next();
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (type.name === 'Int') return 1;
  if (type.name === 'Boolean') return true;
  return how.next();
}

function literalOf(type: GraphQLInputType, how: { next: NextText; end: string; isWrong: boolean }): string {
  if (isNonNullType(type)) return literalOf(type.ofType, how);
  if (isListType(type)) return `[${literalOf(type.ofType, how)}]`;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).map(
      (field) => `${field.name}: ${literalOf(field.type, { ...how, end: '' })}`,
    );
    return `{ ${[...fields, how.end].join(' ')} }`;
  }
  if (how.isWrong) {
    const text = JSON.stringify(how.next());
    return isTextual(type) ? `{ a: ${text} }` : text;
  }
  if (isEnumType(type)) return type.getValues()[0]?.name ?? '';
  if (type.name === 'Int') return '1';
  if (type.name === 'Boolean') return 'true';
  return JSON.stringify(how.next());
}

function isTextual(type: GraphQLInputType): boolean {
  return ['String', 'ID'].includes(getNamedType(type).name);
}
