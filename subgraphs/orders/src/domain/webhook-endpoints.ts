import { AppError } from '@commerce/kit/errors';
import { isPlausibleId, type NewId } from '@commerce/kit/ids';
import { anyText, line } from '@commerce/kit/text';
import { z } from 'zod';
import { isInnerHost } from '../clients/public-address.ts';
import { eventTypes } from '../data/event-record.ts';
import type { DeliveryStore } from '../data/webhook-delivery-store.ts';
import type { EndpointStore } from '../data/webhook-endpoint-store.ts';
import type { DeliveryRecord, EndpointRecord } from '../data/webhook-record.ts';
import { SECRET_PREFIX } from './sign-webhook.ts';

const MAX_URL_LENGTH = 2_000;
const SECRET_BYTES = 32;

export type EndpointDeps = {
  endpoints: EndpointStore;
  deliveries: Pick<DeliveryStore, 'replay'>;
  newId: NewId;
  randomBytes(size: number): Buffer;
};

/** @param isPublicOnly whether only https and public addresses will do */
export function endpointInputs(isPublicOnly: boolean) {
  const url = anyText.transform((text, context) => {
    const fault = urlFault(text, isPublicOnly);
    if (fault === null) return new URL(text).href;
    context.addIssue({ code: 'custom', message: fault });
    return z.NEVER;
  });
  const types = z
    .array(z.enum(eventTypes))
    .min(1, 'must name a type, or be absent for all')
    .transform((names) => [...new Set(names)])
    .nullish();
  const description = line(0, 500)
    .transform((text) => text || null)
    .nullish();
  return {
    create: z.object({ url, eventTypes: types, description }),
    update: z.object({
      endpointId: z.string(),
      url: url.nullish(),
      eventTypes: types,
      description,
      isActive: z.boolean().nullish(),
    }),
  };
}

export type EndpointInputs = ReturnType<typeof endpointInputs>;

function urlFault(text: string, isPublicOnly: boolean): string | null {
  // Before it is parsed: that may take seconds for a host of accents.
  if (text.length > MAX_URL_LENGTH) return `must have at most ${MAX_URL_LENGTH} characters`;
  const url = URL.canParse(text) ? new URL(text) : null;
  const protocols = isPublicOnly ? ['https:'] : ['https:', 'http:'];
  if (url === null || !protocols.includes(url.protocol)) {
    return isPublicOnly ? 'must be an https URL' : 'must be an http(s) URL';
  }
  if (url.username !== '' || url.password !== '') return 'must not hold a user or password';
  if (url.href.length > MAX_URL_LENGTH) return `must have at most ${MAX_URL_LENGTH} characters`;
  return isPublicOnly && isInnerHost(url) ? 'must be a public address' : null;
}

/** @returns the endpoint with its secret, which is told this once
 *  @throws AppError BUS_002 where there are as many endpoints as there may be */
export async function createEndpoint(
  { endpoints, newId, randomBytes }: EndpointDeps,
  input: z.output<EndpointInputs['create']>,
): Promise<{ endpoint: EndpointRecord; secret: string }> {
  const secret = SECRET_PREFIX + randomBytes(SECRET_BYTES).toString('base64');
  const endpoint = await endpoints.create({
    endpointId: newId('whe'),
    url: input.url,
    secret,
    eventTypes: input.eventTypes ?? null,
    description: input.description ?? null,
  });
  if (!endpoint) throw new AppError('BUS_002', 'There are as many webhook endpoints as there may be');
  return { endpoint, secret };
}

/** @throws AppError RES_001 where there is no such endpoint */
export async function updateEndpoint(
  { endpoints }: EndpointDeps,
  { endpointId, ...changes }: z.output<EndpointInputs['update']>,
): Promise<EndpointRecord> {
  const endpoint = isPlausibleId(endpointId)
    ? await endpoints.update(endpointId, {
        url: changes.url ?? undefined,
        eventTypes: changes.eventTypes,
        description: changes.description,
        isActive: changes.isActive ?? undefined,
      })
    : null;
  if (!endpoint) throw noEndpoint();
  return endpoint;
}

/** @throws AppError RES_001 where there is no such endpoint */
export async function deleteEndpoint({ endpoints }: EndpointDeps, endpointId: string): Promise<void> {
  if (!isPlausibleId(endpointId) || !(await endpoints.remove(endpointId))) throw noEndpoint();
}

/** Queues an event for an endpoint again.
 *  @throws AppError RES_001 where there is no such endpoint or event, BUS_002 where the endpoint is not active */
export async function replayDelivery(
  { endpoints, deliveries }: EndpointDeps,
  { endpointId, eventId }: { endpointId: string; eventId: string },
): Promise<DeliveryRecord> {
  if (!isPlausibleId(endpointId)) throw noEndpoint();
  const delivery = isPlausibleId(eventId) ? await deliveries.replay(endpointId, eventId) : null;
  if (delivery) return delivery;
  const endpoint = await endpoints.find(endpointId);
  if (!endpoint) throw noEndpoint();
  if (!endpoint.isActive) throw new AppError('BUS_002', 'The webhook endpoint is not active');
  throw new AppError('RES_001', 'No such event');
}

function noEndpoint(): AppError {
  return new AppError('RES_001', 'No such webhook endpoint');
}
