import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { createAccessTokenSigner } from '@commerce/kit/access-token';
import { loadLauncherConfig } from '@commerce/launcher/config';
import { type DatabaseName, ensureDatabases, type Subgraph } from '@commerce/launcher/databases';
import { migrateAll } from '@commerce/launcher/migrate-databases';
import { seedAll } from '@commerce/launcher/seed-data';
import { serviceSchemas } from '@commerce/launcher/service-configs';
import { placeholderEnvironment, type Shop } from '@commerce/launcher/service-environment';
import { createPaymentFaults, type PaymentFaults } from '@commerce/testkit/payment-faults';
import { z } from 'zod';
import { type ArmedPlaces, createArmedPlaces } from './armed-places.ts';
import { CAREFUL, type CrashablePostgres, startCrashablePostgres } from './crashable-postgres.ts';
import { CUSTOMERS, type Link } from './plan.ts';
import {
  chooseOrigin,
  chooseOrigins,
  createInstances,
  type Origins,
  type ProcessName,
} from './shop-instances.ts';
import type { ShopProcess } from './shop-processes.ts';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';

export type Customer = { userId: string; email: string; role: 'customer' | 'admin' };

/** A shop of real processes on real servers, with a hand on everything that can break. */
export type TortureShop = {
  url: string;
  processes: Readonly<Record<ProcessName, ShopProcess>>;
  links: Readonly<Record<Link, TcpProxy>>;
  clusters: Readonly<Record<'orders' | 'others', CrashablePostgres>>;
  armed: ArmedPlaces;
  paymentFaults: PaymentFaults;
  customers: readonly Customer[];
  administrator: Customer;
  tokenOf(customer: Customer): string;
  /** Of the databases, past all proxies. */
  databaseUrls(): Record<DatabaseName, string>;
  clusterOf(database: DatabaseName): CrashablePostgres;
  /** Starts a further instance of a service, for a rolling restart; close() stops it as well. */
  startInstance(name: ProcessName): Promise<{ origin: string; process: ShopProcess }>;
  /** Sends new connections to this instance, in a shop that is replaceable. */
  direct(name: Subgraph, origin: string): void;
  close(): Promise<void>;
};

export type ShopOptions = {
  customers?: number;
  /** Further variables of all services. */
  env?: Readonly<Record<string, string>>;
  /** Whether all services reach users, catalog and cart through proxies whose target can be moved. */
  isReplaceable?: boolean;
};

const UNLIMITED = '100000000';
const databaseNames = ['users', 'catalog', 'cart', 'orders', 'payments'] as const;

/** @param folder of databases, mails and logs; it is the caller's to remove
 *  @param options.killsOrders whether orders kills itself at armed places */
export async function startTortureShop(
  folder: string,
  options: ShopOptions & { killsOrders: boolean },
): Promise<TortureShop> {
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const closer of closers.reverse()) await closer().catch(() => undefined);
  };
  try {
    const defaults = { customers: CUSTOMERS, env: {}, isReplaceable: false };
    return await build(folder, { ...defaults, ...options }, { closers, close });
  } catch (error) {
    await close();
    throw error;
  }
}

async function build(
  folder: string,
  options: Required<ShopOptions> & { killsOrders: boolean },
  { closers, close }: { closers: (() => Promise<void>)[]; close: () => Promise<void> },
): Promise<TortureShop> {
  await mkdir(folder, { recursive: true });
  const [orders, others] = await Promise.all([startServer(folder, 'orders'), startServer(folder, 'others')]);
  const clusters = { orders, others };
  closers.push(async () => void (await Promise.all([orders.close(), others.close()])));
  const clusterOf = (name: DatabaseName) => (name === 'orders' ? orders : others);
  const urls = await createDatabases(clusters);
  const shop = loadShop(folder, urls, options.env);
  await migrateAll(urls);
  await seedAll(shop.config, urls);
  const people = await createPeople(others, options.customers);
  const origins = await chooseOrigins();
  const present = { ...origins };
  const links = await startLinks(clusters, present);
  const doors = options.isReplaceable ? await startDoors(present) : [];
  const proxies = [...Object.values(links), ...doors.map(({ proxy }) => proxy)];
  closers.push(async () => void (await Promise.all(proxies.map((proxy) => proxy.close()))));
  const armed = createArmedPlaces(folder);
  const makeInstance = createInstances({
    shop: { ...shop, databaseUrls: throughLinks(urls, links) },
    folder,
    origins: {
      ...origins,
      ...Object.fromEntries(doors.map(({ name, proxy }) => [name, `http://127.0.0.1:${proxy.port}`])),
    },
    links,
    armed,
    killsOrders: options.killsOrders,
  });
  const processes = {
    users: makeInstance('users', origins.users),
    catalog: makeInstance('catalog', origins.catalog),
    cart: makeInstance('cart', origins.cart),
    orders: makeInstance('orders', origins.orders),
    payments: makeInstance('payments', origins.payments),
    router: makeInstance('router', origins.router),
  };
  const all: ShopProcess[] = Object.values(processes);
  closers.push(async () => void (await Promise.all(all.map((one) => one.stop()))));
  await Promise.all(Object.entries(processes).map(([name, one]) => startToStay(name, one)));
  const sign = createAccessTokenSigner(shop.secrets.jwtSecret);
  return {
    url: origins.router,
    processes,
    links,
    clusters,
    armed,
    paymentFaults: createPaymentFaults({ url: origins.payments, secret: shop.secrets.paymentProviderSecret }),
    ...people,
    tokenOf: (customer) => sign({ ...customer, sessionId: 'fam_torture' }),
    databaseUrls: () => mapDatabases((name) => clusterOf(name).adminUrl(name)),
    clusterOf,
    async startInstance(name) {
      const origin = await chooseOrigin();
      const instance = makeInstance(name, origin);
      all.push(instance);
      await startToStay(name, instance);
      return { origin, process: instance };
    },
    direct(name, origin) {
      present[name] = origin;
    },
    close,
  };
}

/** @throws Error where it ends while it starts: its port may have been taken meanwhile, and others answer there */
async function startToStay(name: string, one: ShopProcess): Promise<void> {
  await one.start();
  if (!one.isRunning()) throw new Error(`${name} did not start`);
}

async function startServer(folder: string, name: string): Promise<CrashablePostgres> {
  const own = path.join(folder, `postgres-${name}`);
  return await startCrashablePostgres({ folder: own, password: random(), removeOnStop: own });
}

async function createDatabases(
  clusters: Record<'orders' | 'others', CrashablePostgres>,
): Promise<Record<DatabaseName, string>> {
  const passwords = mapDatabases(random);
  const made = await Promise.all([
    ensureDatabases(serverOf(clusters.orders), ['orders'], passwords),
    ensureDatabases(serverOf(clusters.others), ['users', 'catalog', 'cart', 'payments'], passwords),
  ]);
  for (const cluster of Object.values(clusters)) await cluster.query('postgres', CAREFUL, z.unknown());
  const urls = { ...made[0], ...made[1] };
  return mapDatabases((name) => urls[name] ?? '');
}

function serverOf(cluster: CrashablePostgres) {
  return { port: cluster.port(), adminUrl: (database?: string) => cluster.adminUrl(database) };
}

function loadShop(
  folder: string,
  databaseUrls: Record<DatabaseName, string>,
  further: Readonly<Record<string, string>>,
): Omit<Shop, 'paymentProviderUrl'> {
  const env = {
    NODE_ENV: 'test',
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'warn',
    DATA_DIR: folder,
    PAYMENT_FAULTS: 'on',
    RATE_LIMIT_AUTH_MAX: UNLIMITED,
    RATE_LIMIT_REFRESH_MAX: UNLIMITED,
    RATE_LIMIT_ORDER_MAX: UNLIMITED,
    RATE_LIMIT_REFUND_MAX: UNLIMITED,
    RATE_LIMIT_API_MAX: UNLIMITED,
    RATE_LIMIT_GRAPHQL_MAX: UNLIMITED,
    GRAPHQL_COST_BUDGET: UNLIMITED,
    GRAPHQL_PLANNING_BUDGET: UNLIMITED,
    ...further,
  };
  const config = loadLauncherConfig(env, { schemas: serviceSchemas, made: placeholderEnvironment() });
  const secrets = {
    postgresPassword: random(),
    rolePasswords: mapDatabases(random),
    jwtSecret: random(),
    jwtRefreshSecret: random(),
    internalTokenSecret: random(),
    paymentProviderSecret: random(),
  };
  return { env, config, secrets, databaseUrls };
}

/** Customers without a password of their own: their tokens are made here, since hashing takes its time. */
async function createPeople(
  cluster: CrashablePostgres,
  count: number,
): Promise<{ customers: Customer[]; administrator: Customer }> {
  const columns = `user_id as "userId", email, role`;
  const person = z.object({ userId: z.string(), email: z.string(), role: z.enum(['customer', 'admin']) });
  const customers = await cluster.query(
    'users',
    `insert into users (user_id, email, password_hash, first_name, last_name, email_verified)
      select 'usr_torture_' || n, 'torture-' || n || '@example.org',
        (select password_hash from users limit 1), 'Tor', 'Ture', true
      from generate_series(1, ${count}) n returning ${columns}`,
    person,
  );
  const [administrator] = await cluster.query(
    'users',
    `select ${columns} from users where role = 'admin' order by user_id limit 1`,
    person,
  );
  if (administrator === undefined) throw new Error('There is no administrator');
  return { customers, administrator };
}

/** @param present where each service is now */
async function startLinks(
  clusters: Record<'orders' | 'others', CrashablePostgres>,
  present: Readonly<Origins>,
): Promise<Record<Link, TcpProxy>> {
  return {
    'orders database': await startTcpProxy(() => ({ port: clusters.orders.port() }), 'postgres'),
    'other databases': await startTcpProxy(() => ({ port: clusters.others.port() }), 'postgres'),
    catalog: await startServiceProxy('catalog', present),
    cart: await startServiceProxy('cart', present),
    payments: await startServiceProxy('payments', present),
    orders: await startServiceProxy('orders', present),
  };
}

/** Proxies of the services that are reached past all links. */
async function startDoors(present: Readonly<Origins>): Promise<{ name: ProcessName; proxy: TcpProxy }[]> {
  const names = ['users', 'catalog', 'cart'] as const;
  return await Promise.all(
    names.map(async (name) => ({ name, proxy: await startServiceProxy(name, present) })),
  );
}

async function startServiceProxy(name: ProcessName, present: Readonly<Origins>): Promise<TcpProxy> {
  return await startTcpProxy(() => ({ port: Number(new URL(present[name]).port) }), 'http');
}

function throughLinks(
  urls: Record<DatabaseName, string>,
  links: Record<Link, TcpProxy>,
): Record<DatabaseName, string> {
  return mapDatabases((name) => {
    const url = new URL(urls[name]);
    url.port = String(links[name === 'orders' ? 'orders database' : 'other databases'].port);
    return url.href;
  });
}

function mapDatabases<Value>(make: (name: DatabaseName) => Value): Record<DatabaseName, Value> {
  const [users, catalog, cart, orders, payments] = databaseNames;
  return {
    users: make(users),
    catalog: make(catalog),
    cart: make(cart),
    orders: make(orders),
    payments: make(payments),
  };
}

function random(): string {
  return randomBytes(32).toString('base64url');
}
