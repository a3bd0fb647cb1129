import { cartResolvers } from './cart.ts';
import { cartItemResolvers } from './cart-item.ts';
import { dataExportResolvers } from './data-export.ts';
import type { Resolvers } from './generated.ts';
import { mutationResolvers } from './mutation.ts';
import { queryResolvers } from './query.ts';
import { userResolvers } from './user.ts';

export const resolvers: Resolvers = {
  Query: queryResolvers,
  Mutation: mutationResolvers,
  Cart: cartResolvers,
  CartItem: cartItemResolvers,
  DataExport: dataExportResolvers,
  User: userResolvers,
};
