import { Pool } from 'undici';
import { z } from 'zod';
import { isErrorCode } from './error-catalogue.ts';
import { AppError } from './errors.ts';
import { KEPT_IDLE_MS } from './http-server.ts';
import { createTokenMint, INTERNAL_TOKEN_HEADER, REQUEST_ID_HEADER } from './internal-token.ts';
import type { Caller } from './viewer.ts';

const errorSchema = z.object({
  message: z.string(),
  extensions: z
    .object({
      code: z.string().optional(),
      details: z.unknown().optional(),
      httpStatus: z.int().min(400).max(599).optional().catch(undefined),
      retryAfterSeconds: z.number().nonnegative().optional().catch(undefined),
    })
    .optional(),
});
const responseSchema = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(errorSchema).optional(),
});

/** GraphQL's own answers; anything else is between the services and none of the customer's business: a
 *  401 means that our secrets differ, not that the customer's token is bad. */
const answerStatuses: ReadonlySet<number> = new Set([200, 400]);

/** More than any answer of ours: who was taken over must not fill the memory of who asks. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;

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
  /** The key that the two share. */
  key: string;
  timeoutMs?: number;
  connections?: number;
};

export function createServiceClient(options: ServiceClientOptions): ServiceClient {
  const timeoutMs = options.timeoutMs ?? 3_000;
  const pool = new Pool(options.url, {
    connections: options.connections ?? 32,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxResponseSize: MAX_ANSWER_BYTES,
    connect: { timeout: 1_000 },
    // The server says 65 s.
    keepAliveMaxTimeout: KEPT_IDLE_MS,
    keepAliveTimeout: KEPT_IDLE_MS,
  });
  const mint = createTokenMint(options.service, { [options.audience]: options.key });
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
      if (!answerStatuses.has(response.statusCode)) {
        // An unread body would keep its connection.
        await response.body.dump();
        throw new Error(`The ${options.audience} service answered with status ${response.statusCode}`);
      }
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
      if (error) throw asAppError(error);
      const parsed = schema.safeParse(answer.data);
      if (!parsed.success) throw new AppError('SYS_002', undefined, { cause: parsed.error });
      return parsed.data;
    },
    close: () => pool.destroy(),
  };
}

function asAppError({ message, extensions = {} }: z.output<typeof errorSchema>): AppError {
  const { code, details, httpStatus, retryAfterSeconds } = extensions;
  return isErrorCode(code)
    ? new AppError(code, message, { details, httpStatus, retryAfterSeconds })
    : new AppError('SYS_002', undefined, { cause: new Error(message) });
}
