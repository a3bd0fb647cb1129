import type { Db } from '@commerce/kit/postgres';
import { Gauge, type Registry } from 'prom-client';
import { countParked } from './data/parked-counts.ts';

/** What waits for an administrator, by kind: anything above 0 is worth an alert. Read when it is asked for. */
export function registerParkedGauge(registry: Registry, db: Db): void {
  const gauge = new Gauge({
    name: 'commerce_parked',
    help: 'Work that was given up until somebody looks into it',
    labelNames: ['kind'],
    registers: [registry],
    async collect() {
      // Other metrics are to be had also while the database is away; the last counts stay.
      const counts = await countParked(db).catch(() => ({}));
      for (const [kind, count] of Object.entries(counts)) gauge.set({ kind }, count);
    },
  });
}
