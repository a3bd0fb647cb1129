import { AppError, parseInput } from '@commerce/kit/errors';
import { requireAdmin, requireService } from '@commerce/kit/viewer';
import { idempotencyKeyInput } from '../domain/idempotency.ts';
import { noteRefundPaidElsewhere } from '../domain/note-refund-paid-elsewhere.ts';
import type { OrdersDeps } from '../domain/orders-deps.ts';
import type { ReceivePaymentWebhook } from '../domain/payment-webhook.ts';
import { refundInput } from '../domain/refund-input.ts';
import { refundOrder } from '../domain/refund-order.ts';
import { type RetryDeps, retryCheckout } from '../domain/retry-checkout.ts';
import { statusInput, updateOrderStatus } from '../domain/update-order-status.ts';
import type { MutationResolvers } from './generated.ts';
import { statusOf } from './order-status.ts';

type AdministrationMutations = Pick<
  MutationResolvers,
  'updateOrderStatus' | 'refundOrder' | 'noteRefundPaidElsewhere' | 'retryCheckout' | 'receivePaymentWebhook'
>;

/** What only administrators, and the router for the payment provider, may do.
 *  @param receiveWebhook null where the provider in use sends no messages */
export function createAdministrationMutations(
  deps: OrdersDeps & RetryDeps,
  receiveWebhook: ReceivePaymentWebhook | null,
): AdministrationMutations {
  return {
    async updateOrderStatus(_, { input }, { viewer }) {
      const { userId } = requireAdmin(viewer);
      const change = parseInput(statusInput, { ...input, status: statusOf(input.status) });
      return { order: await updateOrderStatus(deps, change, userId) };
    },

    async refundOrder(_, args, { viewer }) {
      const { userId } = requireAdmin(viewer);
      const { idempotencyKey = null } = parseInput(idempotencyKeyInput, args);
      const input = parseInput(refundInput, args.input);
      const { order, refund, isReplayed } = await refundOrder(deps, { ...input, idempotencyKey }, userId);
      return { order, refund, replayed: isReplayed };
    },

    async noteRefundPaidElsewhere(_, { input }, { viewer }) {
      const { userId } = requireAdmin(viewer);
      const { orderId, refundId } = input;
      return await noteRefundPaidElsewhere(deps, { orderId, refundId, paidElsewhereBy: userId });
    },

    async retryCheckout(_, { input }, { viewer }) {
      requireAdmin(viewer);
      await retryCheckout(deps, input.orderId);
      return { orderId: input.orderId };
    },

    async receivePaymentWebhook(_, { input }, { viewer }) {
      requireService(viewer, 'router');
      if (receiveWebhook === null)
        throw new AppError('RES_001', 'The payment provider in use sends no messages');
      return { received: await receiveWebhook(input) };
    },
  };
}
