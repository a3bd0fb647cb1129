import type { GraphQLDataSource } from '@apollo/gateway';
import { KEPT_IDLE_MS } from '@commerce/kit/http-server';
import {
  INTERNAL_TOKEN_HEADER,
  type MintInternalToken,
  REQUEST_ID_HEADER,
  USER_AGENT_HEADER,
} from '@commerce/kit/internal-token';
import type { Logger } from '@commerce/kit/logger';
import type { Caller } from '@commerce/kit/viewer';
import { Pool } from 'undici';
import { askedPaths } from './failed-fields.ts';
import { failedAnswer, readSubgraphAnswer } from './subgraph-answer.ts';

/** What every operation carries through the gateway to the data sources. */
export type RouterContext = {
  caller: Caller;
  /** Of who sent the operation; absent where the REST layer did. */
  clientAddress?: string;
};

type Source = GraphQLDataSource<RouterContext>;
type ProcessOptions = Parameters<Source['process']>[0];

export type DataSourceOptions = {
  /** Name of the subgraph: the audience of its tokens. */
  name: string;
  /** Origin of the subgraph. */
  url: string;
  mintToken: MintInternalToken;
  /** Whether it keeps what clients call themselves. */
  isToldUserAgent?: boolean;
  logger: Logger;
};

export type SubgraphDataSource = Source & { close(): Promise<void> };

const READ_TIMEOUT_MS = 3_000;
/** A write may wait for a payment provider (5 s), and a client that gave up too early orders twice. Counted from when
 *  it is sent: a crowd that orders at once waits its turn. */
const WRITE_TIMEOUT_MS = 10_000;
/** Of a write, its turn included. */
const WRITE_PATIENCE_MS = 25_000;
const MAX_CONNECTIONS = 64;
/** Past this a hung subgraph would pile up requests that nobody waits for any more. */
const MAX_WAITING = 1_024;
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;

/** Sends operations to one subgraph over kept-alive connections. Whatever goes wrong on the way (no connection, no
 *  answer in time, an answer that is none) becomes SYS_002 for the fields asked for, and is logged here: the
 *  gateway's own errors quote URLs and bodies. */
export function createDataSource(options: DataSourceOptions): SubgraphDataSource {
  const { name, mintToken } = options;
  const pool = new Pool(options.url, {
    connections: MAX_CONNECTIONS,
    connect: { timeout: 1_000 },
    // The server keeps connections for 65 s, but cuts them when it ends.
    keepAliveTimeout: KEPT_IDLE_MS,
    keepAliveMaxTimeout: KEPT_IDLE_MS,
    headersTimeout: WRITE_TIMEOUT_MS,
    bodyTimeout: WRITE_TIMEOUT_MS,
    maxResponseSize: MAX_ANSWER_BYTES,
  });

  async function send(operation: ProcessOptions['request'], caller: Caller): Promise<unknown> {
    if (pool.stats.queued > MAX_WAITING) throw new Error('Too many requests wait for a connection');
    const { query = '', variables, operationName } = operation;
    const deadline = new AbortController();
    const timeoutMs = query.startsWith('mutation') ? WRITE_PATIENCE_MS : READ_TIMEOUT_MS;
    const timer = setTimeout(() => deadline.abort(new Error(`No answer in ${timeoutMs} ms`)), timeoutMs);
    try {
      const response = await pool.request({
        method: 'POST',
        path: '/graphql',
        headers: {
          'content-type': 'application/json',
          [INTERNAL_TOKEN_HEADER]: mintToken(caller, name),
          [REQUEST_ID_HEADER]: caller.requestId,
          ...(options.isToldUserAgent && caller.userAgent ? { [USER_AGENT_HEADER]: caller.userAgent } : {}),
        },
        body: JSON.stringify({ query, variables, operationName }),
        signal: deadline.signal,
      });
      const text = await response.body.text();
      // 400 is a fault of the operation, told in the body. 401 would be the router's own, not the caller's.
      if (response.statusCode !== 200 && response.statusCode !== 400) {
        throw new Error(`Status ${response.statusCode}`);
      }
      return parseJson(text);
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    async process({ request, context }) {
      if (!hasCaller(context)) throw new Error('An operation without a caller');
      const representations = representationsOf(request);
      try {
        return readSubgraphAnswer(await send(request, context.caller), representations?.length ?? null);
      } catch (error) {
        const reason = error instanceof Error ? `${error.name}: ${error.message.slice(0, 200)}` : 'unknown';
        const { requestId } = context.caller;
        options.logger.warn({ subgraph: name, requestId, reason }, 'A subgraph gave no proper answer');
        return failedAnswer(askedPaths(request.query ?? '', representations));
      }
    },
    close: () => pool.destroy(),
  };
}

function hasCaller(context: Record<string, unknown>): context is RouterContext {
  return typeof context.caller === 'object' && context.caller !== null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message quotes the text.
    throw new Error('Not JSON');
  }
}

/** @returns null where the operation is no entity fetch */
function representationsOf({ query, variables }: ProcessOptions['request']): unknown[] | null {
  // The type is not in the public schema: no variable of a client can be mistaken for the gateway's.
  const isEntityFetch = query?.includes('$representations:[_Any!]!');
  const representations: unknown = variables?.representations;
  return isEntityFetch && Array.isArray(representations) ? representations : null;
}
