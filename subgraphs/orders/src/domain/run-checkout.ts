import type { AppError } from '@commerce/kit/errors';
import { describeError } from '@commerce/kit/graphql-errors';
import type { CheckoutRecord } from '../data/checkout-record.ts';
import { nextStep, type StepOutcome, transitionAfter } from './checkout-machine.ts';
import type { OrdersDeps } from './orders-deps.ts';
import { type StepRequest, takeStep } from './take-step.ts';

export type RunDeps = Pick<OrdersDeps, 'cart' | 'catalog' | 'payment' | 'checkouts' | 'timing' | 'failpoint'>;

export type CheckoutRun = Omit<StepRequest, 'order'> & {
  checkout: CheckoutRecord;
  /** Where to stop; at the end where absent. */
  isEnough?: (checkout: CheckoutRecord) => boolean;
  /** Until when a step is tried again at once, by the clock of `timing`; never where absent. */
  retryUntilMs?: number;
};

export type RunEnd = {
  checkout: CheckoutRecord;
  /** reached: it is where it was to be. stuck: a step has to be tried again later, by whoever takes it up.
   *  lost: somebody else has taken it over, and writes from now on. */
  kind: 'reached' | 'stuck' | 'lost';
  /** The clear no that it met; null where there was none. */
  refusal: AppError | null;
};

const FIRST_RETRY_MS = 250;
/** Seconds after each try. The first ones are for what is over soon; the last ones let a checkout outlive most outages
 *  before it is parked. */
const DELAYS_SECONDS = [1, 2, 4, 8, 16, 32, 300] as const;

/** Takes a checkout on, step by step: each is done elsewhere first and written down then, so that a crash at any
 *  point leaves something that can be repeated.
 *  @throws AppError SYS_002 while the database is away: whoever comes next goes on */
export async function runCheckout(deps: RunDeps, run: CheckoutRun): Promise<RunEnd> {
  const { isEnough = () => false, ...request } = run;
  let { checkout } = run;
  let refusal: AppError | null = null;
  for (let retryMs = FIRST_RETRY_MS; ; ) {
    const step = isEnough(checkout) ? null : nextStep(checkout, run.method !== null);
    if (step === null) return { checkout, kind: 'reached', refusal };
    await deps.failpoint(`before ${step}`);
    const outcome = await takeStep(deps, step, { ...request, order: checkout.order });
    await deps.failpoint(`after ${step}`);
    if (outcome.kind === 'refused') refusal = outcome.error;
    const transition = transitionAfter(checkout, step, outcome);
    if (transition === null) {
      if (deps.timing.now() + retryMs < (run.retryUntilMs ?? 0)) {
        await deps.timing.wait(retryMs);
        retryMs *= 2;
        continue;
      }
      await postpone(deps, checkout, outcome);
      return { checkout, kind: 'stuck', refusal };
    }
    const advanced = await deps.checkouts.advance(checkout, transition);
    await deps.failpoint(`written ${transition.to}`);
    if (advanced === null) return { checkout, kind: 'lost', refusal };
    checkout = advanced;
  }
}

async function postpone(deps: RunDeps, checkout: CheckoutRecord, outcome: StepOutcome): Promise<void> {
  const [lastError = ''] = (outcome.kind === 'unknown' ? describeError(outcome.cause) : outcome.kind).split(
    '\n',
  );
  const delayMs = backOffMs(checkout.attempts, deps.timing.random());
  await deps.checkouts.postpone(checkout, { delayMs, lastError });
}

/** Grows with every attempt; the fifth that is left to chance keeps those that failed together apart.
 *  @param random from 0 to 1 */
export function backOffMs(attempts: number, random: number): number {
  const seconds = DELAYS_SECONDS[Math.max(attempts - 1, 0)] ?? DELAYS_SECONDS[6];
  return seconds * 1_000 * (0.8 + 0.4 * random);
}
