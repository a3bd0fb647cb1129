import { loadConfig } from '@commerce/kit/config';
import { createProcessLogger } from '@commerce/kit/logger';
import { runService } from '@commerce/kit/service';
import { usersConfig } from './config.ts';
import { startUsers } from './start.ts';

await runService('users', async () => {
  const config = loadConfig(usersConfig);
  return await startUsers(config, { logger: createProcessLogger('users', config) });
});
