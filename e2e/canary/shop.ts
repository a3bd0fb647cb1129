import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { internalKeys } from '@commerce/launcher/internal-keys';
import { serviceNames } from '@commerce/launcher/service-names';
import { startProcessSupergraph } from '@commerce/testkit/process-supergraph';
import { startRedisServer } from '@commerce/testkit/redis-server';
import { Redis } from 'ioredis';
import { inject } from 'vitest';
import { startTcpProxy, type TcpProxy } from '../torture/tcp-proxy.ts';
import type { Canary, Output } from './canaries.ts';
import { startTelemetryCollector } from './collector.ts';
import { type MailServer, startMailServer } from './mail-server.ts';
import { createRequests, type Requests } from './requests.ts';

type Supergraph = Awaited<ReturnType<typeof startProcessSupergraph>>;

/** A shop in production as it is distributed, whose whole output is kept. */
export type WatchedShop = Pick<
  Supergraph,
  'payments' | 'kill' | 'restart' | 'databaseUrls' | 'origins' | 'mailFolder'
> & {
  requests: Requests;
  mails: MailServer;
  /** The way to the database of users. */
  usersLink: TcpProxy;
  /** The way to Redis; null where there is none here. */
  redis: { link: TcpProxy; kill(): Promise<void> } | null;
  /** What it runs on. */
  secrets: Canary[];
  /** Keeps the metrics of whoever answers. */
  scrape(): Promise<void>;
  /** All there is to see by now, the answers left out. */
  outputs(): Output[];
  logOf(name: string): string;
  close(): Promise<void>;
};

const secret = (name: string) => `${name}-${randomBytes(24).toString('base64url')}`;

export type WatchedShopOptions = {
  /** Further variables of the services. */
  env?: Readonly<Record<string, string>>;
  /** Keeps mails as files instead of sending them. */
  isWithoutMailServer?: boolean;
};

export async function startWatchedShop(options: WatchedShopOptions = {}): Promise<WatchedShop> {
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  const kept = <Thing extends { close(): Promise<unknown> }>(thing: Thing): Thing => {
    closers.push(thing.close);
    return thing;
  };
  try {
    return await build(options, { kept, close });
  } catch (error) {
    await close();
    throw error;
  }
}

type Keeping = {
  kept<Thing extends { close(): Promise<unknown> }>(thing: Thing): Thing;
  close(): Promise<void>;
};

async function build(
  { env = {}, isWithoutMailServer = false }: WatchedShopOptions,
  { kept, close }: Keeping,
): Promise<WatchedShop> {
  const logFolder = await mkdtemp(path.join(inject('testPostgres').scratchFolder, 'watched-'));
  const collector = kept(await startTelemetryCollector());
  const mails = kept(await startMailServer());
  const redis = inject('testRedis').kind === 'server' ? await startWatchedRedis(kept) : null;
  const database = new URL(inject('testPostgres').adminUrl);
  const usersLink = kept(await startTcpProxy(() => ({ port: Number(database.port) }), 'postgres'));
  const given = {
    JWT_REFRESH_SECRET: secret('refresh'),
    INTERNAL_TOKEN_SECRET: secret('internal'),
    INTERNAL_TOKEN_SECRET_ALSO_ACCEPTED: secret('internal-before'),
  };
  const mailPassword = secret('mail');
  const shop = kept(
    await startProcessSupergraph({
      otlpEndpoint: collector.endpoint,
      logFolder,
      reachDatabase: (name, url) => (name === 'users' ? atPort(url, usersLink.port) : url),
      ...(redis ? { redisUrl: redis.url } : {}),
      env: {
        NODE_ENV: 'production',
        LOG_LEVEL: 'trace',
        OTEL_BSP_SCHEDULE_DELAY: '100',
        ...(isWithoutMailServer ? {} : { SMTP_URL: `smtp://shop:${mailPassword}@127.0.0.1:${mails.port}` }),
        PUBLIC_URL: 'https://shop.test',
        WEBHOOKS_PUBLIC_ONLY: 'false',
        ...given,
        ...env,
      },
    }),
  );
  const metrics: Output[] = [];
  const readLogs = () =>
    readdirSync(logFolder).map((name) => ({
      name: `log of ${name}`,
      text: readFileSync(path.join(logFolder, name), 'utf8'),
    }));
  return {
    ...shop,
    requests: createRequests(shop.url),
    mails,
    usersLink,
    redis,
    secrets: [
      ...Object.entries({ ...given, ...(redis?.password ? { redis: redis.password } : {}) }),
      ['JWT_SECRET', shop.jwtSecret],
      ['PAYMENT_PROVIDER_SECRET', shop.payments.secret],
      ['SMTP password', mailPassword],
      ['password of the database', decodeURIComponent(database.password)],
      ...keysBetweenServices(given.INTERNAL_TOKEN_SECRET),
    ].map(([name = '', text = '']) => ({ name, text })),
    async scrape() {
      for (const [name, origin] of Object.entries(shop.origins)) {
        if (name === 'payments') continue;
        const answer = await fetch(`${origin}/metrics`).catch(() => null);
        if (answer) metrics.push({ name: `metrics of ${name}`, text: await answer.text() });
      }
    },
    outputs: () => [...readLogs(), ...metrics, { name: 'traces', text: collector.received() }],
    logOf: (name) => readFileSync(path.join(logFolder, `${name}.log`), 'utf8'),
    close,
  };
}

async function startWatchedRedis(kept: Keeping['kept']) {
  const server = kept(await startRedisServer());
  const link = kept(await startTcpProxy(() => ({ port: Number(new URL(server.url).port) }), 'http'));
  const password = secret('redis');
  const client = new Redis(server.url);
  await client.config('SET', 'requirepass', password);
  client.disconnect();
  return { url: `redis://:${password}@127.0.0.1:${link.port}`, password, link, kill: server.kill };
}

function keysBetweenServices(from: string): [name: string, key: string][] {
  return serviceNames.flatMap((name) =>
    (internalKeys(name, [from]).INTERNAL_KEYS?.split(',') ?? []).map((pair): [string, string] => {
      const [audience = '', key = ''] = pair.split(':');
      return [`key of ${name} for ${audience}`, key];
    }),
  );
}

function atPort(text: string, port: number): string {
  const url = new URL(text);
  url.port = String(port);
  return url.href;
}
