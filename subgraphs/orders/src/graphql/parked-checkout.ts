import { moneyOf } from '@commerce/kit/money';
import type { CheckoutState } from '../data/checkout-record.ts';
import type { ParkedCheckoutResolvers, CheckoutState as StateName } from './generated.ts';

const names: Record<CheckoutState, StateName> = {
  started: 'STARTED',
  authorising: 'AUTHORISING',
  authorised: 'AUTHORISED',
  committed: 'COMMITTED',
  capturing: 'CAPTURING',
  captured: 'CAPTURED',
  done: 'DONE',
  voiding: 'VOIDING',
  releasing: 'RELEASING',
  failed: 'FAILED',
};

export const parkedCheckoutResolvers: ParkedCheckoutResolvers = {
  state: ({ state }) => names[state],
  total: ({ total, currency }) => moneyOf(total, currency),
};
