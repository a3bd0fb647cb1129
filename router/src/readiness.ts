import type { Logger } from '@commerce/kit/logger';
import { Pool } from 'undici';

/** Whether each subgraph answers that it can work, by name. */
export type Readiness = { isReady: boolean; subgraphs: Record<string, 'ready' | 'away'> };

export type ReadinessCheck = { read(): Promise<Readiness>; close(): Promise<void> };

const TIMEOUT_MS = 1_000;
/** Probes of several orchestrators, or of the curious, ask the subgraphs only so often. */
const REUSE_MS = 1_000;

/** Asks every subgraph's `/ready`; answers within about a second, whatever they do. */
export function createReadinessCheck(urls: Readonly<Record<string, string>>, logger: Logger): ReadinessCheck {
  const options = { connections: 1, connect: { timeout: TIMEOUT_MS } };
  const pools = Object.entries(urls).map(([name, url]) => ({ name, pool: new Pool(url, options) }));
  let last: { at: number; result: Promise<Readiness> } | undefined;
  let wasReady = true;

  async function readAll(): Promise<Readiness> {
    const states = await Promise.all(pools.map(async ({ name, pool }) => [name, await ask(pool)] as const));
    const isReady = states.every(([, state]) => state === 'ready');
    const subgraphs = Object.fromEntries(states);
    if (isReady !== wasReady)
      logger.warn({ subgraphs }, isReady ? 'All subgraphs are ready again' : 'Not ready');
    wasReady = isReady;
    return { isReady, subgraphs };
  }

  return {
    read() {
      const now = performance.now();
      if (!last || now - last.at > REUSE_MS) last = { at: now, result: readAll() };
      return last.result;
    },
    async close() {
      await Promise.all(pools.map(({ pool }) => pool.destroy()));
    },
  };
}

async function ask(pool: Pool): Promise<'ready' | 'away'> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const { statusCode, body } = await pool.request({ method: 'GET', path: '/ready', signal });
    await body.dump();
    return statusCode === 200 ? 'ready' : 'away';
  } catch {
    return 'away';
  }
}
