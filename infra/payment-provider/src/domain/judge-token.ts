import type { NewId } from '@commerce/kit/ids';
import type { Verdict } from '../data/ledger-store.ts';

const brands = ['visa', 'mastercard', 'amex'] as const;

/** Accepts `tok_visa...`, `tok_mastercard...` and `tok_amex...`, and declines every other token. */
export function judgeToken(token: string, newId: NewId): Verdict {
  if (token.startsWith('tok_declined')) return { outcome: 'declined', reason: 'The card was declined' };
  const brand = brands.find((name) => token.startsWith(`tok_${name}`));
  if (!brand) return { outcome: 'declined', reason: 'The payment provider does not know this token' };
  const last4 = /\d{4}$/.exec(token)?.[0] ?? null;
  return { outcome: 'approved', reference: newId('pay'), brand, last4 };
}
