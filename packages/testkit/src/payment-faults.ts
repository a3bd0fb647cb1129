import type { FaultKind, OperationName } from '@commerce/payment-provider/domain/fault-queue';

/** What goes wrong at the demonstration payment provider, on request. */
export type PaymentFaults = {
  /** Befalls the next operations of this name, in the order of asking.
   *  @param options.count how many of them; 1 by default
   *  @param options.delayMs of `delay` and `late` */
  add(
    operation: OperationName,
    fault: FaultKind,
    options?: { count?: number; delayMs?: number },
  ): Promise<void>;
  clear(): Promise<void>;
};

/** @param provider one that was started with PAYMENT_FAULTS=on */
export function createPaymentFaults(provider: { url: string; secret: string }): PaymentFaults {
  const send = async (method: string, body: unknown): Promise<void> => {
    const response = await fetch(`${provider.url}/faults`, {
      method,
      headers: { authorization: `Bearer ${provider.secret}` },
      body: body === null ? null : JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`No fault was made: ${response.status} ${await response.text()}`);
  };
  return {
    add: async (operation, fault, options = {}) => await send('POST', { operation, fault, ...options }),
    clear: async () => await send('DELETE', null),
  };
}
