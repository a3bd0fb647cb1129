import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '@commerce/kit/errors';
import { type LimitState, limitError } from '@commerce/kit/limiter';
import type { ServiceClient } from '@commerce/kit/service-client';
import express from 'express';
import { z } from 'zod';
import { readTextBody } from './http/body.ts';
import { setLimitHeaders } from './http/headers.ts';
import { answerOtherMethod } from './http/methods.ts';
import type { RequestScope } from './http/request-scope.ts';
import type { WebhookLimits } from './limits.ts';
import { sendJson } from './rest/envelope.ts';

/** Where Stripe sends its messages. */
export const STRIPE_WEBHOOK_PATH = '/webhooks/stripe';

const document =
  'mutation ReceivePaymentWebhook($input: PaymentWebhookInput!) { receivePaymentWebhook(input: $input) { received } }';
const answerSchema = z.object({ receivePaymentWebhook: z.object({ received: z.boolean() }) });

export type WebhookRouterDeps = {
  orders: ServiceClient;
  limits: WebhookLimits;
  /** The caller's address and request id, for its log. */
  scopeOf(request: IncomingMessage): RequestScope;
};

/** Takes payment providers' messages in, unread: the orders service knows the secret that they are signed with. */
export function createWebhookRouter({ orders, limits, scopeOf }: WebhookRouterDeps): express.Router {
  const router = express.Router();
  router
    .route(STRIPE_WEBHOOK_PATH)
    .post(async (request, response) => {
      const scope = scopeOf(request);
      scope.route = STRIPE_WEBHOOK_PATH;
      const { clientAddress } = scope;
      requireAllowed(response, await limits.countMessage(clientAddress));
      // Nothing of a flood is read, and none of it reaches the orders service.
      requireAllowed(response, await limits.lookForForgeries(clientAddress));
      try {
        await handOn(request, scope);
      } catch (error) {
        if (isForgery(error)) await limits.countForgery(clientAddress);
        throw error;
      }
      response.setHeader('Cache-Control', 'no-store');
      // Also where it had come before: else it would come again.
      sendJson(response, 200, { received: true });
    })
    .all((request, response) => {
      scopeOf(request).route = STRIPE_WEBHOOK_PATH;
      answerOtherMethod(request, response, 'POST, OPTIONS');
    });
  return router;

  async function handOn(request: IncomingMessage, caller: RequestScope): Promise<void> {
    const signature = request.headers['stripe-signature'];
    // Whoever sends without one is not let near the orders service.
    if (typeof signature !== 'string') throw new AppError('AUTH_003', 'The signature is missing');
    const input = { payload: await readTextBody(request), signature };
    const { clientAddress, requestId } = caller;
    const variables = { input };
    await orders.execute({
      document,
      variables,
      schema: answerSchema,
      caller: { clientAddress, requestId },
    });
  }
}

/** The provider's own messages are refused for want of a database, never for what they are. */
function isForgery(error: unknown): boolean {
  return error instanceof AppError && error.httpStatus < 500;
}

/** Only a refusal tells of the limit: the provider does not ask. */
function requireAllowed(response: ServerResponse, state: LimitState): void {
  if (state.isAllowed) return;
  setLimitHeaders(response, state);
  throw limitError(state);
}
