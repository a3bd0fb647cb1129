import type { Cents } from '@commerce/kit/money';
import type { Connection } from '@commerce/kit/pagination';
import type { EventRecord } from '../data/event-rows.ts';

// Apart from what makes pages, because the generated types refer to them.
export type EventPage = Connection<EventRecord>;
export type EventPageEdge = EventPage['edges'][number];
export type EventRefund = { refundId: string; amount: Cents; currency: string };
