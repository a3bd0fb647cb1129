import { assertNever } from '@commerce/kit/errors';
import type { NewId } from '@commerce/kit/ids';
import type {
  DemoEntry,
  DemoPaymentState,
  DemoPaymentStore,
  DemoVerdict,
} from '../data/demo-payment-store.ts';
import type { AuthoriseOutcome, PaymentProvider, PaymentRequest, VoidOutcome } from './payment.ts';

const brands = ['visa', 'mastercard', 'amex'] as const;

/** A provider that moves no money. It accepts `tok_visa...`, `tok_mastercard...` and `tok_amex...`, declines
 *  every other token, and keeps durable books that tests and checkers can read. */
export function createDemoPaymentProvider(store: DemoPaymentStore, newId: NewId): PaymentProvider {
  return {
    async authorise(request) {
      const operation = { ...request, key: request.authorisationKey };
      await store.authorise(operation, judge(request.method.token, newId));
      const entry = await store.findEntry(operation.key);
      // Without an entry the payment was voided before it came.
      return entry ? authoriseOutcome(entry) : { kind: 'declined', reason: 'The payment was given up' };
    },
    async capture(request) {
      await store.capture(request);
      const isDone = (await store.findEntry(request.key)) !== null;
      return isDone ? { kind: 'captured' } : await refusal(store, request);
    },
    async refund(request) {
      await store.refund(request);
      const isDone = (await store.findEntry(request.key)) !== null;
      return isDone ? { kind: 'refunded' } : await refusal(store, request);
    },
    async void(request) {
      await store.void(request, request.currency);
      return voidOutcome(await store.findState(request.authorisationKey));
    },
    async findByKey(authorisationKey) {
      const entry = await store.findEntry(authorisationKey);
      return entry ? authoriseOutcome(entry) : { kind: 'absent' };
    },
  };
}

async function refusal(
  store: DemoPaymentStore,
  { authorisationKey }: PaymentRequest,
): Promise<{ kind: 'refused'; reason: string }> {
  const state = await store.findState(authorisationKey);
  return { kind: 'refused', reason: `The payment is ${state ?? 'unknown'}` };
}

function voidOutcome(state: DemoPaymentState | null): VoidOutcome {
  switch (state) {
    case 'captured':
    case 'refunded':
      return { kind: 'captured' };
    case 'voided':
    case 'declined':
      return { kind: 'voided' };
    case 'authorised':
    case null:
      return { kind: 'unknown', cause: new Error('The payment was not voided') };
    default:
      return assertNever(state);
  }
}

function judge(token: string, newId: NewId): DemoVerdict {
  if (token.startsWith('tok_declined')) return { outcome: 'declined', reason: 'The card was declined' };
  const brand = brands.find((name) => token.startsWith(`tok_${name}`));
  if (!brand) return { outcome: 'declined', reason: 'The payment provider does not know this token' };
  const last4 = /\d{4}$/.exec(token)?.[0] ?? null;
  return { outcome: 'approved', reference: newId('pay'), brand, last4 };
}

function authoriseOutcome(entry: DemoEntry): AuthoriseOutcome {
  return entry.outcome === 'approved' && entry.reference !== null
    ? { kind: 'approved', reference: entry.reference, brand: entry.brand, last4: entry.last4 }
    : { kind: 'declined', reason: entry.reason ?? 'The card was declined' };
}
