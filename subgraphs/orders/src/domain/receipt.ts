import { assertNever } from '@commerce/kit/errors';
import { type Cents, cents } from '@commerce/kit/money';
import type { OrderItemRecord, OrderRecord, PricingRecord } from '../data/order-record.ts';

/** How each cent of an order came about. All amounts are in the order's currency. */
export type Receipt = {
  lines: { productId: string; name: string; quantity: number; unitPrice: Cents; amount: Cents }[];
  subtotal: Cents;
  tax: {
    /** Hundredths of a per cent. */
    rateBasisPoints: number;
    base: Cents;
    /** Base times rate in units of the currency, before rounding, as a decimal of up to six places. */
    exact: string;
    rounding: PricingRecord['taxRounding'];
    /** What rounding added, or took away, in millionths of the currency's unit. */
    roundingMicros: number;
    amount: Cents;
  };
  shipping: { flatFee: Cents; amount: Cents };
  total: Cents;
  refunded: Cents;
  /** Total less what went back. */
  net: Cents;
};

/** Cents times basis points are millionths of the currency's unit. */
const MICROS_PER_CENT = 10_000;

/** @returns null for an order older than receipts: its rules were not kept
 *  @throws Error where the rules do not give the order's own sums */
export function receiptOf(order: OrderRecord, items: readonly OrderItemRecord[]): Receipt | null {
  const { pricing, subtotal, tax, shipping, total, refunded } = order;
  if (!pricing) return null;
  const exactMicros = subtotal * pricing.taxRateBasisPoints;
  const receipt: Receipt = {
    lines: items.map(({ productId, name, quantity, price, subtotal: amount }) => ({
      productId,
      name,
      quantity,
      unitPrice: price,
      amount,
    })),
    subtotal,
    tax: {
      rateBasisPoints: pricing.taxRateBasisPoints,
      base: subtotal,
      exact: decimalOfMicros(exactMicros),
      rounding: pricing.taxRounding,
      roundingMicros: tax * MICROS_PER_CENT - exactMicros,
      amount: tax,
    },
    shipping: { flatFee: cents(pricing.shippingFlatCents), amount: shipping },
    total,
    refunded,
    net: cents(total - refunded),
  };
  if (roundedCents(exactMicros, pricing.taxRounding) !== tax || shipping !== pricing.shippingFlatCents) {
    throw new Error('The receipt does not add up to the order');
  }
  return receipt;
}

function roundedCents(micros: number, rounding: PricingRecord['taxRounding']): number {
  switch (rounding) {
    case 'down':
      return Math.floor(micros / MICROS_PER_CENT);
    case 'half_up':
      return Math.floor((micros + MICROS_PER_CENT / 2) / MICROS_PER_CENT);
    case 'up':
      return Math.ceil(micros / MICROS_PER_CENT);
    default:
      return assertNever(rounding);
  }
}

function decimalOfMicros(micros: number): string {
  const digits = String(micros).padStart(7, '0');
  const fraction = digits.slice(-6).replace(/0{1,4}$/, '');
  return `${digits.slice(0, -6)}.${fraction}`;
}
