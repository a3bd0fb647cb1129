import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { loadSecrets } from '../src/secrets.ts';
import { temporaryFolder } from './temporary-folder.ts';

it('makes secrets once, for the owner only, and keeps them', async () => {
  const file = path.join(await temporaryFolder(), 'secrets.json');
  const secrets = await loadSecrets(file);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await loadSecrets(file)).toEqual(secrets);
  const all = [secrets.jwtSecret, secrets.jwtRefreshSecret, secrets.internalTokenSecret];
  expect(new Set([...all, ...Object.values(secrets.rolePasswords)]).size).toBe(7);
});

it('stops at a damaged file without showing what is in it', async () => {
  const file = path.join(await temporaryFolder(), 'secrets.json');
  await writeFile(file, '{"postgresPassword":"canary');
  const error = await loadSecrets(file).catch((reason: unknown) => reason);
  expect(String(error)).toMatch(/is damaged.*npm run reset/);
  expect(JSON.stringify(error) + String(error)).not.toContain('canary');
});
