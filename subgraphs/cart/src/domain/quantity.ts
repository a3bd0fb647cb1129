import { z } from 'zod';
import { MAX_QUANTITY } from './cart-deps.ts';

/** Pieces in a line. */
export const quantitySchema = z
  .number()
  .int('must be a whole number')
  .min(1, 'must be at least 1')
  .max(MAX_QUANTITY, `must be at most ${MAX_QUANTITY}`);
