import { parseInput } from '@commerce/kit/errors';
import { requireAdmin } from '@commerce/kit/viewer';
import {
  createEndpoint,
  deleteEndpoint,
  type EndpointDeps,
  endpointInputs,
  replayDelivery,
  updateEndpoint,
} from '../domain/webhook-endpoints.ts';
import { eventTypeOf } from './event-type.ts';
import type { MutationResolvers, OrderEventType } from './generated.ts';

type WebhookMutations = Pick<
  MutationResolvers,
  'createWebhookEndpoint' | 'updateWebhookEndpoint' | 'deleteWebhookEndpoint' | 'replayWebhookDelivery'
>;

/** @param isPublicOnly whether only https and public addresses will do */
export function createWebhookMutations(deps: EndpointDeps, isPublicOnly: boolean): WebhookMutations {
  const inputs = endpointInputs(isPublicOnly);
  return {
    async createWebhookEndpoint(_, { input }, { viewer }) {
      requireAdmin(viewer);
      return await createEndpoint(deps, parseInput(inputs.create, withTypes(input)));
    },
    async updateWebhookEndpoint(_, { input }, { viewer }) {
      requireAdmin(viewer);
      return { endpoint: await updateEndpoint(deps, parseInput(inputs.update, withTypes(input))) };
    },
    async deleteWebhookEndpoint(_, { input: { endpointId } }, { viewer }) {
      requireAdmin(viewer);
      await deleteEndpoint(deps, endpointId);
      return { endpointId };
    },
    async replayWebhookDelivery(_, { input }, { viewer }) {
      requireAdmin(viewer);
      return { delivery: await replayDelivery(deps, input) };
    },
  };
}

/** The input with the types by their own names; absent and null stay what they are. */
function withTypes(input: { eventTypes?: readonly OrderEventType[] | null | undefined }) {
  const { eventTypes } = input;
  return { ...input, eventTypes: eventTypes?.map(eventTypeOf) ?? eventTypes };
}
