import { assertNever } from '@commerce/kit/errors';
import type { NewId } from '@commerce/kit/ids';
import type { Cents } from '@commerce/kit/money';
import type { Entry, LedgerStore, Operation, PaymentState, Verdict } from '../data/ledger-store.ts';
import { judgeToken } from './judge-token.ts';

export type AuthoriseRequest = Omit<Operation, 'key'> & { amount: Cents; currency: string; token: string };
export type MoveRequest = Operation & { amount: Cents };
export type VoidRequest = Operation & { currency: string };
/** A business no that was asked for; it is entered like any other. */
export type Denial = { refusal?: string };

export type Judgement =
  | { kind: 'approved'; reference: string; brand: string | null; last4: string | null }
  | { kind: 'declined'; reason: string };
export type Refused = { kind: 'refused'; reason: string };

/** Takes money in two steps, without moving any. Every operation has a key: repeated under the same key it
 *  gives the first answer, and happens once.
 *  Each throws KeyReuseError where its key was used for something else. */
export type Payments = {
  authorise(request: AuthoriseRequest & Denial): Promise<Judgement>;
  /** Takes all that was authorised. */
  capture(request: MoveRequest & Denial): Promise<{ kind: 'captured' } | Refused>;
  /** Gives up an authorisation; one that comes after it is declined. */
  void(request: VoidRequest): Promise<{ kind: 'voided' } | { kind: 'captured' }>;
  /** Gives back a part of what was captured, never more than what is left. */
  refund(request: MoveRequest & Denial): Promise<{ kind: 'refunded' } | Refused>;
  find(authorisationKey: string): Promise<Judgement | { kind: 'absent' }>;
};

/** The caller's bug: two operations under one key. */
export class KeyReuseError extends Error {
  constructor() {
    super('The key was used for another operation');
    this.name = 'KeyReuseError';
  }
}

const GIVEN_UP: Judgement = { kind: 'declined', reason: 'The payment was given up' };

export function createPayments(ledger: LedgerStore, newId: NewId): Payments {
  const findEntry = async (kind: Entry['kind'], request: MoveRequest): Promise<Entry | null> => {
    const entry = await ledger.findEntry(request.key);
    if (entry && !isOf(entry, kind, request)) throw new KeyReuseError();
    return entry;
  };
  const settle = async <Done>(kind: 'capture' | 'refund', request: MoveRequest & Denial, done: Done) => {
    await ledger[kind]({ ...request, refusal: request.refusal ?? null });
    const entry = await findEntry(kind, request);
    if (entry?.outcome === 'approved') return done;
    return { kind: 'refused', reason: entry?.reason ?? 'The payment is unknown' } as const;
  };
  return {
    async authorise({ token, refusal, ...request }) {
      const operation = { ...request, key: request.authorisationKey };
      await ledger.authorise(operation, refusal ? declined(refusal) : judgeToken(token, newId));
      const entry = await findEntry('authorise', operation);
      // Without an entry the payment was voided before it came.
      return entry ? judgementOf(entry) : GIVEN_UP;
    },
    capture: (request) => settle('capture', request, { kind: 'captured' } as const),
    refund: (request) => settle('refund', request, { kind: 'refunded' } as const),
    async void(request) {
      await ledger.void(request);
      return voidOutcome(await ledger.findState(request.authorisationKey));
    },
    async find(authorisationKey) {
      const entry = await ledger.findEntry(authorisationKey);
      // Whether it was approved before or never came: it is of no use to anybody any more.
      if ((await ledger.findState(authorisationKey)) === 'voided') return GIVEN_UP;
      return entry ? judgementOf(entry) : { kind: 'absent' };
    },
  };
}

function declined(reason: string): Verdict {
  return { outcome: 'declined', reason };
}

function isOf(entry: Entry, kind: Entry['kind'], request: MoveRequest): boolean {
  return (
    entry.kind === kind &&
    entry.authorisationKey === request.authorisationKey &&
    entry.amount === request.amount
  );
}

function judgementOf({ outcome, reference, brand, last4, reason }: Entry): Judgement {
  return outcome === 'approved' && reference !== null
    ? { kind: 'approved', reference, brand, last4 }
    : { kind: 'declined', reason: reason ?? 'The card was declined' };
}

function voidOutcome(state: PaymentState | null): { kind: 'voided' } | { kind: 'captured' } {
  switch (state) {
    case 'captured':
    case 'refunded':
      return { kind: 'captured' };
    case 'voided':
    case 'declined':
      return { kind: 'voided' };
    case 'authorised':
    case null:
      throw new Error('The payment was not voided');
    default:
      return assertNever(state);
  }
}
