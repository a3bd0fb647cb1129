import { expect, vi } from 'vitest';
import { z } from 'zod';

type RestAnswer = { status: number; headers: Headers; body: unknown };

type RestOptions = { token?: string; body?: unknown; headers?: Record<string, string> };

/** A client of a running shop. */
export type ShopClient = {
  rest(method: string, path: string, options?: RestOptions): Promise<RestAnswer>;
  graphql(
    query: string,
    options?: { token?: string; variables?: Record<string, unknown> },
  ): Promise<{ status: number; data: Record<string, unknown> | null; errors: GraphqlError[] }>;
  /** Registers an account and logs in. */
  signUp(): Promise<{ token: string; userId: string; email: string; password: string }>;
  logIn(email: string, password: string): Promise<string>;
  /** Waits until an order has a REST status, 10 s at most. */
  waitForStatus(orderId: string, status: string, token: string): Promise<void>;
};

const graphqlError = z.object({
  message: z.string(),
  path: z.array(z.union([z.string(), z.number()])).optional(),
  extensions: z.object({
    code: z.string(),
    httpStatus: z.number(),
    requestId: z.string(),
    details: z.unknown().optional(),
  }),
});
type GraphqlError = z.infer<typeof graphqlError>;

const graphqlAnswer = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(graphqlError).optional(),
});

const loginAnswer = z.object({
  data: z.object({ accessToken: z.string(), user: z.object({ userId: z.string() }) }),
});

const PASSWORD = 'SecurePass123!';
let accounts = 0;

export function createShopClient(origin: string): ShopClient {
  async function rest(method: string, path: string, options: RestOptions = {}): Promise<RestAnswer> {
    const response = await fetch(`${origin}${path}`, {
      method,
      headers: {
        ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
        ...options.headers,
      },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? null : JSON.parse(text),
    };
  }

  async function logIn(email: string, password: string): Promise<string> {
    const answer = await rest('POST', '/api/v1/users/login', { body: { email, password } });
    return loginAnswer.parse(answer.body).data.accessToken;
  }

  return {
    rest,
    logIn,
    async waitForStatus(orderId, status, token) {
      await vi.waitFor(
        async () => {
          const order = await rest('GET', `/api/v1/orders/${orderId}`, { token });
          expect(order.body).toMatchObject({ data: { status } });
        },
        { timeout: 10_000, interval: 50 },
      );
    },
    async graphql(query, options = {}) {
      const { token, variables = {} } = options;
      const answer = await rest('POST', '/graphql', {
        body: { query, variables },
        ...(token === undefined ? {} : { token }),
      });
      const { data = null, errors = [] } = graphqlAnswer.parse(answer.body);
      return { status: answer.status, data, errors };
    },
    async signUp() {
      accounts += 1;
      const email = `shopper-${process.pid}-${accounts}@example.org`;
      await rest('POST', '/api/v1/users/register', {
        body: { email, password: PASSWORD, firstName: 'Sam', lastName: 'Shopper' },
      });
      const login = await rest('POST', '/api/v1/users/login', { body: { email, password: PASSWORD } });
      const { accessToken, user } = loginAnswer.parse(login.body).data;
      return { token: accessToken, userId: user.userId, email, password: PASSWORD };
    },
  };
}
