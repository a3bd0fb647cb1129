import { createHash } from 'node:crypto';

/** @returns what Apollo's protocol names a document by: SHA-256 of its text, in hexadecimal */
export function documentHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
