import { loadConfig } from '@commerce/kit/config';
import { createProcessLogger } from '@commerce/kit/logger';
import { runService } from '@commerce/kit/service';
import { cartConfig } from './config.ts';
import { startCart } from './start.ts';

await runService('cart', async () => {
  const config = loadConfig(cartConfig);
  return await startCart(config, { logger: createProcessLogger('cart', config) });
});
