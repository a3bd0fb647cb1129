import { z } from 'zod';

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that no text of ours may hold
const controlCharacter = /[\u0000-\u001f\u007f]/;

/** One line of text, trimmed; lengths count characters after that. */
export function plainText(min: number, max: number) {
  const length = min === 0 ? `must have at most ${max} characters` : `must have ${min} to ${max} characters`;
  return z
    .string()
    .trim()
    .min(min, length)
    .max(max, length)
    .refine((text) => !controlCharacter.test(text), 'must not hold control characters');
}
