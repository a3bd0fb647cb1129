import type { StockLine } from '../data/stock-store.ts';

/** What the orders subgraph's demonstration orders took from the stock, or took and gave back. */
export const demoOrderStock: readonly {
  orderId: string;
  lines: readonly StockLine[];
  isReturned: boolean;
}[] = [
  {
    orderId: 'ord_demo_delivered',
    lines: [
      { productId: 'prod_010', quantity: 1 },
      { productId: 'prod_020', quantity: 2 },
    ],
    isReturned: false,
  },
  { orderId: 'ord_demo_shipped', lines: [{ productId: 'prod_040', quantity: 1 }], isReturned: false },
  { orderId: 'ord_demo_cancelled', lines: [{ productId: 'prod_050', quantity: 1 }], isReturned: true },
];
