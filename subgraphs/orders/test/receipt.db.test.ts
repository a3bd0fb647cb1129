import { cents } from '@commerce/kit/money';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OrderItemRecord, OrderRecord, PricingRecord } from '../src/data/order-record.ts';
import { receiptOf } from '../src/domain/receipt.ts';
import { address, admin, createOrdersFixture, type OrdersFixture } from './orders-fixture.ts';

const at = new Date('2026-06-01T00:00:00Z');

function priced(changes: {
  subtotal: number;
  tax: number;
  shipping?: number;
  refunded?: number;
  pricing: PricingRecord | null;
}): OrderRecord {
  const { subtotal, tax, shipping = 1_000, refunded = 0, pricing } = changes;
  return {
    orderId: 'ord_1',
    userId: 'usr_1',
    status: 'confirmed',
    currency: 'USD',
    subtotal: cents(subtotal),
    tax: cents(tax),
    shipping: cents(shipping),
    total: cents(subtotal + tax + shipping),
    itemCount: 1,
    shippingAddress: address,
    billingAddress: address,
    paymentMethod: { type: 'credit_card', brand: null, last4: null, reference: null },
    tracking: null,
    cartId: 'cart_1',
    cartVersion: 1,
    createdAt: at,
    updatedAt: at,
    acknowledgedAt: at,
    cartConsumedAt: at,
    refunded: cents(refunded),
    pricing,
    estimatedDelivery: at,
  };
}

const rules = (taxRounding: PricingRecord['taxRounding'], taxRateBasisPoints = 800): PricingRecord => ({
  taxRateBasisPoints,
  taxRounding,
  shippingFlatCents: 1_000,
});
const headphones: OrderItemRecord = {
  itemId: 'item_1',
  orderId: 'ord_1',
  productId: 'prod_001',
  name: 'Wireless Headphones',
  price: cents(9_999),
  quantity: 2,
  subtotal: cents(19_998),
  currency: 'USD',
};

describe('a receipt', () => {
  it('of the document’s figures tells of each cent: 8 % of 199.98 are 15.9984, of which 15.99 are charged', () => {
    const order = priced({ subtotal: 19_998, tax: 1_599, refunded: 597, pricing: rules('down') });
    expect(receiptOf(order, [headphones])).toEqual({
      lines: [
        { productId: 'prod_001', name: 'Wireless Headphones', quantity: 2, unitPrice: 9_999, amount: 19_998 },
      ],
      subtotal: 19_998,
      tax: {
        rateBasisPoints: 800,
        base: 19_998,
        exact: '15.9984',
        rounding: 'down',
        roundingMicros: -8_400,
        amount: 1_599,
      },
      shipping: { flatFee: 1_000, amount: 1_000 },
      total: 22_597,
      refunded: 597,
      net: 22_000,
    });
  });

  it.each<[PricingRecord['taxRounding'], number, number, string, number]>([
    ['down', 19_998, 1_599, '15.9984', -8_400],
    ['half_up', 19_998, 1_600, '15.9984', 1_600],
    ['up', 19_998, 1_600, '15.9984', 1_600],
    ['half_up', 10_006, 800, '8.0048', -4_800],
    ['up', 10_006, 801, '8.0048', 5_200],
    ['down', 100, 8, '0.08', 0],
    ['half_up', 100, 8, '0.08', 0],
    ['up', 100, 8, '0.08', 0],
    ['up', 1, 1, '0.0008', 9_200],
    ['half_up', 1, 0, '0.0008', -800],
    ['down', 0, 0, '0.00', 0],
  ])('rounds %s: 8 %% of %i cents are %i', (rounding, subtotal, tax, exact, micros) => {
    const receipt = receiptOf(priced({ subtotal, tax, pricing: rules(rounding) }), []);
    expect(receipt?.tax).toMatchObject({ exact, roundingMicros: micros });
  });

  it.each<[PricingRecord['taxRounding'], number]>([
    ['down', 12],
    ['half_up', 13],
    ['up', 13],
  ])('rounds half a cent %s to %i', (rounding, tax) => {
    // 12.5 % of a dollar.
    const receipt = receiptOf(priced({ subtotal: 100, tax, pricing: rules(rounding, 1_250) }), []);
    expect(receipt?.tax).toMatchObject({ exact: '0.125', amount: tax });
  });

  it('has up to six places, and no fewer than two', () => {
    const exactOf = (rate: number) =>
      receiptOf(priced({ subtotal: 100, tax: Math.floor(rate / 100), pricing: rules('down', rate) }), [])?.tax
        .exact;
    expect([0, 10, 100, 101, 10_000, 12_345].map(exactOf)).toEqual([
      '0.00',
      '0.001',
      '0.01',
      '0.0101',
      '1.00',
      '1.2345',
    ]);
    expect(receiptOf(priced({ subtotal: 1, tax: 0, pricing: rules('down', 1) }), [])?.tax.exact).toBe(
      '0.000001',
    );
  });

  it('is none for an order older than receipts', () => {
    expect(receiptOf(priced({ subtotal: 19_998, tax: 1_599, pricing: null }), [headphones])).toBeNull();
  });

  it.each([
    ['tax', { subtotal: 19_998, tax: 1_600, pricing: rules('down') }],
    ['shipping', { subtotal: 19_998, tax: 1_599, shipping: 900, pricing: rules('down') }],
  ])('that does not give the order’s own %s is not shown', (_, changes) => {
    expect(() => receiptOf(priced(changes), [headphones])).toThrow('does not add up');
  });
});

describe('an order’s receipt', () => {
  let shop: OrdersFixture;
  beforeAll(async () => {
    shop = await createOrdersFixture();
    await shop.reset();
  });
  afterAll(async () => {
    await shop.close();
  });

  const receiptIn = async (orderId: string) => {
    const document = `query ($id: ID!) { order(orderId: $id) { receipt {
      lines { productId name quantity unitPrice { amount } amount { amount } }
      subtotal { amount } total { amount } refunded { amount } net { amount } shipping { flatFee { amount } amount { amount } }
      tax { rateBasisPoints exact rounding roundingMicros base { amount } amount { cents currencyCode } }
    } } }`;
    const { data, errors } = await shop.run(document, { viewer: admin, variables: { id: orderId } });
    expect(errors).toEqual([]);
    return data.order.receipt;
  };

  it('is as it was when it was ordered, with what went back since', async () => {
    const { orderId } = await shop.placed();
    shop.shop.addProduct('prod_001', { name: 'Other', priceCents: 1, onHand: 0 });
    await shop.run('mutation ($i: RefundOrderInput!) { refundOrder(input: $i) { replayed } }', {
      viewer: admin,
      variables: { i: { orderId, amount: '25.97' } },
    });
    expect(await receiptIn(orderId)).toEqual({
      lines: [
        {
          productId: 'prod_001',
          name: 'Wireless Headphones',
          quantity: 2,
          unitPrice: { amount: '99.99' },
          amount: { amount: '199.98' },
        },
      ],
      subtotal: { amount: '199.98' },
      tax: {
        rateBasisPoints: 800,
        exact: '15.9984',
        rounding: 'DOWN',
        roundingMicros: -8_400,
        base: { amount: '199.98' },
        amount: { cents: 1_599, currencyCode: 'USD' },
      },
      shipping: { flatFee: { amount: '10.00' }, amount: { amount: '10.00' } },
      total: { amount: '225.97' },
      refunded: { amount: '25.97' },
      net: { amount: '200.00' },
    });
  });

  it('is null for an order older than receipts', async () => {
    const { orderId } = await shop.placed(shop.fillCart('usr_2', { prod_002: 1 }));
    await shop.sql`update orders set pricing = null where order_id = ${orderId}`;
    expect(await receiptIn(orderId)).toBeNull();
  });
});
