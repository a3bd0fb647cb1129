import type { Caller, Viewer } from '@commerce/kit/viewer';
import { createLoaders, type Loaders } from './data/loaders.ts';
import type { Profiles } from './data/profiles.ts';

/** What one request's resolvers share. */
export type UsersContext = {
  viewer: Viewer;
  clientAddress: string;
  loaders: Loaders;
};

export function createContext(caller: Caller, profiles: Profiles): UsersContext {
  const { viewer, clientAddress } = caller;
  return { viewer, clientAddress, loaders: createLoaders(profiles) };
}
