import type {
  AuthoriseOutcome,
  CaptureOutcome,
  FindOutcome,
  PaymentProvider,
  RefundOutcome,
  VoidOutcome,
} from '../src/clients/payment.ts';

export type FakeState = 'authorised' | 'declined' | 'voided' | 'captured' | 'refunded';
type FakePayment = { orderId: string; state: FakeState; amount: number; captured: number; refunded: number };
export type FakeEntry = { orderId: string; kind: string; outcome: 'approved' | 'declined'; amount: number };

/** A payment provider's books in memory, with the same promises as a real one: each operation once a key, a
 *  voided payment stays void, and no more goes back than was taken. */
export function createFakePayments({ hasTombstones = true } = {}) {
  const payments = new Map<string, FakePayment>();
  const entries = new Map<string, FakeEntry & { answer: unknown }>();

  /** The first answer under a key is the answer for ever. */
  function once<Outcome>(
    { key, ...entry }: { key: string; orderId: string; kind: string; amount: number },
    decide: () => { answer: Outcome; isDone: boolean },
  ): Outcome {
    const known = entries.get(`${entry.kind} ${key}`);
    if (known) return known.answer as Outcome;
    const { answer, isDone } = decide();
    entries.set(`${entry.kind} ${key}`, { ...entry, outcome: isDone ? 'approved' : 'declined', answer });
    return answer;
  }

  const outcomeOf = (authorisationKey: string, state: FakeState): AuthoriseOutcome =>
    state === 'declined'
      ? { kind: 'declined', reason: 'The card was declined' }
      : state === 'voided'
        ? { kind: 'declined', reason: 'The payment was given up' }
        : { kind: 'approved', reference: `pay_${authorisationKey}`, brand: 'visa', last4: '1234' };

  const payment: PaymentProvider = {
    async authorise({ authorisationKey, orderId, amount, method }) {
      const known = payments.get(authorisationKey);
      if (known) return outcomeOf(authorisationKey, known.state);
      const isDeclined = method.token.startsWith('tok_declined');
      const state: FakeState = isDeclined ? 'declined' : 'authorised';
      payments.set(authorisationKey, { orderId, state, amount, captured: 0, refunded: 0 });
      const operation = { key: authorisationKey, orderId, kind: 'authorise', amount };
      return once(operation, () => ({ answer: outcomeOf(authorisationKey, state), isDone: !isDeclined }));
    },
    async capture({ key, authorisationKey, orderId }): Promise<CaptureOutcome> {
      const found = payments.get(authorisationKey);
      const isOpen = found?.state === 'authorised';
      return once({ key, orderId, kind: 'capture', amount: found?.amount ?? 0 }, () => {
        if (found && isOpen) Object.assign(found, { state: 'captured', captured: found.amount });
        const answer: CaptureOutcome = isOpen
          ? { kind: 'captured' }
          : { kind: 'refused', reason: `The payment is ${found?.state ?? 'unknown'}` };
        return { answer, isDone: isOpen };
      });
    },
    async void({ key, authorisationKey, orderId }): Promise<VoidOutcome> {
      const found = payments.get(authorisationKey);
      if (found && found.captured > 0) return { kind: 'captured' };
      const amount = found?.amount ?? 0;
      const operation = { key, orderId, kind: 'void', amount };
      if (found?.state === 'declined') return { kind: 'voided' };
      return once(operation, () => {
        if (found) found.state = 'voided';
        else if (hasTombstones)
          payments.set(authorisationKey, { orderId, state: 'voided', amount, captured: 0, refunded: 0 });
        return { answer: { kind: 'voided' }, isDone: true };
      });
    },
    async refund({ key, authorisationKey, orderId, refundAmount }): Promise<RefundOutcome> {
      const found = payments.get(authorisationKey);
      return once<RefundOutcome>({ key, orderId, kind: 'refund', amount: refundAmount }, () => {
        if (!found || found.captured - found.refunded < refundAmount) {
          return { answer: { kind: 'refused', reason: 'More than is left' }, isDone: false };
        }
        found.refunded += refundAmount;
        if (found.refunded === found.captured) found.state = 'refunded';
        return { answer: { kind: 'refunded' }, isDone: true };
      });
    },
    async find({ authorisationKey }): Promise<FindOutcome> {
      const found = payments.get(authorisationKey);
      if (!found) return { kind: 'absent' };
      const outcome = outcomeOf(authorisationKey, found.state);
      return outcome.kind === 'unreached' ? { kind: 'unknown', cause: outcome.cause } : outcome;
    },
  };

  return {
    payment,
    payments,
    ledger: (orderId: string) =>
      [...entries.values()]
        .filter((entry) => entry.orderId === orderId)
        .map(({ kind, outcome }) => `${kind} ${outcome}`),
    /** A refund that went back comes back: from now on it is refused under its key. */
    failRefund(key: string) {
      const entry = entries.get(`refund ${key}`);
      const found = [...payments.values()].find(({ orderId }) => orderId === entry?.orderId);
      if (!entry || !found) throw new Error('No such refund');
      Object.assign(entry, { outcome: 'declined', answer: { kind: 'refused', reason: 'It came back' } });
      Object.assign(found, { state: 'captured', refunded: found.refunded - entry.amount });
    },
    entries: (): FakeEntry[] => [...entries.values()],
    /** What is neither voided, declined nor refunded. */
    open: () =>
      [...payments.values()].filter(({ state }) => state === 'authorised' || state === 'captured').length,
    reset() {
      payments.clear();
      entries.clear();
    },
  };
}
