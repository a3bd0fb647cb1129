import { AppError } from '@commerce/kit/errors';
import type { Scheduler } from './scheduler.ts';

/** What may happen to a message and its answer. */
type Fate =
  | 'delivered'
  /** It never arrives. */
  | 'request-lost'
  /** It is done, but nobody hears of it. */
  | 'answer-lost'
  /** It arrives after the caller has given up. */
  | 'late'
  /** It arrives twice, the second time later. */
  | 'twice';

const faults: readonly Fate[] = ['request-lost', 'answer-lost', 'late', 'twice'];

/** A process that can die: nothing reaches it any more, and nothing of it goes on. */
export type Process = { isAlive: boolean };

export type Call<Result> = {
  /** Does the thing, at the other side; may throw. */
  act: () => Result;
  timeoutMs: number;
  /** How much later than the caller gave up it may still arrive. */
  lateMs: number;
  /** A message over HTTP may come twice; a statement over its one connection cannot. */
  mayRepeat: boolean;
};

export type Network = {
  send<Result>(from: Process, call: Call<Result>): Promise<Result>;
};

/** Messages between processes that take their time, get lost, come late or twice, as chance has it.
 *  @param faultRate how often something goes wrong, now, from 0 to 1 */
export function createNetwork(scheduler: Scheduler, faultRate: () => number): Network {
  return {
    send(from, { act, timeoutMs, lateMs, mayRepeat }) {
      const fate = chooseFate(scheduler, faultRate(), mayRepeat);
      return new Promise((resolve, reject) => {
        const answer = (settle: () => void, delayMs: number) =>
          scheduler.after(delayMs, () => {
            if (from.isAlive) settle();
          });
        const giveUp = () =>
          reject(new AppError('SYS_002', 'No answer (simulated)', { retryAfterSeconds: 2 }));
        const deliver = (onDone: (settle: () => void) => void) => {
          try {
            const result = act();
            onDone(() => resolve(result));
          } catch (error) {
            onDone(() => reject(error));
          }
        };
        const way = () => scheduler.between(0, 40);
        switch (fate) {
          case 'delivered':
            scheduler.after(way(), () => deliver((settle) => answer(settle, way())));
            break;
          case 'twice':
            scheduler.after(way(), () => deliver((settle) => answer(settle, way())));
            scheduler.after(scheduler.between(0, lateMs), () => deliver(() => undefined));
            break;
          case 'request-lost':
            answer(giveUp, scheduler.between(0, timeoutMs));
            break;
          case 'answer-lost':
            scheduler.after(way(), () => deliver(() => answer(giveUp, scheduler.between(0, timeoutMs))));
            break;
          case 'late':
            answer(giveUp, timeoutMs);
            scheduler.after(timeoutMs + scheduler.between(0, lateMs), () => deliver(() => undefined));
            break;
        }
      });
    },
  };
}

function chooseFate(scheduler: Scheduler, faultRate: number, mayRepeat: boolean): Fate {
  if (!scheduler.chance(faultRate)) return 'delivered';
  const fate = faults[scheduler.between(0, faults.length - 1)] ?? 'delivered';
  return fate === 'twice' && !mayRepeat ? 'answer-lost' : fate;
}
