import type { Viewer } from '@commerce/kit/viewer';
import type { CartLoaders } from './data/loaders.ts';
import type { CartDeps } from './domain/cart-deps.ts';

/** What resolvers work with; made anew for each request. */
export type CartContext = {
  viewer: Viewer;
  loaders: CartLoaders;
  deps: CartDeps;
};
