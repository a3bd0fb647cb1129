import { AppError } from '@commerce/kit/errors';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  parse,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';

/** A document of more is not read on. Validating compares fields pair by pair. */
export const MAX_TOKENS = 5_000;
/** Fields with all fragments written out: planning takes about a millisecond for each, in which nothing else runs. */
const MAX_FIELDS = 1_000;
/** Top fields of one operation: each is a request to a subgraph. */
const MAX_TOP_FIELDS = 100;
const MAX_DEPTH = 15;
const KEPT_CHARACTERS = 2_000_000;

/** What a selection asks for, fragments written out. */
type Size = { fields: number; topFields: number; depth: number };

const NOTHING: Size = { fields: 0, topFields: 0, depth: 0 };

export type RequireModest = (query: unknown) => void;

/** @returns a check of an operation's text that stands before its validation and planning, both of which may take
 *  seconds for a few hundred bytes. Texts that are malformed pass: the validation tells what is wrong with them.
 *  It throws AppError VAL_001 */
export function createOperationLimits(): RequireModest {
  const modest = new LRUCache<string, true>({ maxSize: KEPT_CHARACTERS, sizeCalculation: textSize });
  return (query) => {
    if (typeof query !== 'string' || modest.has(query)) return;
    const document = parseOrNull(query);
    if (!document) return;
    requireModest(document);
    modest.set(query, true);
  };
}

function textSize(_: true, text: string): number {
  return text.length + 1;
}

function parseOrNull(query: string): DocumentNode | null {
  try {
    return parse(query, { noLocation: true, maxTokens: MAX_TOKENS });
  } catch (error) {
    if (error instanceof GraphQLError) return null;
    throw error;
  }
}

function requireModest(document: DocumentNode): void {
  const sizeOf = createMeasure(document);
  let fields = 0;
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION && definition.kind !== Kind.FRAGMENT_DEFINITION)
      continue;
    const size = sizeOf(definition.selectionSet);
    if (size.depth > MAX_DEPTH) throw tooLarge(`${MAX_DEPTH} levels deep`);
    if (size.topFields > MAX_TOP_FIELDS && definition.kind === Kind.OPERATION_DEFINITION) {
      throw tooLarge(`${MAX_TOP_FIELDS} fields at the top`);
    }
    // A fragment counts where it is spread, and by itself because it is validated even where it is not.
    fields = definition.kind === Kind.OPERATION_DEFINITION ? fields + size.fields : fields;
    if (Math.max(fields, size.fields) > MAX_FIELDS)
      throw tooLarge(`${MAX_FIELDS} fields, fragments included`);
  }
}

function tooLarge(limit: string): AppError {
  return new AppError('VAL_001', `An operation may have at most ${limit}`);
}

/** @returns a function that measures each fragment once, however often it is spread */
function createMeasure(document: DocumentNode): (selectionSet: SelectionSetNode) => Size {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const sizes = new Map<string, Size>();

  function sizeOfFragment(name: string): Size {
    const known = sizes.get(name);
    if (known) return known;
    // While it is measured it counts nothing, which ends a fragment that contains itself.
    sizes.set(name, NOTHING);
    const fragment = fragments.get(name);
    const size = fragment ? sizeOfSet(fragment.selectionSet) : NOTHING;
    sizes.set(name, size);
    return size;
  }

  function sizeOfSelection(selection: SelectionNode): Size {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return sizeOfFragment(selection.name.value);
    if (selection.kind === Kind.INLINE_FRAGMENT) return sizeOfSet(selection.selectionSet);
    const inner = selection.selectionSet ? sizeOfSet(selection.selectionSet) : NOTHING;
    // The usual questions about the schema are deep, and the validation limits them itself.
    const depth = selection.name.value.startsWith('__') ? 1 : inner.depth + 1;
    return { fields: inner.fields + 1, topFields: 1, depth };
  }

  function sizeOfSet(selectionSet: SelectionSetNode): Size {
    return selectionSet.selections.map(sizeOfSelection).reduce(add, NOTHING);
  }

  return sizeOfSet;
}

/** Sums stop growing soon after they are too large: doubling a thousand times must not end at Infinity. */
function add(left: Size, right: Size): Size {
  return {
    fields: Math.min(left.fields + right.fields, Number.MAX_SAFE_INTEGER / 2),
    topFields: Math.min(left.topFields + right.topFields, Number.MAX_SAFE_INTEGER / 2),
    depth: Math.max(left.depth, right.depth),
  };
}
