export type DemoPayment = {
  orderId: string;
  amountCents: number;
  authorisedAt: string;
  capturedAt: string;
  /** Null where nothing was given back. */
  refundedAt: string | null;
};

/** What the demonstration customer's orders were paid with: a card visa 4242. */
export const demoPayments: readonly DemoPayment[] = [
  {
    orderId: 'ord_demo_delivered',
    amountCents: 121_636,
    authorisedAt: '2026-01-05T15:04:00.000Z',
    capturedAt: '2026-01-05T15:04:02.000Z',
    refundedAt: null,
  },
  {
    orderId: 'ord_demo_cancelled',
    amountCents: 16_012,
    authorisedAt: '2026-01-10T11:30:00.000Z',
    capturedAt: '2026-01-10T11:30:02.000Z',
    refundedAt: '2026-01-10T12:05:00.000Z',
  },
  {
    orderId: 'ord_demo_shipped',
    amountCents: 11_692,
    authorisedAt: '2026-01-12T20:15:00.000Z',
    capturedAt: '2026-01-12T20:15:02.000Z',
    refundedAt: null,
  },
];
