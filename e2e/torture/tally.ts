import type { AckedOrder } from '@commerce/invariants/invariant';

/** What happened in all rounds. */
export type Tally = {
  count(what: string, times?: number): void;
  counts(): ReadonlyMap<string, number>;
  /** Something that must not be; the run fails. */
  complain(complaint: string): void;
  complaints(): readonly string[];
  /** @returns false for one that was told of before */
  ack(order: AckedOrder): boolean;
  acked(): readonly AckedOrder[];
  /** How long something took; the longest is kept. */
  took(what: string, ms: number): void;
  longest(): ReadonlyMap<string, number>;
};

export function createTally(): Tally {
  const counts = new Map<string, number>();
  const longest = new Map<string, number>();
  const complaints: string[] = [];
  const acked = new Map<string, AckedOrder>();
  return {
    count: (what, times = 1) => void counts.set(what, (counts.get(what) ?? 0) + times),
    counts: () => new Map([...counts].sort(([a], [b]) => (a < b ? -1 : 1))),
    complain: (complaint) => void complaints.push(complaint),
    complaints: () => complaints,
    ack(order) {
      const isNew = !acked.has(order.orderId);
      acked.set(order.orderId, order);
      return isNew;
    },
    acked: () => [...acked.values()],
    took: (what, ms) => void longest.set(what, Math.max(longest.get(what) ?? 0, ms)),
    longest: () => longest,
  };
}
