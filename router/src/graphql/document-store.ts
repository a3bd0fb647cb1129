import type { DocumentStore } from '@apollo/server';
import { LRUCache } from 'lru-cache';

/** Of the texts that documents were parsed from. A parsed document takes up to 200 times its text, because it refers
 *  to all of its tokens. A hundred operations of a storefront have about 100,000. */
export const KEPT_CHARACTERS = 300_000;
/** A longer text is parsed and validated each time: a few of them would push everybody's out. The largest of a
 *  storefront's are a tenth of it. */
export const LONGEST_KEPT = 16_384;

/** Valid documents, so that they need not be parsed and validated again. Apollo's own store is bounded by a size that
 *  it gets by writing each document out as JSON, and by ten times as much. */
export function createDocumentStore(): DocumentStore {
  const documents = new LRUCache<string, NonNullable<Awaited<ReturnType<DocumentStore['get']>>>>({
    maxSize: KEPT_CHARACTERS,
    sizeCalculation: ({ loc }) => (loc ? loc.end + 1 : KEPT_CHARACTERS),
  });
  return {
    get: async (key) => documents.get(key),
    async set(key, document) {
      if ((document.loc?.end ?? 0) <= LONGEST_KEPT) documents.set(key, document);
    },
    delete: async (key) => documents.delete(key),
  };
}
