import type { IncomingMessage } from 'node:http';
import { HttpError } from './http-error.ts';

/** Requests have some hundred bytes. */
const MAX_BODY_BYTES = 16_384;

/** @throws HttpError 400 or 413 */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw new HttpError(413, 'The body is too large');
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    throw new HttpError(400, 'The body is not JSON');
  }
}
