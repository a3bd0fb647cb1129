import { parseInput } from '@commerce/kit/errors';
import { requireUser } from '@commerce/kit/viewer';
import type { OrderScope } from '../data/order-reader.ts';
import { cancelInput, cancelOrder } from '../domain/cancel-order.ts';
import { idempotencyKeyInput, requestHash } from '../domain/idempotency.ts';
import { orderInput } from '../domain/order-input.ts';
import type { OrdersDeps } from '../domain/orders-deps.ts';
import { placeOrder } from '../domain/place-order.ts';
import type { MutationResolvers } from './generated.ts';

export function createOrderMutations(
  deps: OrdersDeps,
): Pick<MutationResolvers, 'createOrder' | 'cancelOrder'> {
  return {
    async createOrder(_, args, { viewer, origin }) {
      const { userId } = requireUser(viewer);
      const { idempotencyKey: key } = parseInput(idempotencyKeyInput, args);
      const input = parseInput(orderInput, args.input);
      const idempotency = key == null ? null : { key, requestHash: requestHash(input) };
      const { order, isReplayed } = await placeOrder(deps, { userId, idempotency, input, origin });
      return { order, replayed: isReplayed };
    },

    async cancelOrder(_, args, { viewer }) {
      const user = requireUser(viewer);
      const input = parseInput(cancelInput, args.input);
      const scope: OrderScope =
        user.role === 'admin' ? { kind: 'all' } : { kind: 'owner', userId: user.userId };
      return { order: await cancelOrder(deps, { ...input, scope }) };
    },
  };
}
