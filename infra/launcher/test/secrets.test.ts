import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { loadSecrets } from '../src/secrets.ts';
import { temporaryFolder } from './temporary-folder.ts';

it('makes secrets once, for the owner only, and keeps them', async () => {
  const file = path.join(await temporaryFolder(), 'secrets.json');
  const secrets = await loadSecrets(file);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await loadSecrets(file)).toEqual(secrets);
  const { jwtSecret, jwtRefreshSecret, internalTokenSecret, paymentProviderSecret } = secrets;
  const all = [jwtSecret, jwtRefreshSecret, internalTokenSecret, paymentProviderSecret];
  expect(new Set([...all, ...Object.values(secrets.rolePasswords)]).size).toBe(9);
});

it('adds what an older version did not make, and keeps the rest', async () => {
  const file = path.join(await temporaryFolder(), 'secrets.json');
  const { paymentProviderSecret: _provider, rolePasswords, ...rest } = await loadSecrets(file);
  const { payments: _password, ...olderPasswords } = rolePasswords;
  await writeFile(file, JSON.stringify({ ...rest, rolePasswords: olderPasswords }), { mode: 0o600 });
  const completed = await loadSecrets(file);
  expect(completed).toMatchObject({ ...rest, rolePasswords: olderPasswords });
  expect(completed.paymentProviderSecret.length).toBeGreaterThanOrEqual(32);
  expect(completed.rolePasswords.payments.length).toBeGreaterThanOrEqual(32);
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(completed);
  expect(await loadSecrets(file)).toEqual(completed);
});

it('stops at a damaged file without showing what is in it', async () => {
  const file = path.join(await temporaryFolder(), 'secrets.json');
  await writeFile(file, '{"postgresPassword":"canary');
  const error = await loadSecrets(file).catch((reason: unknown) => reason);
  expect(String(error)).toMatch(/is damaged.*npm run reset/);
  expect(JSON.stringify(error) + String(error)).not.toContain('canary');
});
