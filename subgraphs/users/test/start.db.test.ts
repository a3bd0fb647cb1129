import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadConfig } from '@commerce/kit/config';
import { createTokenMint, INTERNAL_TOKEN_HEADER } from '@commerce/kit/internal-token';
import { createLogger } from '@commerce/kit/logger';
import type { RunningService } from '@commerce/kit/service';
import { createTestDatabase, type TestDatabase } from '@commerce/testkit/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { usersConfig } from '../src/config.ts';
import { startUsers } from '../src/start.ts';
import { password, secrets } from './users-fixture.ts';

const key = 'internal-key-of-these-tests-0123456789-0123456';
const mint = createTokenMint('router', { users: key, cart: key });
const logger = createLogger({ service: 'users', level: 'silent' });
let database: TestDatabase;
let folder: string;
let service: RunningService;

const configure = (url: string, port = '0') =>
  loadConfig(usersConfig, {
    PORT: port,
    USERS_DATABASE_URL: url,
    CART_URL: 'http://127.0.0.1:1',
    ORDERS_URL: 'http://127.0.0.1:1',
    CATALOG_URL: 'http://127.0.0.1:1',
    INTERNAL_KEYS: `catalog:${key},cart:${key},orders:${key}`,
    INTERNAL_KEYS_ACCEPTED: `router:${key}`,
    JWT_SECRET: secrets.access,
    JWT_REFRESH_SECRET: secrets.refresh,
    MAIL_DIR: path.join(folder, 'mail'),
  });

beforeAll(async () => {
  database = await createTestDatabase('users');
  folder = await mkdtemp(path.join(tmpdir(), 'users-start-'));
  service = await startUsers(configure(database.url), { logger });
});
afterAll(async () => {
  await service.close();
  await database.drop();
  await rm(folder, { recursive: true });
});

async function post(query: string, audience = 'users', token?: string): Promise<Response> {
  const caller = { viewer: { kind: 'anonymous', reason: 'missing' }, clientAddress: '192.0.2.1' } as const;
  return await fetch(`${service.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [INTERNAL_TOKEN_HEADER]: token ?? mint(caller, audience) },
    body: JSON.stringify({ query }),
  });
}

describe('the running subgraph', () => {
  it('registers and logs in for the router, and keeps the mail as a file', async () => {
    const person = `email: "user@example.com", password: "${password}"`;
    const names = 'firstName: "John", lastName: "Doe"';
    const registered = await post(`mutation { register(input: { ${person}, ${names} }) { user { email } } }`);
    expect(await registered.json()).toEqual({ data: { register: { user: { email: 'user@example.com' } } } });
    const loggedIn = await post(`mutation { login(input: { ${person} }) { session { expiresIn } } }`);
    expect(await loggedIn.json()).toEqual({ data: { login: { session: { expiresIn: 3600 } } } });
    expect(await readdir(path.join(folder, 'mail'))).toHaveLength(1);
  });

  it.each([
    ['no token', 'users', ''],
    ['a token for another subgraph', 'cart', undefined],
  ])('answers 401 to %s', async (_name, audience, token) => {
    for (const query of ['{ me { userId } }', '{ _service { sdl } }']) {
      const response = await post(query, audience, token);
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'AUTH_003' } }] });
    }
  });

  it('does not tell its schema', async () => {
    expect(JSON.stringify(await (await post('{ __schema { types { name } } }')).json())).not.toContain(
      '"types"',
    );
  });

  it('is ready while its database answers', async () => {
    expect((await fetch(`${service.url}/ready`)).status).toBe(200);
    const away = await startUsers(configure('postgres://nobody@127.0.0.1:1/none'), { logger });
    const response = await fetch(`${away.url}/ready`);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'SYS_002' } }] });
    expect((await fetch(`${away.url}/health`)).status).toBe(200);
    await away.close();
  });

  it('leaves nothing open where its port is taken', async () => {
    const taken = createServer();
    await new Promise<void>((ready) => taken.listen(0, '127.0.0.1', ready));
    const address = taken.address();
    const port = address && typeof address === 'object' ? address.port : 0;
    await expect(startUsers(configure(database.url, String(port)), { logger })).rejects.toThrow('EADDRINUSE');
    await new Promise<void>((closed) => taken.close(() => closed()));
  });
});
