import { type DocumentNode, Kind, parse, type SelectionSetNode } from 'graphql';

type Path = readonly (string | number)[];

/** Paths of the fields that an operation asked a subgraph for, as the subgraph would have named them in its errors.
 *  Parses the query anew, which only failures pay for.
 *  @param representations of the entities of an entity fetch, else null */
export function askedPaths(query: string, representations: readonly unknown[] | null): Path[] {
  const document = parse(query, { noLocation: true });
  const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return [];
  if (!representations) return responseNames(document, operation.selectionSet, null).map((name) => [name]);
  const [entities] = operation.selectionSet.selections;
  const fields = entities?.kind === Kind.FIELD ? entities.selectionSet : undefined;
  return representations.flatMap((representation, index) => {
    const names = fields ? responseNames(document, fields, typeNameOf(representation)) : [];
    return names.length > 0 ? names.map((name) => ['_entities', index, name]) : [['_entities', index]];
  });
}

function typeNameOf(representation: unknown): string | null {
  const hasName =
    typeof representation === 'object' && representation !== null && '__typename' in representation;
  return hasName && typeof representation.__typename === 'string' ? representation.__typename : null;
}

/** @param typeName of the object that is selected from: fragments on other types are left out; null takes all */
function responseNames(
  document: DocumentNode,
  selectionSet: SelectionSetNode,
  typeName: string | null,
): string[] {
  const names = selectionSet.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) {
      return selection.name.value === '__typename' ? [] : [(selection.alias ?? selection.name).value];
    }
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : findFragment(document, selection.name.value);
    const condition = fragment?.typeCondition?.name.value ?? typeName;
    if (!fragment || (typeName !== null && condition !== typeName)) return [];
    return responseNames(document, fragment.selectionSet, typeName);
  });
  return [...new Set(names)];
}

function findFragment(document: DocumentNode, name: string) {
  return document.definitions
    .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
    .find((definition) => definition.name.value === name);
}
