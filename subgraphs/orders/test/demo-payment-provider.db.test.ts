import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { cents } from '@commerce/kit/money';
import { startTestPaymentProvider, type TestPaymentProvider } from '@commerce/testkit/payment-provider';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createDemoPaymentProvider } from '../src/clients/demo-payment-provider.ts';
import type { PaymentProvider } from '../src/clients/payment.ts';

const TIMEOUT_MS = 300;

let provider: TestPaymentProvider;
let payments: PaymentProvider & { close(): Promise<void> };
beforeAll(async () => {
  provider = await startTestPaymentProvider();
  payments = createDemoPaymentProvider({ url: provider.url, secret: provider.secret, timeoutMs: TIMEOUT_MS });
  // The first request of all connects and prepares: it may take longer than the rest.
  await payments.find(paymentOf().payment);
});
afterEach(async () => {
  await provider.faults.clear();
});
afterAll(async () => {
  await payments.close();
  await provider.close();
});

let orders = 0;

function paymentOf(token = 'tok_visa_1234', at: () => PaymentProvider = () => payments) {
  orders += 1;
  const orderId = `ord_${orders}`;
  const payment = {
    orderId,
    authorisationKey: `${orderId}:auth:1`,
    reference: null,
    amount: cents(22_597),
    currency: 'USD',
  };
  return {
    payment,
    authorise: () => at().authorise({ ...payment, method: { type: 'credit_card', token } }),
    find: () => at().find(payment),
    capture: () => at().capture({ ...payment, key: `${orderId}:capture:1` }),
    giveUp: () => at().void({ ...payment, key: `${orderId}:void:1` }),
    refund: (amount: number, key = 'refund:1') =>
      at().refund({ ...payment, key: `${orderId}:${key}`, refundAmount: cents(amount) }),
  };
}

const unknown = { kind: 'unknown', cause: expect.any(Error) };

describe('a payment at the demonstration provider', () => {
  it('is authorised, captured and given back in parts', async () => {
    const { authorise, find, capture, refund, giveUp } = paymentOf();
    expect(await find()).toEqual({ kind: 'absent' });
    const outcome = await authorise();
    expect(outcome).toEqual({
      kind: 'approved',
      reference: expect.stringMatching(/^pay_/),
      brand: 'visa',
      last4: '1234',
    });
    expect(await find()).toEqual(outcome);
    expect(await capture()).toEqual({ kind: 'captured' });
    expect(await giveUp()).toEqual({ kind: 'captured' });
    expect(await refund(20_000)).toEqual({ kind: 'refunded' });
    expect(await refund(20_000)).toEqual({ kind: 'refunded' });
    expect(await refund(20_000, 'refund:2')).toMatchObject({ kind: 'refused' });
    expect(await refund(2_597, 'refund:3')).toEqual({ kind: 'refunded' });
  });

  it('is declined with the reason', async () => {
    const { authorise, find } = paymentOf('tok_declined_1');
    expect(await authorise()).toEqual({ kind: 'declined', reason: 'The card was declined' });
    expect(await find()).toEqual({ kind: 'declined', reason: 'The card was declined' });
  });

  it('is voided, and does not come later', async () => {
    const { authorise, giveUp } = paymentOf();
    expect(await giveUp()).toEqual({ kind: 'voided' });
    expect(await authorise()).toMatchObject({ kind: 'declined' });
  });
});

describe('an operation whose answer does not come', () => {
  it.each(['lose-request', 'lose-answer', 'error'] as const)('is unknown (%s)', async (fault) => {
    const { authorise, capture, refund, giveUp, find } = paymentOf();
    for (const operation of ['authorise', 'capture', 'refund', 'void', 'find'] as const) {
      await provider.faults.add(operation, fault);
    }
    const outcomes = [await authorise(), await capture(), await refund(100), await giveUp(), await find()];
    expect(outcomes).toEqual(Array.from({ length: 5 }, () => unknown));
  });

  it('is unknown when it takes too long, and is found afterwards', async () => {
    const { authorise, find } = paymentOf();
    await provider.faults.add('authorise', 'delay', { delayMs: TIMEOUT_MS * 2 });
    const startedAt = performance.now();
    expect(await authorise()).toMatchObject({ kind: 'unknown' });
    expect(performance.now() - startedAt).toBeLessThan(TIMEOUT_MS * 1.8);
    expect(await find()).toMatchObject({ kind: 'approved' });
  });
});

describe('a provider that is away', () => {
  const absent = () => createDemoPaymentProvider({ ...provider, timeoutMs: TIMEOUT_MS });

  it('was not reached by an authorisation, and is unknown to the rest', async () => {
    await provider.stop();
    const client = absent();
    const { authorise, capture, refund, giveUp, find } = paymentOf('tok_visa', () => client);
    expect(await authorise()).toMatchObject({ kind: 'unreached' });
    const others = [await capture(), await refund(100), await giveUp(), await find()];
    expect(others).toEqual(Array.from({ length: 4 }, () => unknown));
    await provider.restart();
    expect(await authorise()).toMatchObject({ kind: 'approved' });
    await client.close();
  });

  it('answers again on connections that its absence has cut', async () => {
    const { authorise, capture } = paymentOf();
    await authorise();
    await provider.stop();
    await provider.restart();
    expect(await capture()).toEqual({ kind: 'captured' });
  });
});

describe('an answer that is none', () => {
  async function listen(answer: RequestListener) {
    const server = createServer(answer).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = Object(server.address());
    const client = createDemoPaymentProvider({
      url: `http://127.0.0.1:${port}`,
      secret: 's',
      timeoutMs: TIMEOUT_MS,
    });
    onTestFinished(async () => {
      await client.close();
      server.closeAllConnections();
      server.close();
    });
    return client;
  }

  it.each([
    ['another service’s page', 200, '<html>'],
    ['another shape', 200, '{"kind":"maybe"}'],
    ['an approval without a reference', 200, '{"kind":"approved"}'],
    ['a refused secret', 401, '{"error":"no"}'],
    ['an outage', 503, '{"kind":"approved","reference":"pay_1","brand":null,"last4":null}'],
  ])('leaves it unknown: %s', async (_title, status, body) => {
    const client = await listen((_request, response) => response.writeHead(status).end(body));
    expect(await paymentOf('tok_visa', () => client).authorise()).toMatchObject({ kind: 'unknown' });
  });

  it('leaves it unknown: half of one', async () => {
    const client = await listen((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"kind":"approved",', () => response.destroy());
    });
    expect(await paymentOf('tok_visa', () => client).authorise()).toMatchObject({ kind: 'unknown' });
  });
});
