import type { OrderStatus } from './data/order-record.ts';

/** A line as it was when ordered: names and prices are the catalog's of then. */
export type DemoOrderLine = { productId: string; name: string; quantity: number; priceCents: number };

export type DemoOrder = {
  orderId: string;
  /** Where it stands. What is delivered or shipped took its lines out of the stock; what is cancelled
   *  gave them back. */
  status: OrderStatus;
  lines: readonly DemoOrderLine[];
  /** Sum of the lines, in cents. */
  subtotalCents: number;
  /** 8 % of the subtotal, rounded down. */
  taxCents: number;
  shippingCents: number;
  totalCents: number;
  trackingNumber: string | null;
  /** When it came to which status, oldest first: the last one is where it stands. */
  timeline: readonly { status: OrderStatus; at: string; note: string | null }[];
};

/** The demonstration customer's orders. */
export const demoOrders: readonly DemoOrder[] = [
  {
    orderId: 'ord_demo_delivered',
    status: 'delivered',
    lines: [
      {
        productId: 'prod_010',
        name: 'TechBrand Nova 7 Pro Smartphone, 256 GB',
        quantity: 1,
        priceCents: 84_900,
      },
      {
        productId: 'prod_020',
        name: 'Deskwright Tactile 87 Mechanical Keyboard',
        quantity: 2,
        priceCents: 13_400,
      },
    ],
    subtotalCents: 111_700,
    taxCents: 8_936,
    shippingCents: 1_000,
    totalCents: 121_636,
    trackingNumber: '1Z999AA10123456784',
    timeline: [
      { status: 'pending', at: '2026-01-05T15:04:00.000Z', note: null },
      { status: 'confirmed', at: '2026-01-05T15:04:02.000Z', note: null },
      { status: 'processing', at: '2026-01-05T18:20:00.000Z', note: null },
      { status: 'shipped', at: '2026-01-06T09:45:00.000Z', note: null },
      { status: 'delivered', at: '2026-01-09T14:12:00.000Z', note: 'Left with the customer' },
    ],
  },
  {
    orderId: 'ord_demo_cancelled',
    status: 'cancelled',
    lines: [{ productId: 'prod_050', name: 'Emberline Drip Coffee Maker', quantity: 1, priceCents: 13_900 }],
    subtotalCents: 13_900,
    taxCents: 1_112,
    shippingCents: 1_000,
    totalCents: 16_012,
    trackingNumber: null,
    timeline: [
      { status: 'pending', at: '2026-01-10T11:30:00.000Z', note: null },
      { status: 'confirmed', at: '2026-01-10T11:30:02.000Z', note: null },
      { status: 'cancelled', at: '2026-01-10T12:05:00.000Z', note: 'Ordered by mistake' },
    ],
  },
  {
    orderId: 'ord_demo_shipped',
    status: 'shipped',
    lines: [
      { productId: 'prod_040', name: 'Hearthlink Hub with Voice Control', quantity: 1, priceCents: 9_900 },
    ],
    subtotalCents: 9_900,
    taxCents: 792,
    shippingCents: 1_000,
    totalCents: 11_692,
    trackingNumber: '1Z999AA10198765432',
    timeline: [
      { status: 'pending', at: '2026-01-12T20:15:00.000Z', note: null },
      { status: 'confirmed', at: '2026-01-12T20:15:02.000Z', note: null },
      { status: 'shipped', at: '2026-01-13T10:00:00.000Z', note: null },
    ],
  },
];
