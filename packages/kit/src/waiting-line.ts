/** Those who wait for something that becomes free: served in their order, and each for a bounded time. */
export type WaitingLine<Thing> = {
  length(): number;
  /** @param patienceMs how long to wait; once as long again where the line moves fast enough for that
   *  @param reason what it is rejected with when the time is up */
  join(patienceMs: number, reason: () => unknown): Promise<Thing>;
  /** @returns false where nobody waits */
  serve(thing: Thing): boolean;
  failAll(error: unknown): void;
};

type Waiter<Thing> = {
  resolve(thing: Thing): void;
  reject(error: unknown): void;
  /** Counts those who joined before. */
  ticket: number;
  /** How many had been served when it joined. */
  servedBefore: number;
  timer: NodeJS.Timeout | undefined;
};

export function createWaitingLine<Thing>(): WaitingLine<Thing> {
  const waiters = new Set<Waiter<Thing>>();
  let joined = 0;
  let served = 0;

  function startTimer(waiter: Waiter<Thing>, patienceMs: number, whenOver: () => void): void {
    const check = () => {
      if (waiters.has(waiter)) whenOver();
    };
    // Where this process was busy, what sets something free may lie unread: timers come before sockets,
    // this after both.
    waiter.timer = setTimeout(() => setImmediate(check), patienceMs);
  }

  /** Whether as many were served since the waiter joined as there are still before it. Then it is a crowd that
   *  is being worked off, not something that hangs, and it is as good as its turn. */
  function isNearlyServed({ ticket, servedBefore }: Waiter<Thing>): boolean {
    const [first] = waiters;
    return first !== undefined && served - servedBefore > ticket - first.ticket;
  }

  function leave(waiter: Waiter<Thing>): void {
    waiters.delete(waiter);
    clearTimeout(waiter.timer);
  }

  return {
    length: () => waiters.size,
    join: (patienceMs, reason) =>
      new Promise((resolve, reject) => {
        const waiter = { resolve, reject, ticket: joined, servedBefore: served, timer: undefined };
        joined += 1;
        waiters.add(waiter);
        const giveUp = () => {
          leave(waiter);
          reject(reason());
        };
        startTimer(waiter, patienceMs, () => {
          if (isNearlyServed(waiter)) startTimer(waiter, patienceMs, giveUp);
          else giveUp();
        });
      }),
    serve(thing) {
      const [next] = waiters;
      if (next === undefined) return false;
      leave(next);
      served += 1;
      next.resolve(thing);
      return true;
    },
    failAll(error) {
      for (const waiter of waiters) {
        leave(waiter);
        waiter.reject(error);
      }
    },
  };
}
