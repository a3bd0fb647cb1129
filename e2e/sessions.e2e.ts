import { startTestSupergraph, type TestSupergraph } from '@commerce/testkit/in-process-supergraph';
import { DEMO_PASSWORD } from '@commerce/testkit/seeded-database';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createShopClient, type ShopClient } from './client.ts';

/** The router learns from users which sessions have ended, and no request tells it. */

let shop: TestSupergraph;
let client: ShopClient;
let adminToken = '';

beforeAll(async () => {
  shop = await startTestSupergraph();
  client = createShopClient(shop.url);
  adminToken = await client.logIn('admin@example.com', DEMO_PASSWORD);
});
afterAll(async () => {
  await shop?.close();
});

type Account = Awaited<ReturnType<ShopClient['signUp']>> & { refreshToken: string };

const sessionAnswer = z.object({
  login: z.object({ session: z.object({ accessToken: z.string(), refreshToken: z.string() }) }),
});
const listAnswer = z.object({
  sessions: z.array(z.object({ sessionId: z.string(), isCurrent: z.boolean() })),
});

async function openSession(): Promise<Account> {
  const account = await client.signUp();
  const { email, password } = account;
  const { data } = await client.graphql(
    'mutation ($input: LoginInput!) { login(input: $input) { session { accessToken refreshToken } } }',
    { variables: { input: { email, password } } },
  );
  const { accessToken: token, refreshToken } = sessionAnswer.parse(data).login.session;
  return { ...account, token, refreshToken };
}

async function mutate(field: string, options: { token?: string; input?: object; selection: string }) {
  const { input, selection, token } = options;
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input!`;
  const document = input
    ? `mutation ($input: ${type}) { ${field}(input: $input) { ${selection} } }`
    : `mutation { ${field} { ${selection} } }`;
  const { errors } = await client.graphql(document, {
    ...(token === undefined ? {} : { token }),
    ...(input === undefined ? {} : { variables: { input } }),
  });
  expect(errors).toEqual([]);
}

async function currentSession(token: string): Promise<string> {
  const { data } = await client.graphql('{ sessions { sessionId isCurrent } }', { token });
  const current = listAnswer.parse(data).sessions.find(({ isCurrent }) => isCurrent);
  if (!current) throw new Error('No session');
  return current.sessionId;
}

const endings: Record<string, (account: Account) => Promise<void>> = {
  logout: async ({ refreshToken }) =>
    await mutate('logout', { input: { refreshToken }, selection: 'loggedOut' }),
  'endSession from another one': async ({ token, email, password }) => {
    const input = { sessionId: await currentSession(token) };
    await mutate('endSession', { token: await client.logIn(email, password), input, selection: 'sessionId' });
  },
  endAllSessions: async ({ token }) => await mutate('endAllSessions', { token, selection: 'ended' }),
  'a change of the password': async ({ token, password: currentPassword }) => {
    const input = { currentPassword, newPassword: 'Another-Passw0rd!' };
    await mutate('changePassword', { token, input, selection: 'user { userId }' });
  },
  deactivation: async ({ userId }) => {
    const input = { userId, isActive: false };
    await mutate('setUserActive', { token: adminToken, input, selection: 'user { userId }' });
  },
};

const meAnswer = z.object({
  data: z.object({ me: z.unknown() }).nullable(),
  errors: z.array(z.object({ extensions: z.object({ code: z.string() }) })).optional(),
});
const restAnswer = z.object({ error: z.object({ code: z.string() }).optional() });

/** What an access token is answered, each way in: null where it is taken, else the error's code. */
async function answersTo(token: string): Promise<(string | null)[]> {
  const query = '{ me { userId } }';
  const ask = async (url: string, init: RequestInit = {}) => {
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'apollo-require-preflight': '1',
    };
    const response = await fetch(url, { headers, ...init });
    return meAnswer.parse(await response.json()).errors?.[0]?.extensions.code ?? null;
  };
  const graphql = `${shop.url}/graphql`;
  const [post, get, rest] = await Promise.all([
    ask(graphql, { method: 'POST', body: JSON.stringify({ query }) }),
    ask(`${graphql}?query=${encodeURIComponent(query)}`),
    client.rest('GET', '/api/v1/users/profile', { token }),
  ]);
  return [post, get, restAnswer.parse(rest.body).error?.code ?? null];
}

it.concurrent.each(Object.keys(endings))(
  'after %s the access token of that session is refused within 60 s, each way in',
  { timeout: 90_000 },
  async (ending) => {
    const account = await openSession();
    expect(await answersTo(account.token)).toEqual([null, null, null]);
    await endings[ending]?.(account);
    await vi.waitFor(
      async () => expect(await answersTo(account.token)).toEqual(['AUTH_003', 'AUTH_003', 'AUTH_003']),
      { timeout: 60_000, interval: 1_000 },
    );
  },
);
