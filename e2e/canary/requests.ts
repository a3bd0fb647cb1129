import { connect } from 'node:net';
import { text as readAll } from 'node:stream/consumers';
import { z } from 'zod';
import type { Output } from './canaries.ts';

export type Request = {
  /** Origin of a service, past the router. */
  origin?: string;
  method?: string;
  path: string;
  token?: string | undefined;
  headers?: Record<string, string>;
  /** Sent as JSON, or as it is where it is text. */
  body?: unknown;
};

export type Answer = { status: number; body: unknown };

/** A client that keeps what others may see of the answers, and names each request. */
export type Requests = {
  send(request: Request): Promise<Answer>;
  /** Several, a few at a time. */
  sendAll(requests: readonly Request[]): Promise<Answer[]>;
  /** Bytes that are no proper HTTP. */
  sendRaw(bytes: string): Promise<void>;
  /** Names of the requests that were answered. */
  ids: readonly string[];
  /** Headers of all answers, and bodies of those that tell of errors: any other is its reader's own. */
  seen: Output[];
};

const WIDTH = 8;

const envelope = z.looseObject({ success: z.literal(false), error: z.looseObject({ path: z.string() }) });
const withErrors = z.object({ errors: z.array(z.unknown()).min(1) });

/** @param router its origin */
export function createRequests(router: string): Requests {
  const ids: string[] = [];
  const seen: Output[] = [];
  let count = 0;

  async function send({ origin, method, path, token, headers, body }: Request): Promise<Answer> {
    count += 1;
    const id = `canary-request-${count}.`;
    const response = await fetch(`${origin ?? router}${path}`, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: {
        'x-request-id': id,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    if (origin === undefined && headers?.['x-request-id'] === undefined) ids.push(id);
    const parsed = parse(await response.text());
    const name = `answer to ${method ?? ''} request ${count}`;
    seen.push({ name: `headers of ${name}`, text: JSON.stringify([...response.headers]) });
    seen.push({ name, text: JSON.stringify(faultsOf(parsed, path)) ?? '' });
    return { status: response.status, body: parsed };
  }

  return {
    send,
    ids,
    seen,
    async sendAll(requests) {
      const answers: Answer[] = [];
      for (let start = 0; start < requests.length; start += WIDTH)
        answers.push(...(await Promise.all(requests.slice(start, start + WIDTH).map(send))));
      return answers;
    },
    async sendRaw(bytes) {
      const { hostname, port } = new URL(router);
      const socket = connect({ host: hostname, port: Number(port) });
      socket.end(bytes);
      const answer = await readAll(socket);
      const [head = '', body = ''] = answer.split('\r\n\r\n');
      seen.push({ name: 'answer to no HTTP', text: head + JSON.stringify(faultsOf(parse(body), null)) });
    },
  };
}

/** What an answer says of errors. The path that was asked for stands in the envelope by contract.
 *  @param path null for whatever there is */
function faultsOf(body: unknown, path: string | null): unknown {
  const failed = envelope.safeParse(body).data;
  if (failed) {
    const { path: told, ...error } = failed.error;
    return told === path?.split('?', 1)[0] || path === null ? { error } : failed;
  }
  return withErrors.safeParse(body).data?.errors ?? null;
}

function parse(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return text;
  }
}
