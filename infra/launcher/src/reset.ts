import { ConfigError } from '@commerce/kit/config';
import { loadDataDirectory } from './config.ts';
import { emptyDataFolder } from './data-folder.ts';
import { StartError } from './start-error.ts';

try {
  const directory = loadDataDirectory(process.env);
  await emptyDataFolder(directory);
  process.stdout.write(`${directory} is empty: the next start begins anew.\n`);
} catch (error) {
  if (!(error instanceof StartError || error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
