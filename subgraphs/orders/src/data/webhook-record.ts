import type { EventType } from './event-record.ts';
import type { EventRecord } from './event-rows.ts';

/** Somebody who is told of events over HTTP, without the key of the signatures. */
export type EndpointRecord = {
  endpointId: string;
  url: string;
  /** Null for all. */
  eventTypes: EventType[] | null;
  description: string | null;
  isActive: boolean;
  createdAt: Date;
};

/** pending: to be sent, for the first time or again. parked: given up. */
export const deliveryStatuses = ['pending', 'delivered', 'parked'] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

export type DeliveryRecord = {
  endpointId: string;
  event: EventRecord;
  attempts: number;
  dueAt: Date;
  deliveredAt: Date | null;
  parkedAt: Date | null;
  lastStatus: number | null;
  lastError: string | null;
  createdAt: Date;
};

export function deliveryStatus({
  deliveredAt,
  parkedAt,
}: Pick<DeliveryRecord, 'deliveredAt' | 'parkedAt'>): DeliveryStatus {
  if (deliveredAt !== null) return 'delivered';
  return parkedAt === null ? 'pending' : 'parked';
}
