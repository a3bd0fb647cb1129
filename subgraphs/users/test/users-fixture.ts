import { createLocalCacheStore } from '@commerce/kit/cache';
import { AppError } from '@commerce/kit/errors';
import { createLogger } from '@commerce/kit/logger';
import type { Caller, Viewer } from '@commerce/kit/viewer';
import { createTestDatabase } from '@commerce/testkit/database';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { createUsersApp, type UsersAppDeps } from '../src/app.ts';
import type { Eraser } from '../src/clients/erasers.ts';
import type { OtherSubgraph } from '../src/data/erasure-record.ts';
import type { AccountMail } from '../src/domain/account-mails.ts';
import { createPasswords } from '../src/domain/passwords.ts';

export const secrets = {
  access: 'access-secret-of-at-least-32-bytes!!',
  refresh: 'refresh-secret-of-at-least-32-bytes!',
};

export const anonymous: Viewer = { kind: 'anonymous', reason: 'missing' };
export const password = 'SecurePass123!';

export type Answer = {
  // The tests know what they asked for.
  // biome-ignore lint/suspicious/noExplicitAny: answers of any shape
  data: any;
  errors: { message: string; path?: readonly (string | number)[]; extensions: Record<string, unknown> }[];
};

/** The other subgraphs, as far as erasures go. */
function createFakeOthers() {
  const told: { subgraph: OtherSubgraph; userId: string }[] = [];
  const away = new Set<OtherSubgraph>();
  const incomplete = new Set<OtherSubgraph>();
  const eraserOf =
    (subgraph: OtherSubgraph): Eraser =>
    async (userId) => {
      if (away.has(subgraph)) throw new AppError('SYS_002', `The ${subgraph} service is unavailable`);
      told.push({ subgraph, userId });
      const row = { what: `rows of ${subgraph}`, count: 1, reason: null };
      return {
        found: [row],
        erased: [row],
        kept: [{ ...row, reason: 'a test' }],
        isComplete: !incomplete.has(subgraph),
      };
    };
  return {
    /** In the order of telling. */
    told,
    /** Those that do not answer. */
    away,
    /** Those that are not through. */
    incomplete,
    erasers: { cart: eraserOf('cart'), orders: eraserOf('orders'), catalog: eraserOf('catalog') },
  };
}

export type UsersFixture = Awaited<ReturnType<typeof createUsersFixture>>;

/** The users subgraph on a database of its own, or on that of another fixture. bcrypt runs at its lowest
 *  cost. */
export async function createUsersFixture(overrides: Partial<UsersAppDeps> = {}, host?: { url: string }) {
  const database = host ? { url: host.url, drop: async () => {} } : await createTestDatabase('users');
  const statements: string[] = [];
  const client = postgres(database.url, {
    max: 10,
    onnotice: () => {},
    debug: (_connection, query) => statements.push(query),
  });
  const db = drizzle(client);
  const mails: AccountMail[] = [];
  const others = createFakeOthers();
  const logLines: string[] = [];
  const time = { now: new Date() };
  const passwordCalls: string[] = [];
  const passwords = createPasswords({ cost: 4, waiting: 200 });
  let ids = 0;
  const deps: UsersAppDeps = {
    database: { db, ping: async () => void (await db.execute(sql`select 1`)) },
    cacheStore: createLocalCacheStore(),
    limits: { max: 100_000, windowSeconds: 900, redis: null },
    mailer: { send: async (mail) => void mails.push(mail), close: () => {} },
    erasers: others.erasers,
    passwords: {
      hash: async (text) => {
        passwordCalls.push('hash');
        return await passwords.hash(text);
      },
      verify: async (text, hash) => {
        passwordCalls.push('verify');
        return await passwords.verify(text, hash);
      },
    },
    secrets: { access: secrets.access, refresh: [secrets.refresh] },
    publicUrl: 'http://shop.test',
    logger: createLogger({
      service: 'users',
      level: 'trace',
      destination: { write: (line) => void logLines.push(line) },
    }),
    clock: () => time.now,
    ...overrides,
  };
  const app = createUsersApp(deps);
  await app.server.start();

  async function run(
    query: string,
    options: {
      viewer?: Viewer;
      variables?: Record<string, unknown>;
      clientAddress?: string;
      userAgent?: string;
    } = {},
  ): Promise<Answer> {
    const { viewer = anonymous, variables = {}, clientAddress = '192.0.2.1', userAgent } = options;
    const caller: Caller = { viewer, clientAddress, requestId: 'test', userAgent };
    const { body } = await app.server.executeOperation(
      { query, variables },
      { contextValue: app.createContext(caller) },
    );
    if (body.kind !== 'single') throw new Error('An answer in parts');
    return JSON.parse(
      JSON.stringify({ data: body.singleResult.data ?? null, errors: body.singleResult.errors ?? [] }),
    );
  }

  /** Calls one mutation by its field's name.
   *  @returns its payload, or the error's message and extensions */
  async function mutate(field: string, input: unknown, selection: string, viewer: Viewer = anonymous) {
    const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${field}(input: $input) { ${selection} } }`;
    const { data, errors } = await run(query, { viewer, variables: { input } });
    const [error] = errors;
    return {
      payload: data?.[field] ?? null,
      code: error?.extensions.code ?? null,
      message: error?.message ?? null,
      details: error?.extensions.details ?? null,
    };
  }

  async function register(fields: Record<string, unknown> = {}): Promise<Viewer & { kind: 'user' }> {
    ids += 1;
    const email = `person${ids}@example.com`;
    const input = { email, password, firstName: 'John', lastName: 'Doe', ...fields };
    const { payload, ...fault } = await mutate('register', input, 'user { userId email }');
    if (!payload) throw new Error(JSON.stringify(fault));
    return { kind: 'user', ...payload.user, role: 'customer' };
  }

  async function registerAdmin(): Promise<Viewer & { kind: 'user' }> {
    const user = await register();
    await db.execute(sql`update users set role = 'admin' where user_id = ${user.userId}`);
    return { ...user, role: 'admin' };
  }

  async function login(email: string, secret = password) {
    const input = { email, password: secret };
    const { payload, ...fault } = await mutate('login', input, 'session { accessToken refreshToken }');
    if (!payload) throw new Error(JSON.stringify(fault));
    return payload.session as { accessToken: string; refreshToken: string };
  }

  return {
    app,
    db,
    url: database.url,
    mails,
    others,
    logLines,
    statements,
    passwordCalls,
    /** The clock stands still; tests move it. */
    time,
    run,
    mutate,
    register,
    registerAdmin,
    login,
    passTime: (seconds: number) => {
      time.now = new Date(time.now.getTime() + seconds * 1000);
    },
    /** Token of the newest mail to an address, once mails are out. */
    async mailedToken(to: string): Promise<string> {
      await app.whenIdle();
      const mail = mails.findLast((candidate) => candidate.to === to);
      if (!mail) throw new Error('No mail was sent');
      return new URL(mail.link).searchParams.get('token') ?? '';
    },
    async close() {
      await app.whenIdle();
      await app.server.stop();
      await client.end({ timeout: 5 });
      await database.drop();
    },
  };
}
