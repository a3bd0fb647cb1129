import { AppError } from '@commerce/kit/errors';
import { cents } from '@commerce/kit/money';
import { describe, expect, it } from 'vitest';
import { type CheckoutRecord, type CheckoutState, checkoutStates } from '../src/data/checkout-record.ts';
import type { OrderRecord } from '../src/data/order-record.ts';
import { nextStep, type Step, type StepOutcome, transitionAfter } from '../src/domain/checkout-machine.ts';
import { backOffMs } from '../src/domain/run-checkout.ts';
import { address } from './orders-fixture.ts';

const at = new Date('2026-06-01T00:00:00Z');
const order: OrderRecord = {
  orderId: 'ord_1',
  userId: 'usr_1',
  status: 'pending',
  currency: 'USD',
  subtotal: cents(100),
  tax: cents(8),
  shipping: cents(0),
  total: cents(108),
  itemCount: 1,
  shippingAddress: address,
  billingAddress: address,
  paymentMethod: { type: 'credit_card', brand: null, last4: null, reference: null },
  tracking: null,
  cartId: 'cart_1',
  cartVersion: 1,
  createdAt: at,
  updatedAt: at,
  acknowledgedAt: null,
  cartConsumedAt: null,
  refunded: cents(0),
  pricing: null,
  estimatedDelivery: at,
};

function checkout(state: CheckoutState, { changes = {}, failure = null }: Given = {}): CheckoutRecord {
  return { order: { ...order, ...changes }, state, epoch: 1, attempts: 0, failure };
}
type Given = { changes?: Partial<OrderRecord>; failure?: CheckoutRecord['failure'] };

describe('the next step', () => {
  const steps: Record<CheckoutState, [withMeans: Step | null, without: Step | null]> = {
    started: ['reserve', 'release'],
    authorising: ['authorise', 'find'],
    authorised: ['commit', 'commit'],
    committed: ['consume', 'consume'],
    capturing: ['capture', 'capture'],
    captured: ['consume', 'consume'],
    done: [null, null],
    voiding: ['return', 'return'],
    releasing: ['release', 'release'],
    failed: [null, null],
  };
  it.each(checkoutStates)('of %s is as in the table, with and without the means of payment', (state) => {
    expect([nextStep(checkout(state), true), nextStep(checkout(state), false)]).toEqual(steps[state]);
  });
});

const approval = { reference: 'pay_1', brand: 'visa', last4: '1234' };
const outcomes = {
  done: { kind: 'done' },
  approved: { kind: 'done', approval },
  refused: { kind: 'refused', error: new AppError('BUS_003') },
  absent: { kind: 'absent' },
  unknown: { kind: 'unknown', cause: new Error('No answer') },
} as const satisfies Record<string, StepOutcome>;

/** The order fails, for this reason. */
const fails = (to: CheckoutState, code: keyof typeof notes) => ({
  to,
  failure: code,
  status: 'cancelled',
  note: notes[code],
});
const notes = { BUS_003: 'The payment could not be taken', SYS_002: 'It could not be carried out' };

describe('what follows from', () => {
  it.each<[CheckoutState, Step, keyof typeof outcomes, unknown]>([
    ['started', 'reserve', 'done', { to: 'authorising' }],
    ['started', 'reserve', 'refused', fails('releasing', 'BUS_003')],
    ['started', 'reserve', 'unknown', fails('releasing', 'SYS_002')],
    ['started', 'release', 'done', fails('failed', 'SYS_002')],
    ['started', 'release', 'refused', null],
    ['started', 'release', 'unknown', null],
    ['authorising', 'authorise', 'approved', { to: 'authorised', approval }],
    ['authorising', 'authorise', 'done', { to: 'authorised' }],
    ['authorising', 'authorise', 'refused', fails('releasing', 'BUS_003')],
    ['authorising', 'authorise', 'unknown', null],
    ['authorising', 'find', 'approved', { to: 'authorised', approval }],
    ['authorising', 'find', 'refused', fails('releasing', 'BUS_003')],
    // What is still on its way must find the door closed.
    ['authorising', 'find', 'absent', fails('voiding', 'SYS_002')],
    ['authorising', 'find', 'unknown', null],
    ['authorised', 'commit', 'done', { to: 'committed', isDecision: true }],
    ['authorised', 'commit', 'refused', fails('voiding', 'BUS_003')],
    ['authorised', 'commit', 'unknown', null],
    ['committed', 'consume', 'done', { to: 'capturing', isConsumed: true }],
    ['committed', 'consume', 'refused', { to: 'capturing', isConsumed: false }],
    ['committed', 'consume', 'unknown', { to: 'capturing', isConsumed: false }],
    ['capturing', 'capture', 'done', { to: 'captured', status: 'confirmed' }],
    ['capturing', 'capture', 'refused', fails('voiding', 'BUS_003')],
    ['capturing', 'capture', 'unknown', null],
    ['captured', 'consume', 'done', { to: 'done', isConsumed: true }],
    ['captured', 'consume', 'refused', null],
    ['captured', 'consume', 'unknown', null],
    ['voiding', 'return', 'done', { to: 'releasing' }],
    ['voiding', 'return', 'refused', null],
    ['voiding', 'return', 'unknown', null],
    ['releasing', 'release', 'done', fails('failed', 'SYS_002')],
    ['releasing', 'release', 'refused', null],
    ['releasing', 'release', 'unknown', null],
  ])('%s, %s: %s', (state, step, outcome, transition) => {
    expect(transitionAfter(checkout(state), step, outcomes[outcome])).toEqual(transition);
  });

  it('money that does not come back at once is owed, and the stock goes back all the same', () => {
    const owedUnder = 'ord_1:refund:1:2';
    expect(transitionAfter(checkout('voiding'), 'return', { kind: 'done', owedUnder })).toEqual({
      to: 'releasing',
      owedUnder,
    });
  });

  it('a capture is done where the cart is emptied already', () => {
    const emptied = checkout('capturing', { changes: { cartConsumedAt: at } });
    expect(transitionAfter(emptied, 'capture', outcomes.done)).toEqual({ to: 'done', status: 'confirmed' });
  });

  it('a capture changes no status that is further already', () => {
    const shipped = checkout('capturing', { changes: { status: 'shipped', cartConsumedAt: at } });
    expect(transitionAfter(shipped, 'capture', outcomes.done)).toEqual({ to: 'done' });
  });

  it.each<[CheckoutState, Step, keyof typeof outcomes, unknown]>([
    ['voiding', 'return', 'done', { to: 'releasing' }],
    ['releasing', 'release', 'done', { to: 'failed' }],
  ])('%s of an order that is cancelled is no second cancellation', (state, step, outcome, transition) => {
    const cancelled = checkout(state, { changes: { status: 'cancelled' }, failure: 'BUS_001' });
    expect(transitionAfter(cancelled, step, outcomes[outcome])).toEqual(transition);
  });

  it('every outcome never skips the giving back of money that may be reserved or taken', () => {
    const withMoney: CheckoutState[] = ['authorised', 'committed', 'capturing', 'captured', 'voiding'];
    for (const state of withMoney) {
      const step = nextStep(checkout(state), false);
      for (const outcome of Object.values(outcomes)) {
        const to = step && transitionAfter(checkout(state), step, outcome)?.to;
        expect(to === 'failed' || (to === 'releasing' && step !== 'return')).toBe(false);
      }
    }
  });
});

describe('the back-off', () => {
  it.each([
    [0, 1_000],
    [1, 1_000],
    [2, 2_000],
    [4, 8_000],
    [6, 32_000],
    [7, 300_000],
    [50, 300_000],
  ])('after %i attempts is %i ms, a fifth more or less', (attempts, delayMs) => {
    expect(backOffMs(attempts, 0.5)).toBe(delayMs);
    expect(backOffMs(attempts, 0)).toBeCloseTo(delayMs * 0.8);
    expect(backOffMs(attempts, 1)).toBeCloseTo(delayMs * 1.2);
  });
});
