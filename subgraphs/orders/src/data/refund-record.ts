import type { Cents } from '@commerce/kit/money';

/** requested: the money may be going back. refunded: it is back; stock may have to follow. done: all is back.
 *  refused: the provider gives nothing back, for good. */
export const refundStates = ['requested', 'refunded', 'done', 'refused'] as const;
export type RefundState = (typeof refundStates)[number];

export type RestockLine = { productId: string; quantity: number };

export type RefundRecord = {
  refundId: string;
  orderId: string;
  amount: Cents;
  currency: string;
  reason: string | null;
  restock: RestockLine[];
  state: RefundState;
  attempts: number;
  requestHash: string;
  createdAt: Date;
  /** When the money went back; null before. */
  refundedAt: Date | null;
};
