import { line } from '@commerce/kit/text';
import { containsCardNumber } from './card-number.ts';

/** One line of text, as people write it, which is kept: it must not hold a card number. */
export function cardFreeLine(min: number, max: number) {
  return line(min, max).refine((text) => !containsCardNumber(text), 'must not hold a card number');
}
