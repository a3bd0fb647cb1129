import { Pool } from 'undici';
import { z } from 'zod';

export type ServiceToKill = 'users' | 'catalog' | 'cart' | 'orders';

/** One kind of request, and the services that it cannot be answered without. */
export type RequestClass = {
  name: string;
  needs: readonly ServiceToKill[];
  /** Sent in one turn of so many. */
  everyTurns: number;
  document: string;
};

// A cart without prices is read from the cart service alone: it does not ask the catalog for them.
export const requestClasses: readonly RequestClass[] = [
  {
    name: 'users',
    needs: ['users'],
    everyTurns: 1,
    document: '{ me { userId email firstName lastName createdAt } }',
  },
  {
    name: 'catalog',
    needs: ['catalog'],
    everyTurns: 1,
    document:
      '{ products(limit: 10) { totalCount nodes { productId name price { amount } category { name } } } }',
  },
  {
    name: 'cart',
    needs: ['cart'],
    everyTurns: 1,
    document: '{ cart { cartId itemCount items { itemId productId quantity } } }',
  },
  {
    name: 'orders',
    needs: ['orders'],
    everyTurns: 1,
    document:
      '{ orders(limit: 10) { totalCount nodes { orderId status itemCount summary { total { amount } } } } }',
  },
  {
    name: 'a page of all',
    needs: ['users', 'catalog', 'cart', 'orders'],
    // Costs as much as the others together.
    everyTurns: 4,
    document: `{ me { firstName } product(productId: "prod_001") { name } cart { itemCount } orders(limit: 10) { totalCount } }`,
  },
];

const answerSchema = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(z.object({ extensions: z.object({ code: z.string() }) })).optional(),
});
type Answer = z.output<typeof answerSchema>;

/** What holds while requests are sent. */
type Phase = { dead: ServiceToKill | null; record(name: string, durationMs: number): void };

export type NeighbourLoad = {
  enter(phase: Phase): void;
  /** Answers that were not what they had to be, and how often. */
  faults: ReadonlyMap<string, number>;
  stop(): Promise<void>;
};

/** Clients that send one request after the other, of each class in turn, so that the machine is never full and every
 *  class meets the same. Of what was asked, whatever needs no dead service has to be as it was at the start. */
export async function startNeighbourLoad(options: {
  origin: string;
  token: string;
  clients: number;
}): Promise<NeighbourLoad> {
  const pool = new Pool(options.origin, { connections: options.clients });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${options.token}` };
  const faults = new Map<string, number>();
  let phase: Phase = { dead: null, record: () => undefined };
  let isOver = false;

  const ask = async ({ document }: RequestClass): Promise<Answer> => {
    const body = JSON.stringify({ query: document });
    const response = await pool.request({ method: 'POST', path: '/graphql', headers, body });
    return answerSchema.parse(await response.body.json());
  };
  const whole = await Promise.all(requestClasses.map(ask));

  const send = async (kind: RequestClass, expected: Answer | undefined) => {
    const sentIn = phase;
    const startedAt = performance.now();
    const answer = await ask(kind).catch((error: unknown) => String(error));
    sentIn.record(kind.name, performance.now() - startedAt);
    // What was under way when the phase changed may have met either.
    const mayFail = [sentIn.dead, phase.dead].some((dead) => dead !== null && kind.needs.includes(dead));
    const fault = describeFault(answer, expected, mayFail);
    if (fault === null) return;
    const name = `${kind.name}, ${phase.dead ?? 'nobody'} dead: ${fault}`;
    faults.set(name, (faults.get(name) ?? 0) + 1);
  };

  const run = async () => {
    for (let turn = 0; !isOver; turn += 1) {
      for (const [index, kind] of requestClasses.entries())
        if (turn % kind.everyTurns === 0) await send(kind, whole[index]);
    }
  };
  const running = Array.from({ length: options.clients }, run);

  return {
    faults,
    enter(next) {
      phase = next;
    },
    async stop() {
      isOver = true;
      await Promise.all(running);
      await pool.destroy();
    },
  };
}

/** @param mayFail whether what it asks a service that is dead may be missing, and nothing else
 *  @returns what is wrong with an answer, null where nothing is */
function describeFault(answer: Answer | string, whole: Answer | undefined, mayFail: boolean): string | null {
  if (typeof answer === 'string') return answer;
  const codes = (answer.errors ?? []).map(({ extensions }) => extensions.code);
  const missing = Object.entries(whole?.data ?? {}).filter(
    ([field, value]) => JSON.stringify(answer.data?.[field]) !== JSON.stringify(value),
  );
  if (missing.length === 0 && codes.length === 0) return null;
  const isPartial = missing.length === 1 && codes.length === 1 && codes[0] === 'SYS_002';
  return mayFail && isPartial
    ? null
    : `${missing.length} fields differ, errors: ${codes.join(' ') || 'none'}`;
}
