import type { Caller, Viewer } from '@commerce/kit/viewer';
import { createLoaders, type Loaders } from './data/loaders.ts';
import type { Profiles } from './data/profiles.ts';

/** What one request's resolvers share. */
export type UsersContext = {
  viewer: Viewer;
  clientAddress: string;
  requestId: string;
  /** As the client calls itself, fit to be shown; null where it does not. */
  device: string | null;
  loaders: Loaders;
};

export function createContext(caller: Caller, profiles: Profiles): UsersContext {
  const { viewer, clientAddress, requestId, userAgent } = caller;
  return { viewer, clientAddress, requestId, device: deviceOf(userAgent), loaders: createLoaders(profiles) };
}

const MAX_DEVICE_LENGTH = 200;

function deviceOf(userAgent: string | undefined): string | null {
  const text = userAgent
    ?.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, MAX_DEVICE_LENGTH);
  return text || null;
}
