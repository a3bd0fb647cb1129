import { Pool } from 'undici';
import { z } from 'zod';
import type { AuthoriseOutcome, Payment, PaymentProvider, Unknown } from './payment.ts';

export type DemoPaymentOptions = {
  /** Origin of the demonstration provider. */
  url: string;
  /** Shared with it. */
  secret: string;
  /** A call that takes longer is given up: how it went is not known. */
  timeoutMs: number;
};

const approved = z.object({
  kind: z.literal('approved'),
  reference: z.string(),
  brand: z.string().nullable(),
  last4: z.string().nullable(),
});
const declined = z.object({ kind: z.literal('declined'), reason: z.string() });
const refused = z.object({ kind: z.literal('refused'), reason: z.string() });
const bare = <Kind extends string>(kind: Kind) => z.object({ kind: z.literal(kind) });

const authoriseAnswer = z.discriminatedUnion('kind', [approved, declined]);
const findAnswer = z.discriminatedUnion('kind', [approved, declined, bare('absent')]);
const captureAnswer = z.discriminatedUnion('kind', [bare('captured'), refused]);
const voidAnswer = z.discriminatedUnion('kind', [bare('voided'), bare('captured')]);
const refundAnswer = z.discriminatedUnion('kind', [bare('refunded'), refused]);

/** The demonstration provider (infra/payment-provider), which moves no money, over HTTP. */
export function createDemoPaymentProvider(
  options: DemoPaymentOptions,
): PaymentProvider & { close(): Promise<void> } {
  const pool = new Pool(options.url, { connections: 32, connect: { timeout: CONNECT_TIMEOUT_MS } });

  async function ask<Schema extends z.ZodType>(
    schema: Schema,
    { method, path, body }: { method: 'GET' | 'POST'; path: string; body?: unknown },
  ): Promise<z.output<Schema> | Unknown> {
    try {
      const response = await pool.request({
        method,
        path,
        headers: { authorization: `Bearer ${options.secret}`, 'content-type': 'application/json' },
        body: body === undefined ? null : JSON.stringify(body),
        signal: AbortSignal.timeout(options.timeoutMs),
      });
      const text = await response.body.text();
      if (response.statusCode !== 200) {
        throw new Error(`The payment provider answered with status ${response.statusCode}: ${text}`);
      }
      return schema.parse(JSON.parse(text));
    } catch (cause) {
      return { kind: 'unknown', cause };
    }
  }
  const post = <Schema extends z.ZodType>(schema: Schema, path: string, body: unknown) =>
    ask(schema, { method: 'POST', path, body });

  return {
    async authorise(request) {
      const body = { ...nameOf(request), amountCents: request.amount, token: request.method.token };
      return unreachedWhereUnsent(await post(authoriseAnswer, '/authorisations', body));
    },
    capture: (request) =>
      post(captureAnswer, '/captures', { ...nameOf(request), key: request.key, amountCents: request.amount }),
    void: (request) => post(voidAnswer, '/voids', { ...nameOf(request), key: request.key }),
    refund: (request) =>
      post(refundAnswer, '/refunds', {
        ...nameOf(request),
        key: request.key,
        amountCents: request.refundAmount,
      }),
    find: ({ authorisationKey }) =>
      ask(findAnswer, { method: 'GET', path: `/authorisations/${encodeURIComponent(authorisationKey)}` }),
    close: () => pool.destroy(),
  };
}

function nameOf({ orderId, authorisationKey, currency }: Payment) {
  return { orderId, authorisationKey, currency };
}

const CONNECT_TIMEOUT_MS = 1_000;

/** Failures before there is a connection: nothing was sent. */
const connectFailures: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'UND_ERR_CONNECT_TIMEOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

function unreachedWhereUnsent<Outcome extends { kind: string }>(
  outcome: Outcome | Unknown,
): Outcome | Unknown | Extract<AuthoriseOutcome, { kind: 'unreached' }> {
  if (!isUnknown(outcome)) return outcome;
  const { cause } = outcome;
  const isUnsent = cause instanceof Error && 'code' in cause && connectFailures.has(cause.code);
  return isUnsent ? { kind: 'unreached', cause } : outcome;
}

function isUnknown(outcome: { kind: string }): outcome is Unknown {
  return outcome.kind === 'unknown';
}
