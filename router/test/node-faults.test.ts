import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeFakes, startFakes, startTestRouter, type TestRouter } from './support/router.ts';

/** Requests that are no HTTP, or such that Node would answer by itself. */

let fakes: Awaited<ReturnType<typeof startFakes>>;
let router: TestRouter;

beforeAll(async () => {
  fakes = await startFakes();
  router = await startTestRouter(fakes);
});
afterAll(async () => {
  await router.close();
  await closeFakes(fakes);
});

/** Sends bytes as they are and reads until the router closes. */
async function sendRaw(text: string): Promise<{ status: number; head: string; body: unknown }> {
  const { hostname, port } = new URL(router.url);
  const socket = connect(Number(port), hostname);
  socket.write(Buffer.from(text, 'latin1'));
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk);
  const [head = '', body = ''] = Buffer.concat(chunks).toString().split('\r\n\r\n');
  return { status: Number(head.split(' ')[1]), head, body: body === '' ? null : JSON.parse(body) };
}

const close = 'Host: a\r\nConnection: close\r\n';

it.each([
  ['an unknown method', `FOO /api/v1/products?a=b HTTP/1.1\r\n${close}\r\n`, 400, '/api/v1/products'],
  ['large headers', `GET /health HTTP/1.1\r\n${close}X-A: ${'x'.repeat(20_000)}\r\n\r\n`, 431, '/health'],
  ['a bad length', `POST /graphql HTTP/1.1\r\n${close}Content-Length: x\r\n\r\n`, 400, '/graphql'],
  ['a byte outside ASCII in the path', `GET /k\xe4se HTTP/1.1\r\n${close}\r\n`, 400, '/'],
  ['no HTTP at all', 'hello\r\n\r\n', 400, '/'],
  ['no Host', 'GET /health HTTP/1.1\r\nConnection: close\r\n\r\n', 400, '/health'],
  ['a strange expectation', `GET /health HTTP/1.1\r\n${close}Expect: foo\r\n\r\n`, 417, '/health'],
])('answers %s by the envelope', async (_, text, status, path) => {
  const answer = await sendRaw(text);

  expect(answer.status).toBe(status);
  expect(answer.head).toMatch(/\r\nConnection: close/i);
  expect(answer.head).toMatch(/\r\nContent-Type: application\/json/i);
  const [, requestId] = /\r\nX-Request-Id: ([0-9a-f-]{36})/i.exec(answer.head) ?? [];
  expect(answer.body).toEqual({
    success: false,
    error: {
      code: 'VAL_001',
      message: expect.any(String),
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      path,
      requestId,
    },
  });
});

it('answers HTTP/1.0, which has no Host', async () => {
  const answer = await sendRaw('GET /health HTTP/1.0\r\n\r\n');

  expect(answer.status).toBe(200);
});

it('takes the path of an absolute target', async () => {
  const health = await sendRaw(`GET http://evil.example/health?a=b HTTP/1.1\r\n${close}\r\n`);
  const nowhere = await sendRaw(`GET HTTP://evil.example/nowhere HTTP/1.1\r\n${close}\r\n`);
  const home = await sendRaw(`GET http://evil.example/api/v1/users/login HTTP/1.1\r\n${close}\r\n`);

  expect(health.status).toBe(200);
  expect(nowhere.body).toMatchObject({ error: { code: 'RES_001', path: '/nowhere' } });
  expect(home.status).toBe(405);
});
