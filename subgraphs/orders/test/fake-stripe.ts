import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/** The part of Stripe's API that takes card payments, as its documentation describes it. */
export type FakeStripe = {
  url: string;
  /** Befalls the next requests of this name. The SDK repeats a request by itself once when its connection is cut. */
  fault(route: Route, kind: FaultKind, options?: { count?: number; delayMs?: number }): void;
  /** Lets the search find all that was made so far. */
  index(): void;
  /** As Stripe does after a day. */
  forgetKeys(): void;
  /** What is refunded from now on begins with this status. */
  refundsStart(status: string): void;
  /** Names of the requests so far, and what they carried. */
  requests: { route: Route; form: Record<string, string>; headers: IncomingMessage['headers'] }[];
  intents: Map<string, FakeIntent>;
  refunds: FakeRefund[];
  close(): Promise<void>;
};

type Route = 'create' | 'card' | 'confirm' | 'capture' | 'cancel' | 'retrieve' | 'search' | 'refund' | 'list';
/** late: cut now, applied afterwards. busy: the key is in use by another request. */
type FaultKind = 'delay' | 'lose-request' | 'lose-answer' | 'late' | 'error' | 'busy' | 'rate-limit';

type FakeIntent = {
  id: string;
  object: 'payment_intent';
  status: string;
  amount: number;
  currency: string;
  metadata: Record<string, string>;
  last_payment_error: { code: string; decline_code?: string } | null;
  latest_charge: { payment_method_details: { card: { brand: string; last4: string } } } | null;
  isIndexed: boolean;
};
type FakeRefund = {
  id: string;
  payment_intent: string;
  amount: number;
  status: string;
  metadata: Record<string, string>;
};

type Form = Record<string, string>;
type Answer = { status: number; body: object };

const SECRET = 'Bearer sk_test_fake';

const cards: Record<string, { brand: string; last4: string }> = {
  pm_card_visa: { brand: 'visa', last4: '4242' },
  pm_card_mastercard: { brand: 'mastercard', last4: '4444' },
};
const declines: Record<string, { code: string; decline_code?: string }> = {
  pm_card_chargeDeclined: { code: 'card_declined', decline_code: 'generic_decline' },
  pm_card_stolen: { code: 'card_declined', decline_code: 'stolen_card' },
  pm_card_chargeDeclinedInsufficientFunds: { code: 'card_declined', decline_code: 'insufficient_funds' },
  pm_card_chargeDeclinedExpiredCard: { code: 'expired_card' },
};
const tokens: Record<string, string> = {
  tok_visa: 'pm_card_visa',
  tok_chargeDeclined: 'pm_card_chargeDeclined',
};

export async function startFakeStripe(): Promise<FakeStripe> {
  const intents = new Map<string, FakeIntent>();
  const refunds: FakeRefund[] = [];
  let refundStatus = 'succeeded';
  const requests: FakeStripe['requests'] = [];
  const faults = new Map<Route, { kind: FaultKind; delayMs: number }[]>();
  const keys = new Map<string, { fingerprint: string; answer: Promise<Answer> | null }>();
  const pending = new Set<Promise<unknown>>();
  let made = 0;

  function act(route: Route, id: string, form: Form): Answer {
    const intent = intents.get(id);
    switch (route) {
      case 'create':
        return create(form);
      case 'card': {
        const { 'card[token]': token = '' } = form;
        const card = tokens[token];
        return card
          ? ok({ id: card, object: 'payment_method' })
          : invalid('resource_missing', `No such token: '${token}'`);
      }
      case 'search': {
        const [, key] = /^metadata\['authorisation_key'\]:'(.*)'$/.exec(form.query ?? '') ?? [];
        const data = [...intents.values()].filter(
          ({ isIndexed, metadata }) => isIndexed && metadata.authorisation_key === key,
        );
        return ok({ object: 'search_result', data, has_more: false });
      }
      case 'list':
        return ok({
          object: 'list',
          data: refunds.filter(({ payment_intent }) => payment_intent === form.payment_intent),
        });
      case 'refund':
        return refund(form);
    }
    if (!intent) return invalid('resource_missing', 'No such payment_intent', 404);
    switch (route) {
      case 'retrieve':
        return ok(intent);
      case 'confirm':
        return confirm(intent, form);
      case 'capture':
        if (intent.status !== 'requires_capture') return unexpected(intent);
        intent.status = 'succeeded';
        return ok(intent);
      case 'cancel':
        if (intent.status === 'succeeded' || intent.status === 'canceled') return unexpected(intent);
        intent.status = 'canceled';
        return ok(intent);
    }
  }

  function create(form: Form): Answer {
    const amount = Number(form.amount);
    if (amount < 50) return invalid('amount_too_small', 'Amount must be at least $0.50 usd');
    made += 1;
    const intent: FakeIntent = {
      id: `pi_${made}`,
      object: 'payment_intent',
      status: 'requires_payment_method',
      amount,
      currency: form.currency ?? '',
      metadata: metadataOf(form),
      last_payment_error: null,
      latest_charge: null,
      isIndexed: false,
    };
    intents.set(intent.id, intent);
    return ok(intent);
  }

  function confirm(intent: FakeIntent, { payment_method: method = '' }: Form): Answer {
    if (!intent.status.startsWith('requires_') || intent.status === 'requires_capture')
      return unexpected(intent);
    const decline = declines[method];
    if (decline) {
      intent.last_payment_error = decline;
      const error = { type: 'card_error', message: 'Pssst: stolen', ...decline };
      return { status: 402, body: { error } };
    }
    if (method === 'pm_card_authenticationRequired') {
      intent.status = 'requires_action';
      return ok(intent);
    }
    const card = cards[method];
    if (!card) return invalid('resource_missing', 'No such PaymentMethod');
    intent.status = 'requires_capture';
    intent.latest_charge = { payment_method_details: { card } };
    return ok(intent);
  }

  function refund(form: Form): Answer {
    const intent = intents.get(form.payment_intent ?? '');
    if (intent && intent.status !== 'succeeded') {
      return invalid('payment_intent_unexpected_state', 'No successful charge to refund');
    }
    if (!intent) return invalid('resource_missing', 'No such payment_intent');
    const before = refunds
      .filter(({ payment_intent, status }) => payment_intent === intent.id && status !== 'failed')
      .reduce((sum, { amount }) => sum + amount, 0);
    const amount = Number(form.amount);
    if (before === intent.amount) return invalid('charge_already_refunded', 'It has already been refunded');
    if (before + amount > intent.amount) return invalid('amount_too_large', 'More than what is left');
    const refunded = {
      id: `re_${refunds.length + 1}`,
      payment_intent: intent.id,
      amount,
      status: refundStatus,
      metadata: metadataOf(form),
    };
    refunds.push(refunded);
    return ok(refunded);
  }

  /** The same key gives the same answer, refusals of the parameters themselves excepted. */
  async function once(key: string | undefined, fingerprint: string, run: () => Answer): Promise<Answer> {
    if (key === undefined) return run();
    const known = keys.get(key);
    if (known && known.fingerprint !== fingerprint) {
      const message = 'Keys for idempotent requests can only be used with the same parameters';
      return { status: 400, body: { error: { type: 'idempotency_error', message } } };
    }
    if (known?.answer) return await known.answer;
    // As it was then: what happens to it later does not change the answer.
    const answer = structuredClone(run());
    const isInvalid = answer.status === 400 && !JSON.stringify(answer.body).includes('unexpected_state');
    if (!isInvalid) keys.set(key, { fingerprint, answer: Promise.resolve(answer) });
    return answer;
  }

  const server = createServer((request, response) => {
    const serve = async (): Promise<void> => {
      const url = new URL(request.url ?? '/', 'http://stripe');
      const form = Object.fromEntries(
        request.method === 'POST' ? new URLSearchParams(await textOf(request)) : url.searchParams,
      );
      const { route, id } = routeOf(`${request.method} ${url.pathname}`);
      requests.push({ route, form, headers: request.headers });
      const fault = faults.get(route)?.shift();
      const key = request.headers['idempotency-key'];
      const run = () =>
        once(typeof key === 'string' ? key : undefined, `${route} ${id} ${JSON.stringify(form)}`, () =>
          act(route, id, form),
        );
      const send = ({ status, body }: Answer) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      if (request.headers.authorization !== SECRET) {
        send({ status: 401, body: { error: { type: 'invalid_request_error', message: 'Invalid API Key' } } });
        return;
      }
      switch (fault?.kind) {
        case 'lose-request':
          request.socket.destroy();
          return;
        case 'lose-answer':
          await run();
          request.socket.destroy();
          return;
        case 'late':
          request.socket.destroy();
          await delay(fault.delayMs);
          await run();
          return;
        case 'delay': {
          const answer = await run();
          await delay(fault.delayMs);
          send(answer);
          return;
        }
        case 'error':
          send({ status: 500, body: { error: { type: 'api_error', message: 'An error occurred' } } });
          return;
        case 'busy':
          send({
            status: 409,
            body: { error: { type: 'idempotency_error', code: 'idempotency_key_in_use', message: 'In use' } },
          });
          return;
        case 'rate-limit':
          send({ status: 429, body: { error: { type: 'invalid_request_error', code: 'rate_limit' } } });
          return;
        default:
          send(await run());
      }
    };
    const served = serve();
    pending.add(served);
    void served.finally(() => pending.delete(served));
  });
  server.listen(0, '127.0.0.1');
  await listening(server);
  const { port } = Object(server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    fault(route, kind, { count = 1, delayMs = 0 } = {}) {
      const added = Array.from({ length: count }, () => ({ kind, delayMs }));
      faults.set(route, [...(faults.get(route) ?? []), ...added]);
    },
    index() {
      for (const intent of intents.values()) intent.isIndexed = true;
    },
    forgetKeys: () => keys.clear(),
    refundsStart(status: string) {
      refundStatus = status;
    },
    requests,
    intents,
    refunds,
    async close() {
      await Promise.all(pending);
      server.closeAllConnections();
      server.close();
    },
  };
}

async function listening(server: ReturnType<typeof createServer>): Promise<void> {
  await once(server, 'listening');
}

function routeOf(line: string): { route: Route; id: string } {
  const [, id = '', step] =
    /^POST \/v1\/payment_intents\/([^/]+)\/(confirm|capture|cancel)$/.exec(line) ?? [];
  if (step) return { route: step as Route, id };
  const fixed: Record<string, Route> = {
    'POST /v1/payment_intents': 'create',
    'GET /v1/payment_intents/search': 'search',
    'POST /v1/payment_methods': 'card',
    'POST /v1/refunds': 'refund',
    'GET /v1/refunds': 'list',
  };
  const route = fixed[line];
  if (route) return { route, id: '' };
  const [, retrieved] = /^GET \/v1\/payment_intents\/([^/]+)$/.exec(line) ?? [];
  if (retrieved) return { route: 'retrieve', id: retrieved };
  throw new Error(`The fake does not know ${line}`);
}

function metadataOf(form: Form): Record<string, string> {
  return Object.fromEntries(
    Object.entries(form).flatMap(([name, value]) => {
      const [, key] = /^metadata\[(.+)\]$/.exec(name) ?? [];
      return key ? [[key, value]] : [];
    }),
  );
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function ok(body: object): Answer {
  return { status: 200, body };
}

function invalid(code: string, message: string, status = 400): Answer {
  return { status, body: { error: { type: 'invalid_request_error', code, message } } };
}

function unexpected(intent: FakeIntent): Answer {
  const message = `This PaymentIntent could not be changed because it has a status of ${intent.status}`;
  return {
    status: 400,
    body: {
      error: {
        type: 'invalid_request_error',
        code: 'payment_intent_unexpected_state',
        message,
        payment_intent: intent,
      },
    },
  };
}
