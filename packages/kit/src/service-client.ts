import { Pool } from 'undici';
import { z } from 'zod';
import { isErrorCode } from './error-catalogue.ts';
import { AppError } from './errors.ts';
import { createTokenMint, INTERNAL_TOKEN_HEADER, REQUEST_ID_HEADER } from './internal-token.ts';
import type { Caller } from './viewer.ts';

const responseSchema = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z
    .array(
      z.object({
        message: z.string(),
        extensions: z.object({ code: z.string(), details: z.unknown() }).partial().optional(),
      }),
    )
    .optional(),
});

export type ServiceClient = {
  /** Runs a GraphQL document at the other service, as this service itself.
   *  @throws AppError with the other's code, or SYS_002 where it gives no proper answer in time */
  execute<Schema extends z.ZodType>(request: {
    document: string;
    variables: Record<string, unknown>;
    schema: Schema;
    caller: Pick<Caller, 'clientAddress' | 'requestId'>;
  }): Promise<z.output<Schema>>;
  close(): Promise<void>;
};

export type ServiceClientOptions = {
  /** Origin of the other service. */
  url: string;
  audience: string;
  /** Name of the calling service. */
  service: string;
  internalTokenSecret: string;
  timeoutMs?: number;
  connections?: number;
};

export function createServiceClient(options: ServiceClientOptions): ServiceClient {
  const timeoutMs = options.timeoutMs ?? 3_000;
  const pool = new Pool(options.url, {
    connections: options.connections ?? 32,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connect: { timeout: 1_000 },
  });
  const mint = createTokenMint(options.internalTokenSecret, options.service);
  const viewer = { kind: 'service', name: options.service } as const;

  async function post(body: string, caller: Pick<Caller, 'clientAddress' | 'requestId'>) {
    try {
      const response = await pool.request({
        method: 'POST',
        path: '/graphql',
        headers: {
          'content-type': 'application/json',
          [INTERNAL_TOKEN_HEADER]: mint({ viewer, clientAddress: caller.clientAddress }, options.audience),
          [REQUEST_ID_HEADER]: caller.requestId,
        },
        body,
        signal: AbortSignal.timeout(timeoutMs),
      });
      return responseSchema.parse(await response.body.json());
    } catch (cause) {
      throw new AppError('SYS_002', `The ${options.audience} service is unavailable`, {
        cause,
        retryAfterSeconds: 2,
      });
    }
  }

  return {
    async execute({ document, variables, schema, caller }) {
      const answer = await post(JSON.stringify({ query: document, variables }), caller);
      const [error] = answer.errors ?? [];
      if (error) {
        const code = error.extensions?.code;
        throw isErrorCode(code)
          ? new AppError(code, error.message, { details: error.extensions?.details })
          : new AppError('SYS_002', undefined, { cause: new Error(error.message) });
      }
      const parsed = schema.safeParse(answer.data);
      if (!parsed.success) throw new AppError('SYS_002', undefined, { cause: parsed.error });
      return parsed.data;
    },
    close: () => pool.destroy(),
  };
}
