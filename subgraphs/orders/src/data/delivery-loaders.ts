import DataLoader from 'dataloader';
import { oneForEach } from './loaders.ts';
import type { DeliveryFilter, DeliveryPageQuery, DeliveryPages } from './webhook-delivery-pages.ts';
import type { DeliveryRecord } from './webhook-record.ts';

/** By endpoint: one statement for all endpoints that are asked the same question. */
export type DeliveryLoaders = {
  deliveriesOf(query: DeliveryPageQuery): DataLoader<string, DeliveryRecord[]>;
  deliveryCountOf(filter: DeliveryFilter): DataLoader<string, number>;
};

/** The loaders of a request, by whatever stands for it. */
export function createDeliveryLoaders(pages: DeliveryPages): (request: object) => DeliveryLoaders {
  const loadersOf = new WeakMap<object, DeliveryLoaders>();
  return (request) => {
    const loaders = loadersOf.get(request) ?? newLoaders(pages);
    loadersOf.set(request, loaders);
    return loaders;
  };
}

function newLoaders(pages: DeliveryPages): DeliveryLoaders {
  return {
    // A request may replay a delivery, and what it reads behind that is as of then.
    deliveriesOf: oneForEach(
      (query) => new DataLoader((ids) => pages.listByEndpoints(ids, query), { cache: false }),
    ),
    deliveryCountOf: oneForEach(
      (filter) => new DataLoader((ids) => pages.countByEndpoints(ids, filter), { cache: false }),
    ),
  };
}
