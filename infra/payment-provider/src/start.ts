import { createServer } from 'node:http';
import { listen } from '@commerce/kit/http-server';
import { newId } from '@commerce/kit/ids';
import type { Logger } from '@commerce/kit/logger';
import { openDatabase } from '@commerce/kit/postgres';
import { closeAll, type RunningService } from '@commerce/kit/service';
import { createPaymentApp } from './app.ts';
import type { PaymentProviderConfig } from './config.ts';
import { createLedgerStore } from './data/ledger-store.ts';
import { createFaultQueue } from './domain/fault-queue.ts';
import { createPayments } from './domain/payments.ts';

/** Starts the demonstration payment provider on a migrated database. */
export async function startPaymentProvider(
  config: PaymentProviderConfig,
  { logger }: { logger: Logger },
): Promise<RunningService> {
  const { db, ping, close } = openDatabase({
    url: config.PAYMENTS_DATABASE_URL,
    applicationName: 'payments',
    poolSize: config.DATABASE_POOL_SIZE,
  });
  const app = createPaymentApp({
    payments: createPayments(createLedgerStore(db), newId),
    faults: config.PAYMENT_FAULTS === 'on' ? createFaultQueue() : null,
    secret: config.PAYMENT_PROVIDER_SECRET,
    ping,
    logger,
  });
  try {
    const listener = await listen(createServer(app), { host: config.HOST, port: config.PORT });
    return { url: listener.url, close: () => closeAll(logger, [listener.close, close]) };
  } catch (error) {
    await close();
    throw error;
  }
}
