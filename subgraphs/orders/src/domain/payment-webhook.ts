import { AppError } from '@commerce/kit/errors';

/** What a payment provider says by itself, as far as we read it. */
export type ProviderMessage = {
  /** The provider's own, by which a message that comes twice is known. */
  messageId: string;
  type: string;
  /** Null where it is about none of our orders. */
  orderId: string | null;
};

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
