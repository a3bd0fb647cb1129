import { existsSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { type Place, places } from './places.ts';

/** The places at which orders kills itself, as files that it shares with the harness (see orders.mjs). */
export type ArmedPlaces = {
  /** @param hit which time of coming by, from 1; counted anew by each process */
  arm(place: Place, hit: number): Promise<void>;
  disarm(): Promise<void>;
  hasFired(): boolean;
  /** The place at which it has killed itself since this was asked last. */
  takeFired(): Promise<Place | null>;
};

const armedFile = z.record(z.string(), z.number());

export function createArmedPlaces(folder: string): ArmedPlaces {
  const armed = path.join(folder, 'armed.json');
  const fired = path.join(folder, 'fired');
  const write = async (content: Record<string, number>) => {
    // Renamed into place: orders may read it at any moment.
    await writeFile(`${armed}.new`, JSON.stringify(content));
    await rename(`${armed}.new`, armed);
  };
  return {
    async arm(place, hit) {
      const text = await readFile(armed, 'utf8').catch(() => '{}');
      await write({ ...armedFile.parse(JSON.parse(text)), [place]: hit });
    },
    disarm: async () => await write({}),
    hasFired: () => existsSync(fired),
    async takeFired() {
      const name = await readFile(fired, 'utf8').catch(() => null);
      await rm(fired, { force: true });
      return places.find((place) => place === name) ?? null;
    },
  };
}
