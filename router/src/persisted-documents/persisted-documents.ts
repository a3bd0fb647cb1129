import type { PersistedQueryOptions } from '@apollo/server';
import type { Redis } from 'ioredis';
import type { RequestParts } from '../graphql/request-parts.ts';
import { createDocumentCache } from './document-cache.ts';
import { loadManifest } from './manifest.ts';
import { persistedHash } from './persisted-query.ts';
import { createSafelist, requireListed } from './safelist.ts';

/** `automatic` answers any document, and remembers it by its hash; `only` answers those of the manifest. */
export type PersistedDocumentsMode = 'automatic' | 'only';

export type PersistedDocuments = {
  /** Finds the text that a request asks for, which has yet to be looked at.
   *  @returns undefined where it is asked for by a name that is on the list, or nowhere
   *  @throws AppError VAL_001 where it is named wrongly, or not answered here */
  resolve(parts: RequestParts): Promise<string | undefined>;
  cache: NonNullable<PersistedQueryOptions['cache']>;
};

/** @throws Error where the manifest cannot be read, or holds a document that is over a limit */
export async function openPersistedDocuments(options: {
  mode: PersistedDocumentsMode;
  manifestFile: string | undefined;
  /** The REST layer's documents, which are always answered. */
  ownTexts: Iterable<string>;
  redis: Redis | null;
}): Promise<PersistedDocuments> {
  const { mode, manifestFile, ownTexts, redis } = options;
  const operations = manifestFile === undefined ? [] : await loadManifest(manifestFile);
  const safelist = createSafelist(operations, ownTexts);
  const cache = createDocumentCache({ redis, safelist, mayGrow: mode === 'automatic' });
  return {
    cache,
    async resolve({ query, ...others }) {
      const hash = persistedHash({ query, ...others });
      if (mode === 'only') requireListed(safelist, { query, hash });
      if (typeof query === 'string') return query;
      const isListed = hash === undefined || safelist.find(hash) !== undefined;
      return isListed ? undefined : await cache.get(`apq:${hash}`);
    },
  };
}
