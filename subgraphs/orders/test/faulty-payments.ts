import type { PaymentProvider } from '../src/clients/payment.ts';
import type { Fault } from './fake-shop.ts';

export type PaymentStep = keyof PaymentProvider;
/** `unreached`: nothing was sent, of an authorisation. */
export type PaymentFault = Fault | 'unreached' | 'pending';

/** A provider whose calls fail, hang, lose their answer, come late or are refused on request. What it refused once, it
 *  refuses under that key for ever. */
export function createFaultyPayments(provider: PaymentProvider) {
  const faults = new Map<PaymentStep, PaymentFault[]>();
  const calls: PaymentStep[] = [];
  const refused = new Set<string>();
  const late: (() => Promise<unknown>)[] = [];
  const hanging: (() => void)[] = [];

  async function call<Outcome>(
    step: PaymentStep,
    act: () => Promise<Outcome>,
    key: string = step,
  ): Promise<Outcome> {
    calls.push(step);
    const fault = refused.has(key) ? 'refuse' : faults.get(step)?.shift();
    if (fault === 'refuse') {
      refused.add(key);
      return { kind: 'refused', reason: 'Refused (test)' } as Outcome;
    }
    if (fault === 'pending') return { kind: 'pending' } as Outcome;
    if (fault === 'fail') throw new Error('No connection (test)');
    if (fault === 'unreached') return { kind: 'unreached', cause: new Error('Refused (test)') } as Outcome;
    if (fault === 'hang') {
      await new Promise<void>((resolve) => hanging.push(resolve));
      throw new Error('Timeout (test)');
    }
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
    capture: (request) => call('capture', () => provider.capture(request), request.key),
    void: (request) => call('void', () => provider.void(request)),
    refund: (request) => call('refund', () => provider.refund(request), request.key),
    find: (request) => call('find', () => provider.find(request)),
  };
  return {
    payment,
    calls,
    fault: (step: PaymentStep, ...kinds: PaymentFault[]) =>
      void faults.set(step, [...(faults.get(step) ?? []), ...kinds]),
    async deliverLate() {
      for (const act of late.splice(0)) await act();
    },
    endHanging() {
      for (const end of hanging.splice(0)) end();
    },
    reset() {
      faults.clear();
      refused.clear();
      calls.length = 0;
      late.length = 0;
    },
  };
}
