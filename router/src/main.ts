import { loadConfig } from '@commerce/kit/config';
import { createProcessLogger } from '@commerce/kit/logger';
import { runService } from '@commerce/kit/service';
import { routerConfig } from './config.ts';
import { startRouter } from './start.ts';

await runService('router', async () => {
  const config = loadConfig(routerConfig);
  return startRouter(config, { logger: createProcessLogger('router', config) });
});
