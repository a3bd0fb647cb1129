import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '@commerce/kit/errors';

/** Answers a method that a path does not offer: OPTIONS by what it does offer.
 *  @param allowed the methods it offers, as `Allow` lists them
 *  @throws AppError VAL_001 with status 405 */
export function answerOtherMethod(request: IncomingMessage, response: ServerResponse, allowed: string): void {
  response.setHeader('Allow', allowed);
  if (request.method !== 'OPTIONS') {
    throw new AppError('VAL_001', `Method not allowed here; allowed: ${allowed}`, { httpStatus: 405 });
  }
  response.statusCode = 204;
  response.end();
}

/** What pages and probes offer. */
export const READ_METHODS = 'GET, HEAD, OPTIONS';
