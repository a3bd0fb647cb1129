/** Chance that repeats itself: the same seed gives the same draws. */
export type Random = {
  /** From 0 to 1, without 1. */
  fraction(): number;
  /** Whole numbers, both ends included. */
  integer(from: number, to: number): number;
  pick<Item>(items: readonly Item[]): Item;
  /** True that often, 0 to 1. */
  chance(probability: number): boolean;
  shuffle<Item>(items: readonly Item[]): Item[];
};

/** Mulberry32: 32 bits of state are plenty for plans, and it is the same everywhere. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const integer = (from: number, to: number) => from + Math.floor(fraction() * (to - from + 1));
  return {
    fraction,
    integer,
    pick(items) {
      const picked = items[integer(0, items.length - 1)];
      if (picked === undefined) throw new Error('Nothing to pick from');
      return picked;
    },
    chance: (probability) => fraction() < probability,
    shuffle(items) {
      const keyed = items.map((item) => ({ item, key: fraction() }));
      return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
    },
  };
}
