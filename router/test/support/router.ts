import { createAccessTokenSigner } from '@commerce/kit/access-token';
import { loadConfig } from '@commerce/kit/config';
import type { Logger } from '@commerce/kit/logger';
import type { RunningService } from '@commerce/kit/service';
import { routerConfig } from '../../src/config.ts';
import { startRouter } from '../../src/start.ts';
import {
  type FakeSubgraph,
  INTERNAL_KEY,
  quiet,
  type SubgraphName,
  startFakeSubgraph,
  subgraphNames,
} from './fake-subgraphs.ts';

const JWT_SECRET = 'access-token-secret-of-the-tests-0123456789';

// biome-ignore lint/suspicious/noExplicitAny: tests read answers of any shape
export type Answer = { status: number; headers: Headers; text: string; body: any };

export type TestRouter = RunningService & {
  fetch(path: string, init?: RequestInit): Promise<Answer>;
  rest(
    method: string,
    path: string,
    options?: { token?: string; body?: unknown; headers?: Record<string, string> },
  ): Promise<Answer>;
  graphql(
    query: string,
    options?: { token?: string; variables?: unknown; headers?: Record<string, string> },
  ): Promise<Answer>;
};

export function signToken(
  role: 'customer' | 'admin' = 'customer',
  userId = 'usr_1',
  now = new Date(),
  sessionId = 'fam_1',
): string {
  const sign = createAccessTokenSigner(JWT_SECRET, () => now);
  return sign({ userId, email: 'user@example.com', role, sessionId });
}

export async function startFakes(): Promise<Record<SubgraphName, FakeSubgraph>> {
  const entries = await Promise.all(
    subgraphNames.map(async (name) => [name, await startFakeSubgraph(name)] as const),
  );
  return Object.fromEntries(entries) as Record<SubgraphName, FakeSubgraph>;
}

export async function closeFakes(fakes: Record<SubgraphName, FakeSubgraph>): Promise<void> {
  await Promise.all(Object.values(fakes).map((fake) => fake.close()));
}

/** Starts a router over the given origins. */
export async function startTestRouter(
  origins: Record<SubgraphName, { url: string }>,
  variables: Record<string, string> = {},
  logger: Logger = quiet,
): Promise<TestRouter> {
  const config = loadConfig(routerConfig, {
    NODE_ENV: 'test',
    PORT: '0',
    JWT_SECRET,
    INTERNAL_KEYS: subgraphNames.map((name) => `${name}:${INTERNAL_KEY}`).join(','),
    USERS_URL: origins.users.url,
    CATALOG_URL: origins.catalog.url,
    CART_URL: origins.cart.url,
    ORDERS_URL: origins.orders.url,
    RATE_LIMIT_API_MAX: '100000',
    RATE_LIMIT_GRAPHQL_MAX: '100000',
    GRAPHQL_COST_BUDGET: '100000000',
    GRAPHQL_PLANNING_BUDGET: '100000000',
    ...variables,
  });
  const router = await startRouter(config, { logger });

  async function fetchPath(path: string, init?: RequestInit): Promise<Answer> {
    const response = await fetch(`${router.url}${path}`, { redirect: 'manual', ...init });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '') && text !== '';
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson ? JSON.parse(text) : null,
    };
  }

  return {
    ...router,
    fetch: fetchPath,
    rest: (method, path, { token, body, headers } = {}) =>
      fetchPath(`/api/v1${path}`, {
        method,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    graphql: (query, { token, variables: values, headers } = {}) =>
      fetchPath('/graphql', {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...headers,
        },
        body: JSON.stringify({ query, variables: values }),
      }),
  };
}
