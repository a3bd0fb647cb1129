import type { FieldFault } from '@commerce/kit/errors';
import { isStorable, unstorable } from '@commerce/kit/text';
import {
  coerceInputValue,
  type GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
  type VariableDefinitionNode,
} from 'graphql';

export type VariableFault = FieldFault & { isMissing: boolean };

/** Enough to mend a form or a document by; thousands of faults are not worth an answer of that size. */
export const MAX_FAULTS = 20;

/** Checks an operation's variables against their types, and that subgraphs get what was
 *  sent: text that can be stored, numbers that are finite. Done here, although the gateway does it too, because its
 *  messages quote the values, passwords included, and name no field.
 *  @returns nothing where all is well */
export function findVariableFaults(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): VariableFault[] {
  const faults: VariableFault[] = [];
  for (const definition of operation.variableDefinitions ?? []) {
    const type = typeFromAST(schema, definition.type);
    if (isInputType(type)) faults.push(...checkVariable(definition, type, variables));
    if (faults.length >= MAX_FAULTS) break;
  }
  return faults.slice(0, MAX_FAULTS);
}

function checkVariable(
  definition: VariableDefinitionNode,
  type: GraphQLInputType,
  variables: Readonly<Record<string, unknown>>,
): VariableFault[] {
  const name = definition.variable.name.value;
  const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
  if (value === undefined) {
    const isRequired = isNonNullType(type) && definition.defaultValue === undefined;
    return isRequired ? [missing(name)] : [];
  }
  const faults: VariableFault[] = [];
  coerceInputValue(value, type, (path, invalid, error) => {
    if (faults.length < MAX_FAULTS) faults.push(describe({ name, path }, invalid, error));
  });
  return faults.length > 0 ? faults : findImpossible({ name, path: [] }, value);
}

/** Not left to the subgraphs. One that looks a text up in memory, or takes it for no id, answers as if it could be; and an
 *  infinite number, which is how 1e309 is read, would be sent on as null: a refund of all instead of one that is too high. */
function findImpossible({ name, path }: Place, value: unknown): VariableFault[] {
  if (typeof value === 'number' && !Number.isFinite(value))
    return [{ field: fieldOf({ name, path }), message: 'is out of range', isMissing: false }];
  if (typeof value === 'string') {
    const isFault = !isStorable(value);
    return isFault ? [{ field: fieldOf({ name, path }), message: unstorable, isMissing: false }] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    findImpossible({ name, path: [...path, key] }, inner),
  );
}

function missing(field: string): VariableFault {
  return { field, message: 'is required', isMissing: true };
}

const missingField = /^Field "([^"]+)" of required type /;
const unknownField = /^Field "([^"]+)" is not defined by type /;
const expectations: readonly [pattern: RegExp, describe: (type: string) => string][] = [
  [/ does not exist in "([^"]+)" enum/, (type) => `must be a value of ${type}`],
  [/^Enum "([^"]+)" cannot represent /, (type) => `must be a value of ${type}`],
  [/^([A-Za-z]+) cannot represent /, (type) => `must be of type ${type}`],
  [/^Expected type "([^"]+)"/, (type) => `must be of type ${type}`],
];

type Place = { name: string; path: readonly (string | number)[] };

/** As in a subgraph's own faults: where it stands in its variable, or the variable's name. */
function fieldOf({ name, path }: Place, key?: string): string {
  return [...path, ...(key === undefined ? [] : [key])].join('.') || name;
}

/** Says what graphql-js says, without the value. */
function describe(place: Place, invalid: unknown, { message }: GraphQLError): VariableFault {
  const absent = missingField.exec(message)?.[1];
  if (absent !== undefined) return missing(fieldOf(place, absent));
  const unknown = unknownField.exec(message)?.[1];
  if (unknown !== undefined)
    return { field: fieldOf(place, unknown), message: 'is not known', isMissing: false };
  const field = fieldOf(place);
  if (invalid === null) return missing(field);
  for (const [pattern, text] of expectations) {
    const type = pattern.exec(message)?.[1];
    if (type !== undefined) return { field, message: text(type), isMissing: false };
  }
  return { field, message: 'is not valid', isMissing: false };
}
