import type { IncomingMessage } from 'node:http';
import { AppError } from '@commerce/kit/errors';
import type { ServiceClient } from '@commerce/kit/service-client';
import express from 'express';
import { z } from 'zod';
import { readTextBody } from './http/body.ts';
import { answerOtherMethod } from './http/methods.ts';
import type { RequestScope } from './http/request-scope.ts';
import { sendJson } from './rest/envelope.ts';

/** Where Stripe sends its messages. */
export const STRIPE_WEBHOOK_PATH = '/webhooks/stripe';

const document =
  'mutation ReceivePaymentWebhook($input: PaymentWebhookInput!) { receivePaymentWebhook(input: $input) { received } }';
const answerSchema = z.object({ receivePaymentWebhook: z.object({ received: z.boolean() }) });

/** Takes payment providers' messages in, unread: the orders service knows the secret that they are signed with.
 *  @param scopeOf the caller's address and request id, for its log */
export function createWebhookRouter(
  orders: ServiceClient,
  scopeOf: (request: IncomingMessage) => RequestScope,
): express.Router {
  const router = express.Router();
  router
    .route(STRIPE_WEBHOOK_PATH)
    .post(async (request, response) => {
      const scope = scopeOf(request);
      scope.route = STRIPE_WEBHOOK_PATH;
      const signature = request.headers['stripe-signature'];
      // Whoever sends without one is not let near the orders service.
      if (typeof signature !== 'string') throw new AppError('AUTH_003', 'The signature is missing');
      const input = { payload: await readTextBody(request), signature };
      const { clientAddress, requestId } = scope;
      const caller = { clientAddress, requestId };
      await orders.execute({ document, variables: { input }, schema: answerSchema, caller });
      response.setHeader('Cache-Control', 'no-store');
      // Also where it had come before: else it would come again.
      sendJson(response, 200, { received: true });
    })
    .all((request, response) => {
      scopeOf(request).route = STRIPE_WEBHOOK_PATH;
      answerOtherMethod(request, response, 'POST, OPTIONS');
    });
  return router;
}
