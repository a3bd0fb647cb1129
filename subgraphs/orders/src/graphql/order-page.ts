import type { Connection } from '@commerce/kit/pagination';
import type { OrderRecord } from '../data/order-record.ts';

// Apart from what makes pages, because the generated types refer to them.
export type OrderPage = Connection<OrderRecord>;
export type OrderPageEdge = OrderPage['edges'][number];
