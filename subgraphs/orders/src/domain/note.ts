import { anyText } from '@commerce/kit/text';
import { cardFreeLine } from './card-free-line.ts';

/** What is noted in an order's timeline, as one line; null where there is nothing to note. */
export const noteInput = anyText
  .transform((text) => text.replaceAll(/[\r\n\t]+/g, ' '))
  .pipe(cardFreeLine(0, 500))
  .nullish()
  .transform((text) => text || null);
