import { request as httpRequest } from 'node:http';
import { AppError } from '@commerce/kit/errors';
import { createLogger } from '@commerce/kit/logger';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, closeFakes, startFakes, startTestRouter, type TestRouter } from './support/router.ts';

const PATH = '/webhooks/stripe';
const SIGNATURE =
  't=1700000000,v1=5257a869e7ecebeda32affa62cdca3fa51cad7e77a0e56ff536d0ce8e108d8bd,v0=6ffbb59b';

let fakes: Awaited<ReturnType<typeof startFakes>>;
let router: TestRouter;
const closers: (() => Promise<unknown>)[] = [];
const lines: string[] = [];
/** What the orders service was handed. */
const handed: { payload: string; signature: string }[] = [];
const logger = createLogger({
  service: 'router',
  level: 'trace',
  destination: { write: (line) => void lines.push(line) },
});

beforeAll(async () => {
  fakes = await startFakes();
  router = await startTestRouter(fakes, {}, logger);
});
beforeEach(() => {
  lines.length = 0;
  handed.length = 0;
  for (const fake of Object.values(fakes)) fake.reset();
  answerWith(() => ({ received: true }));
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
afterAll(async () => {
  await router.close();
  await closeFakes(fakes);
});

function answerWith(answer: () => { received: boolean }): void {
  fakes.orders.override({
    Mutation: {
      receivePaymentWebhook(_: unknown, { input }: { input: (typeof handed)[number] }) {
        handed.push(input);
        return answer();
      },
    },
  });
}

const signed = { 'stripe-signature': SIGNATURE };

async function send(
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return await router.fetch(PATH, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': SIGNATURE, ...headers },
  });
}

function expectRefusal(answer: Answer, status: number, code: string): void {
  expect(answer.status).toBe(status);
  expect(answer.body).toStrictEqual({
    success: false,
    error: {
      code,
      message: expect.any(String),
      timestamp: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/),
      path: PATH,
      requestId: answer.headers.get('x-request-id'),
    },
  });
}

describe('a message of Stripe’s', () => {
  it.each([
    ['with whitespace of its own', '{\n  "id" : "evt_1",\r\n\t"object":"event"  }\n\n'],
    ['that begins with a byte order mark', '\ufeff{"id":"evt_1"}'],
    ['with escapes', '{"name":"\\u00e9\\ud83d\\ude00\\/\\u0000\\ud800"}'],
    ['with letters beyond ASCII', '{"name":"Zoë Nguyễn, 東京, é or é, 😀"}'],
    ['with line separators', '{"name":"a\u2028b\u2029c\u0085d"}'],
    ['with control characters', 'a\u0000b\u0007c\u001bd\u007f'],
    ['with repeated and odd keys', '{"id":1,"id":2,"__proto__":{"a":1},"n":1.0e+2,"m":12345678901234567890}'],
    ['that is no JSON', 'id=evt_1&object=event%20'],
    ['that is empty', ''],
  ])('%s is handed on to the byte', async (_, payload) => {
    const answer = await send(payload);

    expect(answer.status).toBe(200);
    expect(handed).toEqual([{ payload, signature: SIGNATURE }]);
  });

  it.each(['text/plain', 'application/octet-stream', 'application/json'])(
    'may call itself %s',
    async (contentType) => {
      const answer = await send('{"id":"evt_1"}', { 'content-type': contentType });

      expect(answer.status).toBe(200);
    },
  );

  it('may come in pieces, cut within a letter', async () => {
    const payload = `{"name":"${'é😀'.repeat(2_000)}"}`;
    const bytes = Buffer.from(payload);
    const status = await new Promise((resolve, reject) => {
      const request = httpRequest(`${router.url}${PATH}`, {
        method: 'POST',
        headers: { 'stripe-signature': SIGNATURE },
      });
      request.on('response', (response) => resolve(response.resume().statusCode)).on('error', reject);
      for (let from = 0; from < bytes.length; from += 4_093)
        request.write(bytes.subarray(from, from + 4_093));
      request.end();
    });

    expect(status).toBe(200);
    expect(handed).toEqual([{ payload, signature: SIGNATURE }]);
  });

  it('may be as large as any body', async () => {
    const payload = '\u0001'.repeat(100 * 1024);
    const answer = await send(payload);

    expect(answer.status).toBe(200);
    expect(handed).toEqual([{ payload, signature: SIGNATURE }]);
  });

  it.each([true, false])('is received, whether it is new or not: %s', async (isNew) => {
    answerWith(() => ({ received: isNew }));
    const answer = await send('{"id":"evt_1"}');

    expect(answer.status).toBe(200);
    expect(answer.body).toStrictEqual({ received: true });
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('is handed on by the router for itself, whoever sent it', async () => {
    await send('{}', {
      authorization: 'Bearer something',
      'x-request-id': 'req-1',
      'x-internal-token': 'forged',
      'x-user-id': 'usr_admin',
    });

    expect(fakes.orders.callers).toMatchObject([
      { viewer: { kind: 'service', name: 'router' }, requestId: 'req-1' },
    ]);
  });

  it('is AUTH_003 without a signature, and not handed on', async () => {
    const answer = await router.fetch(PATH, { method: 'POST', body: '{}' });

    expectRefusal(answer, 401, 'AUTH_003');
    expect(handed).toEqual([]);
  });
});

describe('a refused message', () => {
  const payload = '{"id":"evt_1","card":"body-that-nobody-logs"}';

  it('is AUTH_003 where the signature is not Stripe’s', async () => {
    answerWith(() => {
      throw new AppError('AUTH_003', 'The signature is not valid');
    });
    const answer = await send(payload);

    expectRefusal(answer, 401, 'AUTH_003');
    expect(answer.body.error.message).toBe('The signature is not valid');
  });

  it('is RES_001 where payments are not Stripe’s', async () => {
    answerWith(() => {
      throw new AppError('RES_001', 'The payment provider in use sends no messages');
    });

    expectRefusal(await send(payload), 404, 'RES_001');
  });

  it('is VAL_001 where it is not UTF-8, and nobody else sees it', async () => {
    const compressed = await send(new Uint8Array([0x1f, 0x8b, 0x08, 0x00]), { 'content-encoding': 'gzip' });
    const torn = await send(new Uint8Array([...Buffer.from('{"a":"'), 0xc3, 0x22, 0x7d]));

    expectRefusal(compressed, 400, 'VAL_001');
    expectRefusal(torn, 400, 'VAL_001');
    expect(handed).toEqual([]);
  });

  it('is VAL_001 with status 413 over 100 KB, declared or not', async () => {
    const large = 'x'.repeat(100 * 1024 + 1);
    const declared = await send(large);
    const streamed = await router.fetch(PATH, {
      method: 'POST',
      body: new Blob([large]).stream(),
      headers: signed,
      duplex: 'half',
    } as RequestInit);

    expectRefusal(declared, 413, 'VAL_001');
    expectRefusal(streamed, 413, 'VAL_001');
    expect(handed).toEqual([]);
  });

  it.each(['GET', 'PUT', 'DELETE', 'PATCH'])('is none at all by %s', async (method) => {
    const answer = await router.fetch(PATH, { method });

    expectRefusal(answer, 405, 'VAL_001');
    expect(answer.headers.get('allow')).toBe('POST, OPTIONS');
    expect(handed).toEqual([]);
  });

  it('is SYS_001 after a bug, without a word of it', async () => {
    answerWith(() => {
      throw new Error(`cannot read ${payload}`);
    });
    const answer = await send(payload);

    expectRefusal(answer, 500, 'SYS_001');
    expect(answer.text).not.toContain('nobody');
  });
});

it('tells by OPTIONS what it takes', async () => {
  const answer = await router.fetch(PATH, { method: 'OPTIONS' });

  expect(answer.status).toBe(204);
  expect(answer.headers.get('allow')).toBe('POST, OPTIONS');
});

it.each(['/webhooks', '/webhooks/paypal', '/webhooks/stripe/more'])('has nothing at %s', async (path) => {
  const answer = await router.fetch(path, { method: 'POST', body: '{}' });

  expect(answer.status).toBe(404);
  expect(answer.body.error.code).toBe('RES_001');
});

it('is no way into the graph', async () => {
  const answer = await router.graphql(
    'mutation { receivePaymentWebhook(input: { payload: "{}", signature: "" }) { received } }',
  );

  expect(answer.status).toBe(400);
  expect(handed).toEqual([]);
});

it('is to be sent again while the orders service is away, and works once it is back', async () => {
  const nowhere = { url: 'http://127.0.0.1:9' };
  const lonely = await startTestRouter({ ...fakes, orders: nowhere }, {}, logger);
  closers.push(lonely.close);
  const away = await lonely.fetch(PATH, { method: 'POST', body: '{}', headers: signed });

  expectRefusal(away, 503, 'SYS_002');
  expect(away.headers.get('retry-after')).toBe('2');
  expect((await send('{}')).status).toBe(200);
});

it('counts for no limit', async () => {
  const limits = { RATE_LIMIT_API_MAX: '2', RATE_LIMIT_GRAPHQL_MAX: '2' };
  const strict = await startTestRouter(fakes, limits, logger);
  closers.push(strict.close);
  for (let sent = 0; sent < 10; sent += 1) {
    const answer = await strict.fetch(PATH, { method: 'POST', body: '{}', headers: signed });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('ratelimit-limit')).toBeNull();
  }
  const statuses = [];
  for (let read = 0; read < 3; read += 1) {
    statuses.push((await strict.rest('GET', '/products/prod_001')).status);
  }

  expect(statuses).toEqual([200, 200, 429]);
  // Also where REST is at its limit.
  expect((await strict.fetch(PATH, { method: 'POST', body: '{}', headers: signed })).status).toBe(200);
});

it('writes neither body nor signature to the log, however it ends', async () => {
  const payload = '{"id":"evt_1","card":"body-that-nobody-logs"}';
  const endings = [
    () => ({ received: true }),
    () => {
      throw new AppError('AUTH_003', 'The signature is not valid');
    },
    () => {
      throw new Error(`cannot read ${payload}`);
    },
  ];
  for (const ending of endings) {
    answerWith(ending);
    await send(payload);
  }
  await send(payload.repeat(3_000));
  await send(new Uint8Array([...Buffer.from(payload), 0xff]));
  const lonely = await startTestRouter({ ...fakes, orders: { url: 'http://127.0.0.1:9' } }, {}, logger);
  closers.push(lonely.close);
  await lonely.fetch(PATH, { method: 'POST', body: payload, headers: { 'stripe-signature': SIGNATURE } });

  const routes = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'Request');
  expect(routes.map(({ status }) => status)).toEqual([200, 401, 500, 413, 400, 503]);
  expect(new Set(routes.map(({ route }) => route))).toEqual(new Set([PATH]));
  expect(lines.join('')).not.toMatch(/nobody|evt_1|5257a869/);
});
