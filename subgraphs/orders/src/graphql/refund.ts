import { moneyOf } from '@commerce/kit/money';
import type { RefundState } from '../data/refund-record.ts';
import type { RefundResolvers, RefundState as StateName } from './generated.ts';

const names: Record<RefundState, StateName> = {
  requested: 'REQUESTED',
  refunded: 'REFUNDED',
  done: 'DONE',
  refused: 'REFUSED',
};

export const refundResolvers: RefundResolvers = {
  amount: ({ amount, currency }) => moneyOf(amount, currency),
  state: ({ state }) => names[state],
  paidElsewhere: ({ paidElsewhereBy }) => paidElsewhereBy !== null,
};
