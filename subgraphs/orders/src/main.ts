import { loadConfig } from '@commerce/kit/config';
import { createProcessLogger } from '@commerce/kit/logger';
import { runService } from '@commerce/kit/service';
import { ordersConfig } from './config.ts';
import { startOrders } from './start.ts';

await runService('orders', async () => {
  const config = loadConfig(ordersConfig);
  return await startOrders(config, { logger: createProcessLogger('orders', config) });
});
