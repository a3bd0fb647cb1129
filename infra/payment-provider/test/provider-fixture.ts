import { createLogger } from '@commerce/kit/logger';
import { createTestDatabase } from '@commerce/testkit/database';
import postgres from 'postgres';
import { startPaymentProvider } from '../src/start.ts';

const secret = 'the secret of the payment provider in tests';

/** The provider on a database of its own. */
export async function startProvider({ faults = 'off' as 'on' | 'off' } = {}) {
  const database = await createTestDatabase('payments');
  const sql = postgres(database.url, { max: 4, onnotice: () => {} });
  const logger = createLogger({ service: 'payments', level: 'silent' });
  const provider = await startPaymentProvider(
    {
      HOST: '127.0.0.1',
      PORT: 0,
      LOG_LEVEL: 'silent',
      PAYMENTS_DATABASE_URL: database.url,
      PAYMENT_PROVIDER_SECRET: secret,
      PAYMENT_FAULTS: faults,
      DATABASE_POOL_SIZE: 10,
    },
    { logger },
  );
  async function send(method: string, path: string, body?: unknown, authorization = `Bearer ${secret}`) {
    const response = await fetch(`${provider.url}${path}`, {
      method,
      headers: { authorization },
      body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
    });
    // biome-ignore lint/suspicious/noExplicitAny: answers of any shape
    return { status: response.status, body: (await response.json()) as any };
  }
  return {
    ...provider,
    sql,
    databaseUrl: database.url,
    send,
    entriesOf: async (orderId: string) =>
      (
        await sql`select kind, outcome, amount from entries where order_id = ${orderId} order by entry_id`
      ).map((entry) => `${entry.kind} ${entry.outcome} ${entry.amount}`),
    async close() {
      await provider.close();
      await sql.end({ timeout: 5 });
      await database.drop();
    },
  };
}

let orders = 0;

/** The operations of one payment of 225.97 USD. */
export function paymentOf(send: Awaited<ReturnType<typeof startProvider>>['send'], token = 'tok_visa_1234') {
  orders += 1;
  const orderId = `ord_${process.pid}_${orders}`;
  const authorisationKey = `${orderId}:auth:1`;
  const name = { orderId, authorisationKey, currency: 'USD' };
  const post = async (path: string, body: object) => (await send('POST', path, { ...name, ...body })).body;
  const amountCents = 22_597;
  return {
    orderId,
    authorise: () => post('/authorisations', { amountCents, token }),
    find: async () => (await send('GET', `/authorisations/${encodeURIComponent(authorisationKey)}`)).body,
    capture: (key = 'capture:1') => post('/captures', { key: `${orderId}:${key}`, amountCents }),
    giveUp: () => post('/voids', { key: `${orderId}:void:1` }),
    refund: (key = 'refund:1', amount = amountCents) =>
      post('/refunds', { key: `${orderId}:${key}`, amountCents: amount }),
  };
}
