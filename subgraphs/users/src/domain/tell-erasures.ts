import { describeError } from '@commerce/kit/graphql-errors';
import { type RecurringTask, repeatWhileFull } from '@commerce/kit/worker';
import type { CallOrigin } from '../clients/erasers.ts';
import type { DueTelling, ErasureRecord } from '../data/erasure-record.ts';
import type { Deps } from './deps.ts';

/** Longer than telling takes: whoever holds it tells, or is dead. */
export const TELL_LEASE_SECONDS = 15;
const TELL_SECONDS = 2;
const BATCH = 20;

/** By attempt; the last one for all further ones. It is never given up: the law asks for it, and an outage ends. */
const retryDelaysSeconds: readonly number[] = [5, 15, 60, 300, 1_800, 3_600];
/** Until a subgraph is asked again that has answered and is not through: an order takes days. */
const ASK_AGAIN_SECONDS = 3_600;
/** From then on somebody has to look into it. */
const ALARMING_ATTEMPTS = 5;

type Needs = Pick<Deps, 'erasures' | 'erasers' | 'logger'>;

/** Tells all other subgraphs of an erasure at once; who does not answer is told again by the task.
 *  @returns what became of it by then */
export async function tellOthers(
  deps: Needs,
  { erasureId, userId, origin }: { erasureId: string; userId: string; origin: CallOrigin },
): Promise<ErasureRecord> {
  const others = ['cart', 'orders', 'catalog'] as const;
  await Promise.all(
    others.map(async (subgraph) => await tell(deps, { erasureId, userId, subgraph, attempts: 0 }, origin)),
  );
  const erasure = await deps.erasures.find(erasureId);
  if (!erasure) throw new Error('An erasure that was started is not there');
  return erasure;
}

/** Tells those that did not answer, until they do, and asks those again that were not through. */
export function tellErasuresTask(deps: Needs): RecurringTask {
  async function tellDue(): Promise<number> {
    const due = await deps.erasures.claimDue(BATCH, TELL_LEASE_SECONDS);
    await Promise.all(
      due.map(async (telling) => {
        const origin = { clientAddress: '127.0.0.1', requestId: `erase-${telling.erasureId}` };
        await tell(deps, telling, origin);
      }),
    );
    return due.length;
  }
  return {
    everySeconds: TELL_SECONDS,
    run: async (signal) => void (await repeatWhileFull(tellDue, BATCH, signal)),
  };
}

async function tell(
  { erasures, erasers, logger }: Needs,
  telling: DueTelling,
  origin: CallOrigin,
): Promise<void> {
  const { erasureId, subgraph, attempts } = telling;
  try {
    await erasures.prove(telling, await erasers[subgraph](telling.userId, origin), ASK_AGAIN_SECONDS);
  } catch (error) {
    const [reason = ''] = describeError(error).split('\n');
    const delaySeconds = retryDelaysSeconds[attempts] ?? retryDelaysSeconds.at(-1) ?? 0;
    const level = attempts >= ALARMING_ATTEMPTS ? 'error' : 'warn';
    logger[level]({ erasureId, subgraph, attempts, reason }, 'A subgraph could not be told of an erasure');
    await putOff({ erasures, logger }, telling, { reason, delaySeconds });
  }
}

// Without it the lease has to run out; what was asked for is done all the same.
async function putOff(
  { erasures, logger }: Pick<Needs, 'erasures' | 'logger'>,
  telling: DueTelling,
  failure: { reason: string; delaySeconds: number },
): Promise<void> {
  try {
    await erasures.postpone(telling, failure);
  } catch (error) {
    logger.warn({ erasureId: telling.erasureId, reason: describeError(error) }, 'An erasure keeps its lease');
  }
}
