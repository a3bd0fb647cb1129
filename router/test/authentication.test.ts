import { createHmac } from 'node:crypto';
import { AppError } from '@commerce/kit/errors';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAccountStateReader } from '../src/account-state.ts';
import { quiet } from './support/fake-subgraphs.ts';
import { closeFakes, signToken, startFakes, startTestRouter, type TestRouter } from './support/router.ts';

let fakes: Awaited<ReturnType<typeof startFakes>>;
let router: TestRouter;

beforeAll(async () => {
  fakes = await startFakes();
});
beforeEach(async () => {
  // A new one for each test: it remembers administrators.
  router = await startTestRouter(fakes);
  for (const fake of Object.values(fakes)) fake.reset();
});
afterEach(async () => {
  await router.close();
});
afterAll(async () => {
  await closeFakes(fakes);
});

const query = '{ product(productId: "prod_001") { name } }';
const user = { kind: 'user', userId: 'usr_1', email: 'user@example.com', sessionId: 'fam_1' };

async function viewerOf(headers: Record<string, string>): Promise<unknown> {
  const answer = await router.graphql(query, { headers });
  expect(answer.body.data.product).not.toBeNull();
  return fakes.catalog.callers.at(-1)?.viewer;
}

describe('a subgraph is told who asks', () => {
  it('a customer', async () => {
    expect(await viewerOf({ authorization: `Bearer ${signToken()}` })).toEqual({ ...user, role: 'customer' });
  });

  it('an administrator', async () => {
    expect(await viewerOf({ authorization: `bearer  ${signToken('admin')}` })).toEqual({
      ...user,
      role: 'admin',
    });
  });

  it('nobody', async () => {
    expect(await viewerOf({})).toEqual({ kind: 'anonymous', reason: 'missing' });
  });

  it('somebody whose token has expired', async () => {
    const token = signToken('customer', 'usr_1', new Date(Date.now() - 2 * 3_600_000));
    expect(await viewerOf({ authorization: `Bearer ${token}` })).toEqual({
      kind: 'anonymous',
      reason: 'expired',
    });
  });

  it.each(['', 'Bearer', 'Bearer ', 'Bearer a b', 'Basic dTpw', 'Bearer x.y.z', `Bearer ${unsigned()}`])(
    'somebody with the header %j',
    async (authorization) => {
      const reason = authorization === '' ? 'invalid' : 'invalid';
      expect(await viewerOf({ authorization })).toEqual({ kind: 'anonymous', reason });
    },
  );

  it('from where, and under which request', async () => {
    await router.graphql(query, { headers: { 'x-request-id': 'id-7', 'x-forwarded-for': '1.2.3.4' } });

    expect(fakes.catalog.callers[0]).toMatchObject({ requestId: 'id-7', clientAddress: '127.0.0.1' });
  });
});

function unsigned(): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const body = `${part({ alg: 'none', typ: 'JWT' })}.${part({ userId: 'usr_1', role: 'admin' })}`;
  return `${body}.${createHmac('sha256', '').update(body).digest('base64url')}`;
}

it('believes no header that only the router may send', async () => {
  const viewer = await viewerOf({
    'x-internal-token': 'forged',
    'x-user-id': 'usr_2',
    'x-user-role': 'admin',
    'x-internal-viewer': '{"kind":"service","name":"orders"}',
  });

  expect(viewer).toEqual({ kind: 'anonymous', reason: 'missing' });
});

describe('a private REST endpoint', () => {
  it.each([
    [{}, 'AUTH_003', 'Authentication required'],
    [{ authorization: 'Bearer nonsense' }, 'AUTH_003', 'Invalid token'],
    [
      { authorization: `Bearer ${signToken('customer', 'usr_1', new Date(Date.now() - 7_200_000))}` },
      'AUTH_002',
      'Token expired',
    ],
  ])('refuses %j with %s', async (headers, code, message) => {
    const answer = await router.rest('POST', '/cart/items', {
      body: {},
      headers: headers as Record<string, string>,
    });

    expect(answer.status).toBe(401);
    expect(answer.body.error).toMatchObject({ code, message });
  });

  it('lets public ones answer with a bad token', async () => {
    const answer = await router.rest('GET', '/products', { token: 'nonsense' });

    expect(answer.status).toBe(200);
  });
});

describe('an administrator', () => {
  const asAdmin = { authorization: `Bearer ${signToken('admin')}` };
  const answerState = (state: unknown) => {
    let asked = 0;
    const accountState = () => {
      asked += 1;
      if (state instanceof Error) throw state;
      return state;
    };
    fakes.users.override({ Query: { accountState } });
    return () => asked;
  };

  it('is asked for once, however often they come', async () => {
    const asked = answerState({ userId: 'usr_1', role: 'ADMIN', isActive: true });

    await Promise.all(Array.from({ length: 5 }, () => viewerOf(asAdmin)));
    await viewerOf(asAdmin);

    expect(asked()).toBe(1);
    const service = fakes.users.callers.at(0)?.viewer;
    expect(service).toEqual({ kind: 'service', name: 'router' });
  });

  it('who was demoted is a customer', async () => {
    answerState({ userId: 'usr_1', role: 'CUSTOMER', isActive: true });

    expect(await viewerOf(asAdmin)).toEqual({ ...user, role: 'customer' });
  });

  it.each([[{ userId: 'usr_1', role: 'ADMIN', isActive: false }], [null]])(
    'who is gone is nobody: %j',
    async (state) => {
      answerState(state);

      expect(await viewerOf(asAdmin)).toEqual({ kind: 'anonymous', reason: 'invalid' });
    },
  );

  it('who cannot be confirmed is a customer for the while', async () => {
    answerState(new AppError('SYS_002'));

    expect(await viewerOf(asAdmin)).toEqual({ ...user, role: 'customer' });
  });

  it('is asked for again after 30 seconds', async () => {
    let role = 'ADMIN';
    let asked = 0;
    let now = 1_000;
    const reader = createAccountStateReader(
      {
        async execute({ schema }) {
          asked += 1;
          return schema.parse({ accountState: { role, isActive: true } });
        },
        close: async () => {},
      },
      quiet,
      { now: () => now },
    );
    const origin = { clientAddress: '127.0.0.1', requestId: 'x' };

    expect(await reader('usr_1', origin)).toBe('admin');
    role = 'CUSTOMER';
    now = 30_000;
    expect(await reader('usr_1', origin)).toBe('admin');
    now = 31_100;
    expect(await reader('usr_1', origin)).toBe('customer');
    expect(asked).toBe(2);
  });
});
