/** Time that passes only when told to, and everything that happens in it: the same seed gives the same run. */
export type Scheduler = {
  now(): number;
  /** From 0 to 1. */
  random(): number;
  /** A whole number from min to max. */
  between(min: number, max: number): number;
  chance(probability: number): boolean;
  /** @returns takes it back */
  after(delayMs: number, act: () => void): () => void;
  /** Runs what is due, in the order of its time, until nothing is left before `untilMs`. */
  runUntil(untilMs: number): Promise<void>;
};

type Event = { at: number; place: number; act: () => void };

export function createScheduler(seed: number): Scheduler {
  const random = randomFrom(seed);
  const events: Event[] = [];
  let time = 0;
  let places = 0;

  function takeNext(untilMs: number): Event | undefined {
    let next = -1;
    for (const [index, event] of events.entries()) {
      const best = events[next];
      if (!best || event.at < best.at || (event.at === best.at && event.place < best.place)) next = index;
    }
    const found = events[next];
    if (!found || found.at > untilMs) return undefined;
    events.splice(next, 1);
    return found;
  }

  return {
    now: () => time,
    random,
    between: (min, max) => min + Math.floor(random() * (max - min + 1)),
    chance: (probability) => random() < probability,
    after(delayMs, act) {
      const event = { at: time + delayMs, place: places++, act };
      events.push(event);
      return () => {
        const index = events.indexOf(event);
        if (index >= 0) events.splice(index, 1);
      };
    },
    async runUntil(untilMs) {
      await settle();
      for (let event = takeNext(untilMs); event; event = takeNext(untilMs)) {
        time = event.at;
        event.act();
        await settle();
      }
      time = untilMs;
    },
  };
}

/** Until every promise that can go on has gone on. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
