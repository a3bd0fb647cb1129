import { cartConfig } from '@commerce/cart/config';
import { startCart } from '@commerce/cart/start';
import { catalogConfig } from '@commerce/catalog/config';
import { startCatalog } from '@commerce/catalog/start';
import { loadConfig } from '@commerce/kit/config';
import { createLogger, type Logger } from '@commerce/kit/logger';
import type { RunningService } from '@commerce/kit/service';
import { ordersConfig } from '@commerce/orders/config';
import { startOrders } from '@commerce/orders/start';
import { routerConfig } from '@commerce/router/config';
import { startRouter } from '@commerce/router/start';
import { usersConfig } from '@commerce/users/config';
import { startUsers } from '@commerce/users/start';
import type { z } from 'zod';
import type { Subgraph } from './databases.ts';
import { findFreePort } from './free-port.ts';
import { type Shop, serviceEnvironment } from './service-environment.ts';
import type { ServiceName } from './service-names.ts';
import type { Shutdown } from './shutdown.ts';

type Start<Config> = (config: Config, io: { logger: Logger }) => Promise<RunningService>;

export type InProcessOptions = {
  shop: Shop;
  /** Where the services' logs go; each line is one JSON object. */
  destination: { write(line: string): void };
  shutdown: Shutdown;
};

type RunningShop = {
  /** The router's origin. */
  url: string;
  origins: Readonly<Record<Subgraph, string>>;
};

/** Starts the four subgraphs on free loopback ports and the router in front, all in this process. */
export async function startServices(options: InProcessOptions): Promise<RunningShop> {
  const { shop, destination, shutdown } = options;
  // Orders and users call each other: one of them has to be known before it is there.
  const usersPort = await findFreePort();
  const origins: Partial<Record<Subgraph, string>> = { users: `http://127.0.0.1:${usersPort}` };
  const subgraphClosers: (() => Promise<void>)[] = [];
  // Together, and before the router's: it is registered last and therefore closed first.
  await shutdown.add(async () => await Promise.all(subgraphClosers.map((close) => close())));

  const startOne = async <Schema extends z.ZodType>(
    name: ServiceName,
    schema: Schema,
    start: Start<z.output<Schema>>,
  ): Promise<RunningService> => {
    const { HOST, PORT } = shop.config;
    const chosen = name === 'users' ? usersPort : 0;
    const listener = name === 'router' ? { host: HOST, port: PORT } : { host: '127.0.0.1', port: chosen };
    const env = serviceEnvironment(name, shop, { ...listener, origins });
    const level = env.LOG_LEVEL ?? 'info';
    const logger = createLogger({ service: name, level, destination });
    const service = await start(loadConfig(schema, env), { logger });
    if (name === 'router') {
      await shutdown.add(service.close);
    } else {
      subgraphClosers.push(service.close);
      origins[name] = service.url;
    }
    return service;
  };

  const catalog = await startOne('catalog', catalogConfig, startCatalog);
  // These call those before them.
  const cart = await startOne('cart', cartConfig, startCart);
  const orders = await startOne('orders', ordersConfig, startOrders);
  const users = await startOne('users', usersConfig, startUsers);
  const { url } = await startOne('router', routerConfig, startRouter);
  return { url, origins: { users: users.url, catalog: catalog.url, cart: cart.url, orders: orders.url } };
}
