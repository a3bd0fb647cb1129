import { AppError } from '@commerce/kit/errors';
import { type DocumentNode, GraphQLError, Kind, Lexer, parse, Source, TokenKind } from 'graphql';
import { LRUCache } from 'lru-cache';
import { requireFewDirectives } from './directive-limits.ts';
import { KEPT_CHARACTERS, LONGEST_KEPT } from './document-store.ts';
import { createMeasure } from './selection-size.ts';

/** A document of more is not read on. Validating compares fields pair by pair. */
export const MAX_TOKENS = 5_000;
/** Fields with all fragments written out: planning takes up to half a millisecond for each, in which nothing else runs. */
const MAX_FIELDS = 500;
/** Top fields of one operation: each is a request to a subgraph. */
const MAX_TOP_FIELDS = 100;
/** Aliases with all fragments written out: what asks one thing many times over, past any limit of single fields. */
const MAX_ALIASES = 100;
const MAX_DEPTH = 15;
/** Brackets within brackets, and fragments within fields: parsing and planning go into them by recursion. */
const MAX_NESTING = 50;
/** Variables that one operation declares. */
const MAX_VARIABLES = 100;

export type OperationLimits = {
  /** Whether the text was remembered so lately that its document is kept, and with it its plan. */
  isKnown(text: string): boolean;
  /** @param text of a valid document: what is invalid is validated anew each time */
  remember(text: string): void;
  /** @returns how many fields it asks for, fragments written out; null where it is malformed, which the validation
   *  explains
   *  @throws AppError VAL_001 where it is over a limit */
  measure(text: string): number | null;
};

/** What stands before an operation's validation and planning, both of which may take seconds for a few hundred bytes
 *  of text. */
export function createOperationLimits(): OperationLimits {
  const modest = new LRUCache<string, true>({ maxSize: KEPT_CHARACTERS, sizeCalculation: textSize });
  return {
    isKnown: (text) => modest.get(text) ?? false,
    remember(text) {
      if (text.length <= LONGEST_KEPT) modest.set(text, true);
    },
    measure: measureText,
  };
}

/** As `OperationLimits.measure`. */
export function measureText(text: string): number | null {
  const document = parseOrNull(text);
  return document ? measureDocument(document) : null;
}

function textSize(_: true, text: string): number {
  return text.length + 1;
}

function parseOrNull(query: string): DocumentNode | null {
  try {
    requireShallow(query);
    return parse(query, { noLocation: true, maxTokens: MAX_TOKENS });
  } catch (error) {
    if (error instanceof GraphQLError) return null;
    throw error;
  }
}

const opening: ReadonlySet<string> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const closing: ReadonlySet<string> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/** Before anything goes into it. */
function requireShallow(query: string): void {
  const lexer = new Lexer(new Source(query));
  let depth = 0;
  for (let tokens = 0; tokens <= MAX_TOKENS; tokens += 1) {
    const { kind } = lexer.advance();
    if (kind === TokenKind.EOF) return;
    if (opening.has(kind)) depth += 1;
    else if (closing.has(kind)) depth -= 1;
    if (depth > MAX_NESTING) throw tooLarge(`${MAX_NESTING} brackets within each other`);
  }
}

function measureDocument(document: DocumentNode): number {
  requireFewDirectives(document);
  const sizeOf = createMeasure(document);
  const total = { fields: 0, aliases: 0 };
  for (const definition of document.definitions) {
    const isOperation = definition.kind === Kind.OPERATION_DEFINITION;
    if (!isOperation && definition.kind !== Kind.FRAGMENT_DEFINITION) continue;
    if ((definition.variableDefinitions?.length ?? 0) > MAX_VARIABLES)
      throw tooLarge(`${MAX_VARIABLES} variables`);
    const size = sizeOf(definition.selectionSet);
    if (size.depth > MAX_DEPTH) throw tooLarge(`${MAX_DEPTH} levels deep`);
    if (size.nesting > MAX_NESTING) throw tooLarge(`${MAX_NESTING} levels deep, fragments included`);
    if (isOperation && size.topFields > MAX_TOP_FIELDS) throw tooLarge(`${MAX_TOP_FIELDS} fields at the top`);
    // A fragment counts where it is spread, and by itself because it is validated even where it is not.
    if (isOperation) total.fields += size.fields;
    if (isOperation) total.aliases += size.aliases;
    if (Math.max(total.fields, size.fields) > MAX_FIELDS)
      throw tooLarge(`${MAX_FIELDS} fields, fragments included`);
    if (Math.max(total.aliases, size.aliases) > MAX_ALIASES)
      throw tooLarge(`${MAX_ALIASES} aliases, fragments included`);
  }
  return total.fields;
}

function tooLarge(limit: string): AppError {
  return new AppError('VAL_001', `An operation may have at most ${limit}`);
}
