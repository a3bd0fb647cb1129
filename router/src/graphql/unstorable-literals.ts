import { isStorable } from '@commerce/kit/text';
import { type DocumentNode, visit } from 'graphql';

/** The only way that NUL gets into a document; halves of surrogate pairs are no strings of GraphQL. */
const escapedNul = /\\u(?:0000|\{0+\})/;

/** Whether a string in a document holds what cannot be stored.
 *  @param source its text, by which most documents need not be looked through */
export function hasUnstorableLiteral(source: string, document: DocumentNode): boolean {
  if (!escapedNul.test(source)) return false;
  let isFound = false;
  visit(document, {
    StringValue({ value }) {
      isFound ||= !isStorable(value);
    },
  });
  return isFound;
}
