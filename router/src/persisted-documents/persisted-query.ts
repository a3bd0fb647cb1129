import { AppError } from '@commerce/kit/errors';
import { z } from 'zod';
import type { RequestParts } from '../graphql/request-parts.ts';
import { documentHash } from './document-hash.ts';

const extensionsSchema = z.object({ persistedQuery: z.unknown().optional() });
const persistedQuerySchema = z.object({ version: z.literal(1), sha256Hash: z.string().max(256) });

/** Reads which document a request names by Apollo's protocol. Done here, because Apollo's own refusals of it look like
 *  faults of the server.
 *  @returns undefined where it names none
 *  @throws AppError VAL_001 where it is malformed, or is not the hash of the text beside it */
export function persistedHash({ query, extensions }: RequestParts): string | undefined {
  const { persistedQuery } = extensionsSchema.safeParse(extensions).data ?? {};
  if (persistedQuery === undefined || persistedQuery === null) return undefined;
  const parsed = persistedQuerySchema.safeParse(persistedQuery);
  if (!parsed.success) throw new AppError('VAL_001', 'A persisted query has version 1 and a sha256Hash');
  const { sha256Hash } = parsed.data;
  if (typeof query === 'string' && documentHash(query) !== sha256Hash)
    throw new AppError('VAL_001', 'The sha256Hash is not that of the query');
  return sha256Hash;
}
