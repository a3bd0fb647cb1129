import { isStorable, unstorable } from '@commerce/kit/text';
import { type DocumentNode, type FloatValueNode, type IntValueNode, visit } from 'graphql';

/** Without one of these in its text a document has none of what is looked for: NUL gets in by an escape only (and halves
 *  of surrogate pairs not at all), and a number beyond all numbers by an exponent or by its length. */
const suspicious = /\\u(?:0000|\{0+\})|\de|\d{300}/i;

/** What is wrong with a literal of a document though its type allows it: text that cannot be stored, and numbers that are
 *  infinite to JavaScript, at which the gateway's planning fails.
 *  @param source the document's text, by which most documents need not be looked through
 *  @returns null where all is well */
export function findImpossibleLiteral(source: string, document: DocumentNode): string | null {
  if (!suspicious.test(source)) return null;
  let fault: string | null = null;
  const checkNumber = ({ value }: IntValueNode | FloatValueNode) => {
    if (!Number.isFinite(Number(value))) fault ??= 'A number in the document is out of range';
  };
  visit(document, {
    IntValue: checkNumber,
    FloatValue: checkNumber,
    StringValue({ value }) {
      if (!isStorable(value)) fault ??= `A string in the document ${unstorable}`;
    },
  });
  return fault;
}
