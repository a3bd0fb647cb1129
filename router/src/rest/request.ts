import { AppError, parseInput } from '@commerce/kit/errors';
import { isPlausibleId } from '@commerce/kit/ids';
import type { z } from 'zod';

/** Validates a body: an absent one lacks all its fields.
 *  @throws AppError VAL_001 or VAL_002 */
export function parseBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  if (body !== undefined && !isObject) {
    const details = [{ field: 'body', message: 'must be a JSON object' }];
    throw new AppError('VAL_001', 'Validation failed', { details });
  }
  return parseInput(schema, body ?? {});
}

/** @returns an id of a path, which names nothing where no id looks like it
 *  @throws AppError RES_001 */
export function requireId(id: string | undefined, what: string): string {
  if (id !== undefined && isPlausibleId(id)) return id;
  throw notFound(what);
}

/** @param what the kind of thing, as people call it: `Product` */
export function notFound(what: string): AppError {
  return new AppError('RES_001', `${what} not found`);
}
