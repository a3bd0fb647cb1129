import { findCartOf } from './cart-access.ts';
import type { UserResolvers } from './generated.ts';

export const userResolvers: UserResolvers = {
  // The user itself is another subgraph's; whether there is one, that one knows.
  __resolveReference: ({ userId }) => ({ userId }),
  cart: async ({ userId }, _args, context) => await findCartOf(context, userId),
};
