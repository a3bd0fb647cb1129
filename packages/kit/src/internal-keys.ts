import { createHmac } from 'node:crypto';
import { z } from 'zod';

// Each service that calls another shares a key with it alone, so that whoever takes one service over can speak for that one
// only. The secret that all keys are derived from is the operator's: no service gets it.

/** A key under which tokens of one issuer are taken. An issuer has two while one is being replaced. */
export type AcceptedKey = { issuer: string; key: string };

/** The key that `issuer` signs with, and `audience` accepts from it: 43 characters.
 *  @param secret at least 32 bytes */
export function deriveInternalKey(secret: string, between: { issuer: string; audience: string }): string {
  return createHmac('sha256', secret)
    .update(`internal:${between.issuer}>${between.audience}`)
    .digest('base64url');
}

const keyPair = /^([a-z][a-z-]*):([\w-]{43,})$/;

const keyPairs = z
  .string()
  .transform((text) => text.split(',').map((pair) => keyPair.exec(pair.trim())))
  .refine((pairs) => !pairs.includes(null), 'must be a comma-separated list of name:key')
  .transform((pairs) => pairs.flatMap((pair) => (pair ? [{ name: pair[1] ?? '', key: pair[2] ?? '' }] : [])));

/** `issuer:key` of everybody who may call. */
export const acceptedKeys = keyPairs.transform((pairs) =>
  pairs.map(({ name, key }): AcceptedKey => ({ issuer: name, key })),
);

/** `audience:key` of everybody who is called; names beside `audiences` are none of this service's. */
export function signingKeys<Audience extends string>(audiences: readonly [Audience, ...Audience[]]) {
  return keyPairs
    .transform((pairs) => new Map(pairs.map(({ name, key }) => [name, key])))
    .refine((keys) => audiences.every((audience) => keys.has(audience)), {
      message: `must have a key for each of ${audiences.join(', ')}`,
    })
    .transform((keys) => Object.fromEntries(keys) as Record<Audience, string>);
}
