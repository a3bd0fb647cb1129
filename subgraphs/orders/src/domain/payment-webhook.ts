import { AppError } from '@commerce/kit/errors';
import type { ProviderMessage } from '../data/provider-message-store.ts';

/** @throws Error where the signature is not the provider's, or old */
export type VerifyPaymentWebhook = (message: { payload: string; signature: string }) => ProviderMessage;

/** @returns false where the message had come before
 *  @throws AppError AUTH_003 for a message that is not the provider's */
export type ReceivePaymentWebhook = (message: { payload: string; signature: string }) => Promise<boolean>;

/** Takes what is verified into the inbox, from which it is handled later: the provider only waits for that. */
export function createPaymentWebhook(
  verify: VerifyPaymentWebhook,
  inbox: { receive(message: ProviderMessage): Promise<boolean> },
): ReceivePaymentWebhook {
  return async (message) => {
    let verified: ProviderMessage;
    try {
      verified = verify(message);
    } catch (cause) {
      throw new AppError('AUTH_003', 'The signature is not valid', { cause });
    }
    return await inbox.receive(verified);
  };
}
