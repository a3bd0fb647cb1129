import type { Caller, Viewer } from '@commerce/kit/viewer';
import { type CatalogLoaders, createCatalogLoaders, type LoaderDeps } from './data/loaders.ts';

/** What one request's resolvers share. */
export type CatalogContext = { viewer: Viewer; loaders: CatalogLoaders };

export function createContext(caller: Caller, deps: LoaderDeps): CatalogContext {
  return { viewer: caller.viewer, loaders: createCatalogLoaders(deps) };
}
