import type { Caller, Viewer } from '@commerce/kit/viewer';
import { type CatalogLoaders, createCatalogLoaders, type LoaderDeps } from './data/loaders.ts';

/** What one request's resolvers share. */
export type CatalogContext = {
  viewer: Viewer;
  clientAddress: string;
  requestId: string;
  loaders: CatalogLoaders;
};

export function createContext(caller: Caller, deps: LoaderDeps): CatalogContext {
  const { viewer, clientAddress, requestId } = caller;
  return { viewer, clientAddress, requestId, loaders: createCatalogLoaders(deps) };
}
