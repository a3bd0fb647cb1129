import type { Caller } from '@commerce/kit/viewer';

/** For whom another service is called: stands in its log and its limits. */
export type CallOrigin = Pick<Caller, 'clientAddress' | 'requestId'>;

/** What no customer asked for directly: work that is finished later. */
export function backgroundOrigin(orderId: string): CallOrigin {
  return { clientAddress: '127.0.0.1', requestId: `settle-${orderId}` };
}
