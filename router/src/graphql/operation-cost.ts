import { AppError } from '@commerce/kit/errors';
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { FieldPrice, ListSize, PriceList } from './list-prices.ts';

/** Of a list that declares none. A test does not let any such list into the schema. */
const UNDECLARED_SIZE = 100;
/** As subgraphs refuse it; here it is known before anything was asked of them. */
const MAX_PAGE_SIZE = 100;

export type PricedOperation = {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables: Readonly<Record<string, unknown>>;
};

/** The size that a field promises for lists of what it returns. */
type Sized = { fields: readonly string[]; size: number };

/** What an operation may make the services do, before any of it is done: one for each object that may come back, and
 *  for each value under a name of its own, by the declared sizes of lists, and what fields cost by themselves. Fields
 *  count wherever they are asked for, also those that a condition leaves out.
 *  @param asked a valid operation, within the limits of its size: fragments are walked wherever they are used
 *  @throws AppError VAL_001 where a page is larger than any may be */
export function costOf(prices: PriceList, asked: PricedOperation): number {
  const { document, operation } = asked;
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);

  function costOfSet(set: SelectionSetNode, type: string, sized: Sized | null): number {
    let cost = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) cost += costOfField(selection, type, sized);
      else {
        const spread =
          selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
        const condition = spread?.typeCondition?.name.value ?? type;
        if (spread) cost += costOfSet(spread.selectionSet, condition, sized);
      }
    }
    return cost;
  }

  function costOfField(field: FieldNode, parent: string, sized: Sized | null): number {
    const name = field.name.value;
    const price = prices.priceOf(parent, name);
    if (!price) return 0;
    const size = price.listSize ? sizeOf(field, price.listSize, asked) : null;
    const isSized = sized?.fields.includes(name) ?? false;
    const count = price.isList ? ((isSized ? sized?.size : size) ?? UNDECLARED_SIZE) : 1;
    const inner = field.selectionSet
      ? costOfSet(field.selectionSet, price.type, promisedSize(price, size))
      : 0;
    // A value comes with its object for nothing, once: each further name is another copy of it in the answer.
    const isCounted = prices.isComposite(price.type) || field.alias !== undefined;
    return price.weight + count * ((isCounted ? 1 : 0) + inner);
  }

  return costOfSet(operation.selectionSet, operation.operation === 'query' ? 'Query' : 'Mutation', null);
}

function promisedSize({ listSize }: FieldPrice, size: number | null): Sized | null {
  return listSize && size !== null && listSize.sizedFields.length > 0
    ? { fields: listSize.sizedFields, size }
    : null;
}

function sizeOf(field: FieldNode, listSize: ListSize, asked: PricedOperation): number | null {
  let wanted: number | null = null;
  for (const { name, value } of field.arguments ?? []) {
    if (!listSize.slicingArguments.includes(name.value)) continue;
    const number = value.kind === Kind.VARIABLE ? variableOf(value.name.value, asked) : literalOf(value);
    if (number === null) continue;
    if (number < 1 || number > MAX_PAGE_SIZE) throw badPageSize(name.value);
    wanted = Math.max(wanted ?? 0, number);
  }
  return wanted ?? listSize.assumedSize;
}

function literalOf(value: { kind: string; value?: unknown }): number | null {
  return value.kind === Kind.INT ? Number(value.value) : null;
}

/** Variables are valid when this is asked: a value that is absent has its default, and null none. */
function variableOf(name: string, { operation, variables }: PricedOperation): number | null {
  const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
  if (typeof value === 'number') return value;
  const definition = operation.variableDefinitions?.find((each) => each.variable.name.value === name);
  return value === undefined && definition?.defaultValue ? literalOf(definition.defaultValue) : null;
}

function badPageSize(field: string): AppError {
  const details = [{ field, message: `must be 1 to ${MAX_PAGE_SIZE}` }];
  return new AppError('VAL_001', 'Validation failed', { details });
}
