import type { AckedOrder } from '@commerce/invariants/invariant';
import { z } from 'zod';
import type { Tally } from './tally.ts';

/** How a request went. `away`: no answer, or SYS_002: it may have been carried out. */
export type Answer =
  | { kind: 'done'; data: unknown; isReplayed: boolean }
  | { kind: 'refused'; code: string; message: string; details: unknown }
  | { kind: 'away' };

export type OrderInput = {
  shippingAddress: Readonly<Record<string, string>>;
  paymentMethod: { type: string; token: string };
};

/** The shop as a client sees it. Whatever must never be answered is a complaint. */
export type ShopRequests = {
  rest(method: string, path: string, options: RequestOptions): Promise<Answer>;
  graphql(document: string, variables: unknown, token: string): Promise<Answer>;
  createOrder(order: {
    via: 'rest' | 'graphql';
    input: OrderInput;
    key: string | null;
    token: string;
  }): Promise<{ kind: 'taken'; order: AckedOrder; isReplayed: boolean } | Exclude<Answer, { kind: 'done' }>>;
};

type RequestOptions = { token: string; body?: unknown; headers?: Record<string, string> };

/** Longer than any budget of the shop: what takes longer hangs. */
const TIMEOUT_MS = 13_000;

const fault = z.object({ code: z.string(), message: z.string(), details: z.unknown().optional() });
const restFailure = z.object({ error: fault });
const restData = z.object({ data: z.unknown() });
const graphqlBody = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z
    .array(
      z.object({
        message: z.string(),
        extensions: z.object({ code: z.string(), details: z.unknown().optional() }),
      }),
    )
    .optional(),
});

const line = { productId: z.string(), quantity: z.number() };
const amount = z.object({ amount: z.string().transform(Number) }).transform((money) => money.amount);
const restOrder = z.object({
  orderId: z.string(),
  userId: z.string(),
  status: z.literal('pending'),
  items: z.array(z.object({ ...line, price: z.number() })),
  summary: z.object({ total: z.number() }),
});
const graphqlOrder = z.object({
  createOrder: z.object({
    replayed: z.boolean(),
    order: z.object({
      orderId: z.string(),
      user: z.object({ userId: z.string() }),
      status: z.literal('PENDING'),
      items: z.array(z.object({ ...line, price: amount })),
      summary: z.object({ total: amount }),
    }),
  }),
});

const CREATE_ORDER = `mutation Create($input: CreateOrderInput!, $key: String) {
  createOrder(input: $input, idempotencyKey: $key) {
    replayed
    order { orderId status user { userId } items { productId quantity price { amount } } summary { total { amount } } }
  }
}`;

export function createRequests(origin: string, tally: Tally): ShopRequests {
  async function send(method: string, path: string, options: RequestOptions) {
    const { token, body, headers = {} } = options;
    const startedAt = performance.now();
    try {
      const response = await fetch(`${origin}${path}`, {
        method,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      return { response, json: JSON.parse(await response.text()) as unknown };
    } catch (error) {
      if (error instanceof Error && error.name === 'TimeoutError') {
        tally.complain(`${method} ${path} had no answer in ${TIMEOUT_MS} ms`);
      }
      tally.count('answer: none');
      return null;
    } finally {
      tally.took(
        `answer to ${method} ${path.split('?')[0]?.replace(/_[^/]*/g, '…')}`,
        performance.now() - startedAt,
      );
    }
  }

  function failure({ code, message, details }: z.output<typeof fault>, asked: string): Answer {
    tally.count(`answer: ${code}`);
    if (code === 'SYS_002') return { kind: 'away' };
    if (code === 'SYS_001') tally.complain(`${asked} was answered with SYS_001`);
    return { kind: 'refused', code, message, details };
  }

  async function rest(method: string, path: string, options: RequestOptions): Promise<Answer> {
    const answer = await send(method, path, options);
    if (answer === null) return { kind: 'away' };
    const { response, json } = answer;
    if (!response.ok) return failure(restFailure.parse(json).error, `${method} ${path}`);
    tally.count(`answer: ${response.status}`);
    const isReplayed = response.headers.get('idempotent-replayed') === 'true';
    return { kind: 'done', data: restData.parse(json).data, isReplayed };
  }

  async function graphql(query: string, variables: unknown, token: string): Promise<Answer> {
    const answer = await send('POST', '/graphql', { token, body: { query, variables } });
    if (answer === null) return { kind: 'away' };
    const { data = null, errors = [] } = graphqlBody.parse(answer.json);
    const [error] = errors;
    if (error) {
      const { message, extensions } = error;
      return failure({ ...extensions, message }, `POST /graphql ${query.slice(0, 40)}`);
    }
    tally.count(`answer: ${answer.response.status}`);
    return { kind: 'done', data, isReplayed: false };
  }

  return {
    rest,
    graphql,
    async createOrder({ via, input, key, token }) {
      const keyed = key === null ? {} : { key };
      if (via === 'rest') {
        const headers: Record<string, string> = key === null ? {} : { 'idempotency-key': key };
        const answer = await rest('POST', '/api/v1/orders', { token, body: input, headers });
        if (answer.kind !== 'done') return answer;
        const { orderId, userId, items, summary } = restOrder.parse(answer.data);
        const order = { orderId, userId, items, total: summary.total, ...keyed };
        return { kind: 'taken', order, isReplayed: answer.isReplayed };
      }
      const answer = await graphql(CREATE_ORDER, { input, key }, token);
      if (answer.kind !== 'done') return answer;
      const { order, replayed } = graphqlOrder.parse(answer.data).createOrder;
      const { orderId, user, items, summary } = order;
      const acked = { orderId, userId: user.userId, items, total: summary.total, ...keyed };
      return { kind: 'taken', order: acked, isReplayed: replayed };
    },
  };
}
