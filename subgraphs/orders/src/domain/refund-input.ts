import { type Cents, parseCents } from '@commerce/kit/money';
import { anyText } from '@commerce/kit/text';
import { z } from 'zod';
import { noteInput } from './note.ts';

const MAX_LINES = 100;

const amountInput = z.string().transform((text, context): Cents => {
  const amount = parseCents(text);
  if (amount !== null && amount > 0) return amount;
  context.addIssue({ code: 'custom', message: 'must be an amount above 0' });
  return z.NEVER;
});

/** A refund as an administrator asks for it. */
export const refundInput = z.object({
  orderId: z.string(),
  amount: amountInput.nullish().transform((amount) => amount ?? null),
  restock: z
    .array(z.object({ productId: anyText, quantity: z.int().min(1).max(999) }))
    .max(MAX_LINES, `must have at most ${MAX_LINES} lines`)
    .refine(
      (lines) => new Set(lines.map(({ productId }) => productId)).size === lines.length,
      'must have no product twice',
    )
    .nullish()
    .transform((lines) => lines ?? []),
  reason: noteInput,
});
