import { cartEndpoints } from './cart.ts';
import type { Endpoint } from './endpoint.ts';
import { orderEndpoints } from './orders.ts';
import { productEndpoints } from './products.ts';
import { userEndpoints } from './users.ts';

/** All of REST, in the order of the design's section 5. */
export const endpoints: readonly Endpoint[] = [
  ...userEndpoints,
  ...productEndpoints,
  ...cartEndpoints,
  ...orderEndpoints,
];
