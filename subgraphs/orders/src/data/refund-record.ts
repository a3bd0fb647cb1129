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
  /** Under which the provider is asked: another one after each clear no. */
  providerKey: string;
  attempts: number;
  requestHash: string;
  /** The administrator who says that it was paid back in another way than by the provider; null where it was not. */
  paidElsewhereBy: string | null;
  createdAt: Date;
  /** When the money went back; null before. */
  refundedAt: Date | null;
};

export type NewRefund = {
  refundId: string;
  orderId: string;
  /** All that is left where null. */
  amount: Cents | null;
  reason: string | null;
  restock: readonly RestockLine[];
  requestedBy: string;
  providerKey: string;
  idempotencyKey: string | null;
  requestHash: string;
};

export type PaidElsewhere = {
  orderId: string;
  refundId: string;
  /** The administrator who says so. */
  paidElsewhereBy: string;
};
