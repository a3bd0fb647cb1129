import { AppError } from '@commerce/kit/errors';
import type { ServiceClient } from '@commerce/kit/service-client';

/** Runs a document at another service.
 *  @throws AppError with the other's code where it gives a clear no (BUS_*, RES_001). Everything else, such
 *  as a token of ours that it refuses, is no fault of the customer and becomes SYS_002 */
export const callService: (service: ServiceClient) => ServiceClient['execute'] =
  (service) => async (request) => {
    try {
      return await service.execute(request);
    } catch (error) {
      if (error instanceof AppError && isForCustomer(error)) throw error;
      throw new AppError('SYS_002', undefined, { cause: error, retryAfterSeconds: 2 });
    }
  };

function isForCustomer({ code }: AppError): boolean {
  return code.startsWith('BUS_') || code === 'RES_001' || code === 'SYS_002';
}
