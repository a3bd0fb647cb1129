import type { Secrets } from '@commerce/kit/config';
import { deriveInternalKey } from '@commerce/kit/internal-keys';
import type { Environment } from './config.ts';
import { type Subgraph, subgraphs } from './databases.ts';
import { type ServiceName, serviceNames } from './service-names.ts';

/** Who calls whom. */
const audiencesOf: Readonly<Record<ServiceName, readonly Subgraph[]>> = {
  router: subgraphs,
  users: ['catalog', 'cart', 'orders'],
  catalog: [],
  cart: ['catalog'],
  orders: ['users', 'catalog', 'cart'],
};

/** What a service signs its calls with, and what it takes others' calls under.
 *  @param secrets the first is signed with; all are accepted: two while one is being replaced */
export function internalKeys(name: ServiceName, secrets: Secrets): Environment {
  const sent = audiencesOf[name].map((audience) => `${audience}:${keyOf(secrets[0], name, audience)}`);
  // The router first: keys are tried in turn, and most calls are its.
  const accepted = serviceNames
    .toReversed()
    .filter((issuer) => audiencesOf[issuer].some((audience) => audience === name))
    .flatMap((issuer) => secrets.map((secret) => `${issuer}:${keyOf(secret, issuer, name)}`));
  return {
    INTERNAL_KEYS: sent.length > 0 ? sent.join(',') : undefined,
    INTERNAL_KEYS_ACCEPTED: accepted.length > 0 ? accepted.join(',') : undefined,
  };
}

function keyOf(secret: string, issuer: ServiceName, audience: ServiceName): string {
  return deriveInternalKey(secret, { issuer, audience });
}
