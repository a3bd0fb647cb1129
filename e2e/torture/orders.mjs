import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadConfig } from '@commerce/kit/config';
import { createLogger } from '@commerce/kit/logger';
import { runService } from '@commerce/kit/service';
import { ordersConfig } from '@commerce/orders/config';
import { startOrders } from '@commerce/orders/start';

/** The orders service from its build, which kills itself where the harness wants it to: see armed-places.ts. */

const folder = process.env.TORTURE_FOLDER ?? '';
const armedFile = path.join(folder, 'armed.json');
const hits = new Map();

function failpoint(place) {
  const armed = readArmed();
  if (!(place in armed)) return undefined;
  const hit = (hits.get(place) ?? 0) + 1;
  hits.set(place, hit);
  if (hit < armed[place]) return undefined;
  delete armed[place];
  writeFileSync(armedFile, JSON.stringify(armed));
  writeFileSync(path.join(folder, 'fired'), place);
  process.kill(process.pid, 'SIGKILL');
  // The signal may take a moment: nothing more is done in it.
  return new Promise(() => undefined);
}

function readArmed() {
  try {
    return JSON.parse(readFileSync(armedFile, 'utf8'));
  } catch {
    return {};
  }
}

await runService('orders', async () => {
  const config = loadConfig(ordersConfig);
  const logger = createLogger({ service: 'orders', level: config.LOG_LEVEL });
  return await startOrders(config, { logger, failpoint });
});
