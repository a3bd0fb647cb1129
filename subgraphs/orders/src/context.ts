import { type Caller, isAdmin, type Viewer } from '@commerce/kit/viewer';
import type { CallOrigin } from './clients/call-origin.ts';
import type { OrderLoaders } from './data/loaders.ts';
import type { OrderScope } from './data/order-reader.ts';

/** What one request knows: who asks, and what it has loaded. */
export type OrdersContext = {
  viewer: Viewer;
  clientAddress: string;
  requestId: string;
  origin: CallOrigin;
  loaders: OrderLoaders;
};

export function createOrdersContext(
  caller: Caller,
  createLoaders: (scope: OrderScope | null) => OrderLoaders,
): OrdersContext {
  const { viewer, clientAddress, requestId } = caller;
  return {
    viewer,
    clientAddress,
    requestId,
    origin: { clientAddress, requestId },
    loaders: createLoaders(orderScope(viewer)),
  };
}

/** Whose orders a viewer may see; null for nobody's. */
export function orderScope(viewer: Viewer): OrderScope | null {
  if (viewer.kind !== 'user') return null;
  return isAdmin(viewer) ? { kind: 'all' } : { kind: 'owner', userId: viewer.userId };
}
