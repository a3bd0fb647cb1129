import type { PaymentProvider } from '../src/clients/payment.ts';
import type { Fault } from './fake-shop.ts';

export type PaymentStep = keyof PaymentProvider;

/** A provider whose calls fail, hang, lose their answer or come late on request. */
export function createFaultyPayments(provider: PaymentProvider) {
  const faults = new Map<PaymentStep, (Fault | 'refuse')[]>();
  const calls: PaymentStep[] = [];
  const late: (() => Promise<unknown>)[] = [];

  async function call<Outcome>(step: PaymentStep, act: () => Promise<Outcome>): Promise<Outcome> {
    calls.push(step);
    const fault = faults.get(step)?.shift();
    if (fault === 'refuse') return { kind: 'refused', reason: 'Refused (test)' } as Outcome;
    if (fault === 'fail') throw new Error('No connection (test)');
    if (fault === 'hang') return await new Promise<Outcome>(() => {});
    if (fault === 'late') {
      late.push(act);
      throw new Error('Timeout (test)');
    }
    const outcome = await act();
    if (fault === 'lose') throw new Error('Connection reset (test)');
    return outcome;
  }

  const payment: PaymentProvider = {
    authorise: (request) => call('authorise', () => provider.authorise(request)),
    capture: (request) => call('capture', () => provider.capture(request)),
    void: (request) => call('void', () => provider.void(request)),
    refund: (request) => call('refund', () => provider.refund(request)),
    find: (request) => call('find', () => provider.find(request)),
  };
  return {
    payment,
    calls,
    fault: (step: PaymentStep, ...kinds: (Fault | 'refuse')[]) =>
      void faults.set(step, [...(faults.get(step) ?? []), ...kinds]),
    async deliverLate() {
      for (const act of late.splice(0)) await act();
    },
    reset() {
      faults.clear();
      calls.length = 0;
      late.length = 0;
    },
  };
}
