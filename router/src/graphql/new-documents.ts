import { AppError } from '@commerce/kit/errors';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { OperationLimits } from './operation-limits.ts';

/** Planning blocks all clients. Up to so many fields it takes about as long as answering an operation does. */
const LARGE_FIELDS = 50;
/** Between two large ones, of all clients together: one that takes 75 ms to plan is then felt by few others. */
const LARGE_GAP_MS = 250;
/** Longer than that nobody waits for a turn. */
const MAX_WAIT_MS = 5_000;
/** What a document counts that is refused or malformed: it was read, which takes as long as planning these. */
const REFUSED_FIELDS = 50;
/** As clients write them, blanks included. What is padded takes room from everybody's documents, which counts as well. */
const CHARACTERS_OF_A_FIELD = 50;
/** Turns that one client may wait for: a quarter of those that there are. */
const WAITING_OF_A_CLIENT = 5;
const WINDOW_SECONDS = 60;

/** Lets a document's text pass to whoever validates and plans it.
 *  @throws AppError VAL_001 over a limit of its size, RATE_001 for a client that came with too many new texts, SYS_002
 *  while too many large ones wait */
export type AdmitDocument = (clientAddress: string, text: string) => Promise<void>;

/** Bounds the time that goes into documents not seen before: distinct ones, each just within the limits of size, would
 *  keep the router from everything else. Large ones wait for a turn; documents that were seen, and small ones, do not.
 *  Each router counts for itself, as each plans for itself.
 *  @param budget fields of new documents, fragments written out, that a client may come with in a minute */
export function createDocumentAdmission(limits: OperationLimits, budget: number): AdmitDocument {
  const ofClient = new RateLimiterMemory({ keyPrefix: 'new', points: budget, duration: WINDOW_SECONDS });
  const waitForTurn = createTurns();

  return async (clientAddress, text) => {
    if (limits.isKnown(text)) return;
    // Before it is read at all: who is over the budget costs nothing more.
    const wait = await waitSeconds(ofClient, clientAddress);
    if (wait > 0) throw new AppError('RATE_001', undefined, { retryAfterSeconds: wait });
    let fields = REFUSED_FIELDS;
    try {
      fields = limits.measure(text) ?? REFUSED_FIELDS;
    } finally {
      const written = Math.ceil(text.length / CHARACTERS_OF_A_FIELD);
      await ofClient.penalty(clientAddress, Math.max(fields, written));
    }
    if (fields > LARGE_FIELDS) await waitForTurn(clientAddress);
  };
}

/** @returns a function that settles for its callers one by one, with a gap between them */
function createTurns(): (client: string) => Promise<void> {
  let nextAt = 0;
  const waiting = new Map<string, number>();
  return async (client) => {
    const now = performance.now();
    const turnAt = Math.max(now, nextAt);
    const ofClient = waiting.get(client) ?? 0;
    if (turnAt - now > MAX_WAIT_MS || ofClient >= WAITING_OF_A_CLIENT)
      throw new AppError('SYS_002', undefined, { retryAfterSeconds: MAX_WAIT_MS / 1_000 });
    nextAt = turnAt + LARGE_GAP_MS;
    if (turnAt <= now) return;
    waiting.set(client, ofClient + 1);
    await new Promise((resolve) => setTimeout(resolve, turnAt - now));
    const left = (waiting.get(client) ?? 1) - 1;
    if (left > 0) waiting.set(client, left);
    else waiting.delete(client);
  };
}

/** @returns 0 where there is something left */
async function waitSeconds(limiter: RateLimiterMemory, key: string): Promise<number> {
  const counted = await limiter.get(key);
  if (counted === null || counted.consumedPoints < limiter.points) return 0;
  return Math.max(1, Math.ceil(counted.msBeforeNext / 1_000));
}
