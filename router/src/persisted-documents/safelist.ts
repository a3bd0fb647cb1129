import { AppError } from '@commerce/kit/errors';
import { GraphQLError, stripIgnoredCharacters } from 'graphql';
import { documentHash } from './document-hash.ts';
import type { ManifestOperation } from './manifest.ts';

export type Safelist = {
  /** @param id as the manifest has it, or SHA-256 of the text */
  find(id: string): string | undefined;
  /** Whether the text is one of the list's; blanks, commas and comments do not matter. */
  hasText(text: string): boolean;
};

/** @param ownTexts the REST layer's documents, which are always on the list */
export function createSafelist(
  operations: readonly ManifestOperation[],
  ownTexts: Iterable<string>,
): Safelist {
  const texts = new Map<string, string>();
  for (const text of ownTexts) texts.set(documentHash(text), text);
  for (const { body } of operations) texts.set(documentHash(body), body);
  for (const { id, body } of operations) texts.set(id, body);
  const essences = new Set([...texts.values()].map(essenceOf));
  return {
    find: (id) => texts.get(id),
    hasText: (text) => essences.has(essenceOf(text)),
  };
}

/** @returns null where it is no GraphQL */
function essenceOf(text: string): string | null {
  try {
    return stripIgnoredCharacters(text);
  } catch (error) {
    if (error instanceof GraphQLError) return null;
    throw error;
  }
}

/** @throws AppError VAL_001 where the request asks for a document that is not on the list */
export function requireListed(safelist: Safelist, { query, hash }: { query: unknown; hash: unknown }): void {
  const isListed =
    typeof query === 'string'
      ? safelist.hasText(query)
      : typeof hash !== 'string' || safelist.find(hash) !== undefined;
  if (isListed) return;
  throw new AppError('VAL_001', 'Only documents of the manifest are answered here, and this is none of them');
}
