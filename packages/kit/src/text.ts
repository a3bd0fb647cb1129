import { z } from 'zod';

/** What a fault says of text that is not storable. */
export const unstorable = 'holds characters that cannot be stored';
/** White space, control and format characters, and letters that are drawn as nothing. */
const invisible = /^[\p{Z}\p{C}\u115F\u1160\u3164\uFFA0]*$/u;

/** Whether a database and JSON can hold a text: no NUL, no half of a surrogate pair. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && !/\p{Cs}/u.test(text);
}

/** Any text that can be stored. Kept as it is. */
export const anyText = z
  .string()
  // One fault tells enough: what cannot be stored is not judged further.
  .refine(isStorable, { error: unstorable, abort: true });

/** One line of text, trimmed, without control characters; `min` counts only where something can be seen. */
export function line(min: number, max: number) {
  return (
    anyText
      .trim()
      .min(min, min === 1 ? 'must not be empty' : `must have at least ${min} characters`)
      // What is too long is not judged further: no check after this one sees more than `max` characters.
      .max(max, { error: `must have at most ${max} characters`, abort: true })
      .refine((text) => !/\p{Cc}/u.test(text), 'must be one line without control characters')
      .refine((text) => min === 0 || text === '' || !invisible.test(text), 'must not be empty')
  );
}
