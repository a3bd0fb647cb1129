import { loadConfig } from '@commerce/kit/config';
import { createLogger } from '@commerce/kit/logger';
import type { RunningService } from '@commerce/kit/service';
import { paymentEnvironment } from '@commerce/launcher/service-environment';
import { startServices } from '@commerce/launcher/services';
import { createShutdown } from '@commerce/launcher/shutdown';
import { paymentProviderConfig } from '@commerce/payment-provider/config';
import { startPaymentProvider } from '@commerce/payment-provider/start';
import type { Subgraph } from './database.ts';
import { createPaymentFaults, type PaymentFaults } from './payment-faults.ts';
import {
  createSupergraphFixture,
  type SupergraphFixture,
  type SupergraphOptions,
} from './supergraph-fixture.ts';

export type TestSupergraph = Pick<SupergraphFixture, 'databaseUrls' | 'jwtSecret' | 'mailFolder'> & {
  /** The router's origin. */
  url: string;
  /** Origins of the subgraphs, for /health, /ready and /metrics. */
  origins: Readonly<Record<Subgraph, string>>;
  /** What the tokens between services are made from. */
  internalTokenSecret: string;
  /** The demonstration payment provider. */
  payments: { url: string; secret: string; faults: PaymentFaults };
  close(): Promise<void>;
};

/** The whole shop in this process, over seeded databases of its own, as `npm start` runs it. */
export async function startTestSupergraph(options: SupergraphOptions = {}): Promise<TestSupergraph> {
  const fixture = await createSupergraphFixture(options);
  const shutdown = createShutdown((problem) => process.stderr.write(`${String(problem)}\n`));
  const close = async () => {
    await shutdown.run();
    await fixture.remove();
  };
  try {
    const { databaseUrls, jwtSecret, mailFolder, paymentProviderSecret } = fixture;
    const provider = await startProvider(fixture);
    await shutdown.add(provider.close);
    const shop = { ...fixture.shop, paymentProviderUrl: provider.url };
    const { url, origins } = await startServices({ shop, destination: process.stderr, shutdown });
    const access = { url: provider.url, secret: paymentProviderSecret };
    const payments = { ...access, faults: createPaymentFaults(access) };
    const { internalTokenSecret } = shop.secrets;
    return { url, origins, payments, databaseUrls, jwtSecret, internalTokenSecret, mailFolder, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startProvider({ shop }: SupergraphFixture): Promise<RunningService> {
  const config = loadConfig(paymentProviderConfig, paymentEnvironment(shop, { host: '127.0.0.1', port: 0 }));
  const logger = createLogger({
    service: 'payments',
    level: config.LOG_LEVEL,
    destination: process.stderr,
  });
  return await startPaymentProvider(config, { logger });
}
