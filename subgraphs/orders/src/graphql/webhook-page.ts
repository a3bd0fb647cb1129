import type { Connection } from '@commerce/kit/pagination';
import type { DeliveryRecord } from '../data/webhook-record.ts';

// Apart from what makes pages, because the generated types refer to them.
export type DeliveryPage = Connection<DeliveryRecord>;
export type DeliveryPageEdge = DeliveryPage['edges'][number];
