import { expect, it, vi } from 'vitest';
import type { CheckoutRecord } from '../src/data/checkout-record.ts';
import type { Step } from '../src/domain/checkout-machine.ts';
import { simulate } from './simulation/simulate.ts';

const SCHEDULES = 200;

// The machine with two of its steps changed for each other: money first, stock afterwards.
vi.mock('../src/domain/checkout-machine.ts', async (importOriginal) => {
  const machine = await importOriginal<typeof import('../src/domain/checkout-machine.ts')>();
  const swapped = ({ state }: CheckoutRecord, step: Step): Step => {
    if (state === 'authorised' && (step === 'commit' || step === 'capture'))
      return step === 'commit' ? 'capture' : 'commit';
    if (state === 'capturing' && (step === 'commit' || step === 'capture'))
      return step === 'capture' ? 'commit' : 'capture';
    return step;
  };
  return {
    ...machine,
    nextStep: (checkout: CheckoutRecord, canAuthorise: boolean) => {
      const step = machine.nextStep(checkout, canAuthorise);
      return step && swapped(checkout, step);
    },
    transitionAfter: (...[checkout, step, outcome]: Parameters<typeof machine.transitionAfter>) =>
      machine.transitionAfter(checkout, swapped(checkout, step), outcome),
  };
});

it('is seen to break where the money is taken before the stock', async () => {
  const found: string[] = [];
  for (let seed = 1; seed <= SCHEDULES && found.length === 0; seed += 1)
    found.push(...(await simulate(seed)));
  expect(found.join('\n')).toContain('was charged before its stock was taken');
});
