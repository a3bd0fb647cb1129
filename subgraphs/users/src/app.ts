import { readFileSync } from 'node:fs';
import { createAccessTokenSigner } from '@commerce/kit/access-token';
import { createLocalAttemptStore, createRedisAttemptStore } from '@commerce/kit/attempt-store';
import { createAuditLog } from '@commerce/kit/audit-log';
import { createAuditTransform } from '@commerce/kit/audited';
import type { CacheStore } from '@commerce/kit/cache';
import { type Clock, systemClock } from '@commerce/kit/clock';
import type { Secrets } from '@commerce/kit/config';
import { createKeyHash } from '@commerce/kit/field-limits';
import { type NewId, newId as randomId } from '@commerce/kit/ids';
import type { Logger } from '@commerce/kit/logger';
import type { Mailer } from '@commerce/kit/mail';
import type { Database } from '@commerce/kit/postgres';
import { createSubgraphServer, type SubgraphApp } from '@commerce/kit/subgraph-app';
import type { RecurringTask } from '@commerce/kit/worker';
import type { Erasers } from './clients/erasers.ts';
import { createContext, type UsersContext } from './context.ts';
import { createAddressStore } from './data/address-store.ts';
import { createAdministrationStore } from './data/administration-store.ts';
import { createCredentialStore } from './data/credential-store.ts';
import { createErasureStore } from './data/erasure-store.ts';
import { createExportStore } from './data/export-store.ts';
import { createProfiles } from './data/profiles.ts';
import { createSessionStore } from './data/session-store.ts';
import { createUserStore } from './data/user-store.ts';
import { createVerificationStore } from './data/verification-store.ts';
import type { AccountMail } from './domain/account-mails.ts';
import { createAfterAnswer } from './domain/after-answer.ts';
import type { Deps } from './domain/deps.ts';
import { createLoginGuard, loginRules } from './domain/login-guard.ts';
import type { Passwords } from './domain/passwords.ts';
import { createRefreshTokens } from './domain/refresh-tokens.ts';
import { tellErasuresTask } from './domain/tell-erasures.ts';
import { createLimits, type LimitOptions } from './graphql/rate-limit.ts';
import { createResolvers } from './graphql/resolvers.ts';
import { retentionTask } from './retention.ts';

export type UsersAppDeps = {
  database: Pick<Database, 'db' | 'ping'>;
  cacheStore: CacheStore;
  limits: LimitOptions;
  mailer: Mailer<AccountMail>;
  /** The other subgraphs, as far as erasures go. */
  erasers: Erasers;
  passwords: Passwords;
  /** Keys of the two kinds of tokens; they must differ. Refresh tokens are signed with the first of theirs, and taken
   *  with any. */
  secrets: { access: string; refresh: Secrets };
  /** Origin that links in mails begin with. */
  publicUrl: string;
  logger: Logger;
  clock?: Clock;
  newId?: NewId;
};

export type UsersApp = SubgraphApp<UsersContext> & {
  /** What is done again and again, beside requests. */
  tasks: Readonly<Record<string, RecurringTask>>;
  /** Waits for mails that are still on their way. */
  whenIdle(): Promise<void>;
};

export function createUsersApp(options: UsersAppDeps): UsersApp {
  const deps = createDeps(options);
  const limits = createLimits(options.limits, {
    refreshTokens: deps.refreshTokens,
    hashKey: createKeyHash(limitSecret(options.secrets.refresh)),
  });
  const audit = createAuditTransform({ log: deps.auditLog, logger: options.logger });
  const sdl = readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8');
  return {
    name: 'users',
    server: createSubgraphServer<UsersContext>({
      typeDefs: limits.configure(sdl),
      resolvers: createResolvers(deps),
      logger: options.logger,
      // Limits come first: what they refuse is not recorded.
      transformSchema: (schema) => limits.transform(audit(schema)),
    }),
    createContext: (caller) => createContext(caller, deps.profiles),
    checkReady: options.database.ping,
    tasks: { 'tell-erasures': tellErasuresTask(deps), 'forget-sessions': retentionTask(deps) },
    whenIdle: deps.afterAnswer.whenIdle,
  };
}

/** The same one of two whichever of them signs: while it is being replaced, buckets change once. */
function limitSecret(secrets: Secrets): string {
  return secrets.reduce((one, other) => (other < one ? other : one));
}

function createDeps(options: UsersAppDeps): Deps {
  const { cacheStore, mailer, passwords, secrets, publicUrl, logger } = options;
  const { db } = options.database;
  const clock = options.clock ?? systemClock;
  const newId = options.newId ?? randomId;
  const { redis } = options.limits;
  const attempts = redis ? createRedisAttemptStore(redis, loginRules) : createLocalAttemptStore(loginRules);
  const users = createUserStore(db);
  const addresses = createAddressStore(db);
  return {
    users,
    addresses,
    credentials: createCredentialStore(db),
    verifications: createVerificationStore(db),
    administration: createAdministrationStore(db),
    auditLog: createAuditLog(db),
    sessions: createSessionStore(db),
    erasures: createErasureStore(db),
    erasers: options.erasers,
    exports: createExportStore(db),
    profiles: createProfiles({ users, addresses, cacheStore }),
    passwords,
    loginGuard: createLoginGuard({ attempts, hashKeys: secrets.refresh.map(createKeyHash) }),
    signAccessToken: createAccessTokenSigner(secrets.access, clock, newId),
    refreshTokens: createRefreshTokens({ secrets: secrets.refresh, clock, newId }),
    mailer,
    publicUrl,
    afterAnswer: createAfterAnswer(logger),
    clock,
    newId,
    logger,
  };
}
