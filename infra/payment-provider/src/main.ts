import { loadConfig } from '@commerce/kit/config';
import { createLogger } from '@commerce/kit/logger';
import { runService } from '@commerce/kit/service';
import { paymentProviderConfig } from './config.ts';
import { startPaymentProvider } from './start.ts';

await runService('payments', async () => {
  const config = loadConfig(paymentProviderConfig);
  const logger = createLogger({ service: 'payments', level: config.LOG_LEVEL });
  return await startPaymentProvider(config, { logger });
});
