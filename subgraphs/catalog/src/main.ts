import { loadConfig } from '@commerce/kit/config';
import { createProcessLogger } from '@commerce/kit/logger';
import { runService } from '@commerce/kit/service';
import { catalogConfig } from './config.ts';
import { startCatalog } from './start.ts';

await runService('catalog', async () => {
  const config = loadConfig(catalogConfig);
  return await startCatalog(config, {
    logger: createProcessLogger('catalog', config),
  });
});
