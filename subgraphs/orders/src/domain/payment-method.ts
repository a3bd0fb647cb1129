import { z } from 'zod';
import { containsCardNumber } from './card-number.ts';

const MAX_TOKEN_LENGTH = 255;

/** A means of payment as a customer gives it. The token goes to the provider and is kept nowhere. */
export const paymentMethodInput = z.object({
  type: z.enum(['credit_card', 'debit_card']),
  token: z
    .string()
    .max(MAX_TOKEN_LENGTH, { error: `must have at most ${MAX_TOKEN_LENGTH} characters`, abort: true })
    .regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without blanks')
    .refine(
      (token) => !containsCardNumber(token),
      'must be a token of the payment provider, not a card number',
    ),
});

export type PaymentMethodInput = z.output<typeof paymentMethodInput>;
