import { Agent } from 'undici';
import { isInnerHost, publicLookup } from './public-address.ts';

export type WebhookRequest = { url: string; headers: Record<string, string>; body: string };

export type WebhookOutcome =
  | { kind: 'answered'; status: number }
  /** The reason tells neither the URL nor what was sent. */
  | { kind: 'failed'; reason: string }
  /** It was given up because this process ends: it may have arrived. */
  | { kind: 'interrupted' };

/** Posts to addresses that administrators have chosen. Never throws. */
export type WebhookSender = {
  /** @param signal once aborted, the request is given up */
  send(request: WebhookRequest, signal: AbortSignal): Promise<WebhookOutcome>;
  close(): Promise<void>;
};

export type WebhookSenderOptions = {
  /** Refuses addresses that are not of the public internet: else deliveries could be aimed at inner services. */
  isPublicOnly: boolean;
  timeoutMs?: number;
};

/** Connections to one origin. */
const MAX_CONNECTIONS = 8;
/** An answer's body says nothing to us: so much is read to keep the connection, else it is cut. */
const MAX_ANSWER_BYTES = 16_384;

export function createWebhookSender({
  isPublicOnly,
  timeoutMs = 5_000,
}: WebhookSenderOptions): WebhookSender {
  const agent = new Agent({
    connections: MAX_CONNECTIONS,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connect: { timeout: timeoutMs, ...(isPublicOnly ? { lookup: publicLookup } : {}) },
  });

  async function post({ url, headers, body }: WebhookRequest, signal: AbortSignal): Promise<number> {
    const { origin, pathname, search } = new URL(url);
    // Redirects are not followed: an answer of 3xx has not taken the event.
    const answer = await agent.request({
      origin,
      path: pathname + search,
      method: 'POST',
      headers,
      body,
      signal,
    });
    // Not awaited: the status has been heard, and who never ends the body must not hold a lane. Bounded as a whole:
    // a byte now and then, and no time limit between two bytes would ever be reached.
    const draining = AbortSignal.timeout(timeoutMs);
    void answer.body.dump({ limit: MAX_ANSWER_BYTES, signal: draining }).catch(() => undefined);
    return answer.statusCode;
  }

  return {
    async send(request, signal) {
      if (isPublicOnly && isInnerHost(new URL(request.url))) {
        return { kind: 'failed', reason: 'The address is not public' };
      }
      const ending = new AbortController();
      const end = () => ending.abort();
      const timer = setTimeout(end, timeoutMs);
      signal.addEventListener('abort', end);
      try {
        if (signal.aborted) return { kind: 'interrupted' };
        return { kind: 'answered', status: await post(request, ending.signal) };
      } catch (error) {
        if (signal.aborted) return { kind: 'interrupted' };
        const isLate = ending.signal.aborted;
        return { kind: 'failed', reason: isLate ? `No answer within ${timeoutMs} ms` : reasonOf(error) };
      } finally {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
      }
    },
    close: () => agent.destroy(),
  };
}

/** The code alone: messages may quote the URL. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown fault';
  return `No answer: ${code.slice(0, 100)}`;
}
