import { createHash } from 'node:crypto';
import { z } from 'zod';
import { keyContainsCardNumber } from './card-number.ts';
import type { OrderInput } from './order-input.ts';

/** A client's key for a request that it may send again. */
export const idempotencyKeyInput = z.object({
  idempotencyKey: z
    .string()
    .regex(/^[\x20-\x7e]{1,255}$/, { error: 'must have 1 to 255 printable ASCII characters', abort: true })
    .refine((key) => !keyContainsCardNumber(key), 'must not be a card number')
    .nullish(),
});

/** @returns the same SHA-256 in hex for inputs that mean the same, whatever their keys' order */
export function requestHash(input: OrderInput): string {
  return createHash('sha256').update(canonicalText(input)).digest('hex');
}

function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
