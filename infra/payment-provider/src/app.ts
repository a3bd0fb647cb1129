import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Logger } from '@commerce/kit/logger';
import { databaseError, databaseErrorCode } from '@commerce/kit/postgres';
import { ZodError, z } from 'zod';
import { type FaultQueue, faultKinds, isFaultOf, operationNames } from './domain/fault-queue.ts';
import { KeyReuseError, type Payments } from './domain/payments.ts';
import { carryOut } from './http/carry-out.ts';
import { HttpError } from './http/http-error.ts';
import { readCall } from './http/operations.ts';
import { readJson } from './http/read-json.ts';

export type PaymentAppDeps = {
  payments: Payments;
  /** Null where no faults may be asked for. */
  faults: FaultQueue | null;
  /** The bearer token of every request but those for its health. */
  secret: string;
  /** @throws AppError SYS_002 while the database is away */
  ping(): Promise<void>;
  logger: Logger;
};

const faultBody = z
  .object({
    operation: z.enum(operationNames),
    fault: z.enum(faultKinds),
    /** How many of the next operations it befalls. */
    count: z.int().min(1).max(1_000).default(1),
    delayMs: z.int().min(0).max(600_000).default(0),
  })
  .refine(({ operation, fault }) => isFaultOf(operation, fault), 'The operation cannot go wrong in this way');

/** The provider's HTTP interface, JSON in and out. A business no is an answer (status 200, see Payments); any
 *  other status says `{ error }`. */
export function createPaymentApp(deps: PaymentAppDeps): RequestListener {
  const { faults, logger } = deps;
  const isCaller = createBearerCheck(deps.secret);

  /** @returns what to answer; undefined where the connection was cut instead */
  async function answer(request: IncomingMessage): Promise<unknown> {
    const { method = 'GET' } = request;
    const [path = '/'] = (request.url ?? '/').split('?', 1);
    if (method === 'GET' && path === '/health') return { status: 'ok' };
    if (method === 'GET' && path === '/ready') {
      await deps.ping();
      return { status: 'ready' };
    }
    if (!isCaller(request.headers.authorization)) throw new HttpError(401, 'The secret is missing or wrong');
    const body = method === 'POST' ? await readJson(request) : undefined;
    if (path === '/faults') return changeFaults(method, body);
    const call = readCall(deps.payments, { method, path, body });
    if (!call) throw new HttpError(404, 'There is nothing here');
    return await carryOut(call, faults?.take(call.operation) ?? null, request);
  }

  function changeFaults(method: string, body: unknown): unknown {
    if (!faults) throw new HttpError(403, 'Faults are switched off (PAYMENT_FAULTS)');
    if (method === 'POST') {
      const { operation, fault, count, delayMs } = faultBody.parse(body);
      faults.add(operation, { kind: fault, delayMs }, count);
    } else if (method === 'DELETE') {
      faults.clear();
    } else {
      throw new HttpError(405, 'Faults are added by POST and removed by DELETE');
    }
    return {};
  }

  return (request, response) => {
    answer(request)
      .then((body) => {
        if (body !== undefined) sendJson(response, 200, body);
      })
      .catch((error: unknown) => {
        const { status, message } = failureOf(error);
        if (status === 500 && !(error instanceof HttpError))
          logger.error({ reason: reasonOf(error) }, 'A request has failed');
        sendJson(response, status, { error: message });
      });
  };
}

function createBearerCheck(secret: string): (authorization: string | undefined) => boolean {
  // Digests have one length, whatever was sent: how long the comparison takes tells nothing.
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const expected = digest(`Bearer ${secret}`);
  return (authorization = '') => timingSafeEqual(digest(authorization), expected);
}

function failureOf(error: unknown): { status: number; message: string } {
  if (error instanceof HttpError) return { status: error.status, message: error.message };
  if (error instanceof ZodError) return { status: 400, message: faultsOf(error) };
  if (error instanceof URIError) return { status: 400, message: 'The path is malformed' };
  if (error instanceof KeyReuseError) return { status: 409, message: error.message };
  const outage = databaseError(error);
  return outage
    ? { status: outage.httpStatus, message: outage.message }
    : { status: 500, message: 'Something went wrong' };
}

function faultsOf(error: ZodError): string {
  return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
}

// Never a database error's message: it repeats the statement's parameters.
function reasonOf(error: unknown): string {
  return (
    databaseErrorCode(error) ?? (error instanceof Error ? (error.stack ?? error.message) : String(error))
  );
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
