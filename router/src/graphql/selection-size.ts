import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** What a selection asks for, fragments written out. */
export type SelectionSize = {
  fields: number;
  topFields: number;
  aliases: number;
  /** Fields within fields. */
  depth: number;
  /** The same with fragments, inline or not, as levels of their own. */
  nesting: number;
};

const NOTHING: SelectionSize = { fields: 0, topFields: 0, aliases: 0, depth: 0, nesting: 0 };

/** @returns a function that measures each fragment once, however often it is spread */
export function createMeasure(document: DocumentNode): (selectionSet: SelectionSetNode) => SelectionSize {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const sizes = new Map<string, SelectionSize>();

  function sizeOfFragment(name: string): SelectionSize {
    const known = sizes.get(name);
    if (known) return known;
    // While it is measured it counts nothing, which ends a fragment that contains itself.
    sizes.set(name, NOTHING);
    const fragment = fragments.get(name);
    const size = fragment ? within(sizeOfSet(fragment.selectionSet)) : NOTHING;
    sizes.set(name, size);
    return size;
  }

  function sizeOfSelection(selection: SelectionNode): SelectionSize {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return sizeOfFragment(selection.name.value);
    if (selection.kind === Kind.INLINE_FRAGMENT) return within(sizeOfSet(selection.selectionSet));
    const inner = selection.selectionSet ? sizeOfSet(selection.selectionSet) : NOTHING;
    return {
      fields: inner.fields + 1,
      topFields: 1,
      aliases: inner.aliases + (selection.alias ? 1 : 0),
      // The usual questions about the schema are deep, and the validation limits them itself.
      depth: selection.name.value.startsWith('__') ? 1 : inner.depth + 1,
      nesting: inner.nesting + 1,
    };
  }

  function sizeOfSet(selectionSet: SelectionSetNode): SelectionSize {
    return selectionSet.selections.map(sizeOfSelection).reduce(add, NOTHING);
  }

  return sizeOfSet;
}

function within(size: SelectionSize): SelectionSize {
  return { ...size, nesting: size.nesting + 1 };
}

function add(left: SelectionSize, right: SelectionSize): SelectionSize {
  return {
    fields: sum(left.fields, right.fields),
    topFields: sum(left.topFields, right.topFields),
    aliases: sum(left.aliases, right.aliases),
    depth: Math.max(left.depth, right.depth),
    nesting: Math.max(left.nesting, right.nesting),
  };
}

/** Stops growing soon after it is too large: doubling a thousand times must not end at Infinity. */
function sum(left: number, right: number): number {
  return Math.min(left + right, Number.MAX_SAFE_INTEGER / 2);
}
