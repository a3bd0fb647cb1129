import type { PersistedQueryOptions } from '@apollo/server';
import type { Redis } from 'ioredis';
import { createOperationLimits } from '../graphql/operation-limits.ts';
import type { RequestParts } from '../graphql/request-parts.ts';
import { createDocumentCache } from './document-cache.ts';
import { loadManifest } from './manifest.ts';
import { persistedHash } from './persisted-query.ts';
import { createSafelist, requireListed } from './safelist.ts';

/** `automatic` answers any document, and remembers it by its hash; `only` answers those of the manifest. */
export type PersistedDocumentsMode = 'automatic' | 'only';

export type PersistedDocuments = {
  /** @throws AppError VAL_001 where the request's document is named wrongly, or not answered here */
  check(parts: RequestParts): void;
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
  const operations =
    manifestFile === undefined ? [] : await loadManifest(manifestFile, createOperationLimits());
  const safelist = createSafelist(operations, ownTexts);
  return {
    check(parts) {
      const hash = persistedHash(parts);
      if (mode === 'only') requireListed(safelist, { query: parts.query, hash });
    },
    cache: createDocumentCache({ redis, safelist, mayGrow: mode === 'automatic' }),
  };
}
