import { isPlausibleId } from '@commerce/kit/ids';
import { requireAdmin } from '@commerce/kit/viewer';
import type { EndpointStore } from '../data/webhook-endpoint-store.ts';
import type { QueryResolvers } from './generated.ts';

export function createWebhookQueries(
  endpoints: EndpointStore,
): Pick<QueryResolvers, 'webhookEndpoints' | 'webhookEndpoint'> {
  return {
    async webhookEndpoints(_, _args, { viewer }) {
      requireAdmin(viewer);
      return await endpoints.list();
    },
    async webhookEndpoint(_, { endpointId }, { viewer }) {
      requireAdmin(viewer);
      return isPlausibleId(endpointId) ? await endpoints.find(endpointId) : null;
    },
  };
}
