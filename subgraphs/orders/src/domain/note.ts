import { z } from 'zod';
import { plainText } from './plain-text.ts';

/** What is noted in an order's timeline, as one line; null where there is nothing to note. */
export const noteInput = z
  .string()
  .transform((text) => text.replaceAll(/[\r\n\t]+/g, ' '))
  .pipe(plainText(0, 500))
  .nullish()
  .transform((text) => text || null);
