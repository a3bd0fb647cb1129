import { cents, MAX_CENTS } from '@commerce/kit/money';
import { z } from 'zod';
import type { OperationName } from '../domain/fault-queue.ts';
import type { Denial, Payments } from '../domain/payments.ts';

/** An operation that was asked for, ready to be carried out, also more than once. */
export type Call = { operation: OperationName; act(denial: Denial): Promise<unknown> };

const key = z.string().min(1).max(100);
const payment = {
  orderId: z.string().min(1).max(50),
  authorisationKey: key,
  currency: z.string().regex(/^[A-Z]{3}$/),
};
const amountCents = z.int().min(1).max(MAX_CENTS).transform(cents);

const authoriseBody = z.object({ ...payment, amountCents, token: z.string().min(1).max(500) });
const moveBody = z.object({ ...payment, key, amountCents });
const voidBody = z.object({ ...payment, key });

const FIND_PATH = '/authorisations/';

/** Reads `POST /authorisations`, `/captures`, `/voids`, `/refunds` and `GET /authorisations/<key>`.
 *  @returns null where there is no such operation
 *  @throws ZodError where the body does not fit */
export function readCall(
  payments: Payments,
  { method, path, body }: { method: string; path: string; body: unknown },
): Call | null {
  switch (`${method} ${path}`) {
    case 'POST /authorisations': {
      const request = amountOf(authoriseBody.parse(body));
      return { operation: 'authorise', act: (denial) => payments.authorise({ ...request, ...denial }) };
    }
    case 'POST /captures': {
      const request = amountOf(moveBody.parse(body));
      return { operation: 'capture', act: (denial) => payments.capture({ ...request, ...denial }) };
    }
    case 'POST /refunds': {
      const request = amountOf(moveBody.parse(body));
      return { operation: 'refund', act: (denial) => payments.refund({ ...request, ...denial }) };
    }
    case 'POST /voids': {
      const request = voidBody.parse(body);
      return { operation: 'void', act: () => payments.void(request) };
    }
  }
  if (method !== 'GET' || !path.startsWith(FIND_PATH)) return null;
  const authorisationKey = key.parse(decodeURIComponent(path.slice(FIND_PATH.length)));
  return { operation: 'find', act: () => payments.find(authorisationKey) };
}

function amountOf<Body extends { amountCents: z.output<typeof amountCents> }>({
  amountCents: amount,
  ...rest
}: Body) {
  return { ...rest, amount };
}
