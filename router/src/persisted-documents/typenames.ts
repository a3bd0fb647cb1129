import { type DocumentNode, type FieldNode, Kind, type SelectionSetNode, visit } from 'graphql';

const typename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/** Asks for `__typename` wherever Apollo Client adds it: in all selections but an operation's own. */
export function withTypenames(document: DocumentNode): DocumentNode {
  return visit(document, {
    SelectionSet(node, _key, parent) {
      const isOperations = parent && 'kind' in parent && parent.kind === Kind.OPERATION_DEFINITION;
      if (isOperations || hasTypename(node)) return undefined;
      return { ...node, selections: [...node.selections, typename] };
    },
  });
}

function hasTypename({ selections }: SelectionSetNode): boolean {
  return selections.some((field) => field.kind === Kind.FIELD && field.name.value.startsWith('__'));
}
