import { loadConfig } from '@commerce/kit/config';
import { createLogger } from '@commerce/kit/logger';
import { runService } from '@commerce/kit/service';
import { usersConfig } from './config.ts';
import { startUsers } from './start.ts';

await runService('users', async () => {
  const config = loadConfig(usersConfig);
  return await startUsers(config, { logger: createLogger({ service: 'users', level: config.LOG_LEVEL }) });
});
