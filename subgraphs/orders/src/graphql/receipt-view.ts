import { type Cents, type Money, moneyOf } from '@commerce/kit/money';
import type { PricingRecord } from '../data/order-record.ts';
import type { Receipt } from '../domain/receipt.ts';
import type { TaxRounding } from './generated.ts';

export type ReceiptView = {
  lines: { productId: string; name: string; quantity: number; unitPrice: Money; amount: Money }[];
  subtotal: Money;
  tax: {
    rateBasisPoints: number;
    base: Money;
    exact: string;
    rounding: TaxRounding;
    roundingMicros: number;
    amount: Money;
  };
  shipping: { flatFee: Money; amount: Money };
  total: Money;
  refunded: Money;
  net: Money;
};

const roundings: Record<PricingRecord['taxRounding'], TaxRounding> = {
  down: 'DOWN',
  half_up: 'HALF_UP',
  up: 'UP',
};

/** A receipt as GraphQL gives it. */
export function receiptView({ lines, tax, shipping, ...sums }: Receipt, currency: string): ReceiptView {
  const money = (amount: Cents) => moneyOf(amount, currency);
  return {
    lines: lines.map(({ unitPrice, amount, ...line }) => ({
      ...line,
      unitPrice: money(unitPrice),
      amount: money(amount),
    })),
    subtotal: money(sums.subtotal),
    tax: { ...tax, base: money(tax.base), amount: money(tax.amount), rounding: roundings[tax.rounding] },
    shipping: { flatFee: money(shipping.flatFee), amount: money(shipping.amount) },
    total: money(sums.total),
    refunded: money(sums.refunded),
    net: money(sums.net),
  };
}
