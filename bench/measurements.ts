/** Times of one kind of request, in milliseconds. */
export type Summary = { name: string; count: number; p50: number; p99: number; max: number };

export type Measurements = {
  /** Runs a request and keeps how long it took, also where it fails. */
  time<Result>(name: string, request: () => Promise<Result>): Promise<Result>;
  add(name: string, durationMs: number): void;
  summaries(): Summary[];
  totalCount(): number;
};

export function createMeasurements(): Measurements {
  const samples = new Map<string, number[]>();
  const add = (name: string, durationMs: number) => {
    const list = samples.get(name) ?? [];
    list.push(durationMs);
    samples.set(name, list);
  };
  return {
    add,
    async time(name, request) {
      const startedAt = performance.now();
      try {
        return await request();
      } finally {
        add(name, performance.now() - startedAt);
      }
    },
    summaries() {
      const all = [...samples].map(([name, values]) => summarise(name, values));
      return [...all, summarise('all', [...samples.values()].flat())];
    },
    totalCount: () => [...samples.values()].reduce((total, values) => total + values.length, 0),
  };
}

function summarise(name: string, values: readonly number[]): Summary {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { name, count: sorted.length, p50: at(0.5), p99: at(0.99), max: sorted.at(-1) ?? 0 };
}

/** A Markdown table of times. */
export function summaryTable(summaries: readonly Summary[]): string {
  const rows = summaries.map(
    ({ name, count, p50, p99, max }) =>
      `| ${name} | ${count} | ${p50.toFixed(1)} | ${p99.toFixed(1)} | ${max.toFixed(1)} |`,
  );
  return ['| request | count | p50 ms | p99 ms | max ms |', '|---|---:|---:|---:|---:|', ...rows].join('\n');
}
