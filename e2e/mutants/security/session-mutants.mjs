import { securityMutant } from './security-mutant.mjs';

const token = 'packages/kit/src/access-token.ts';
const refresh = 'subgraphs/users/src/domain/refresh-tokens.ts';
const sessions = 'subgraphs/users/src/domain/sessions.ts';
const store = 'subgraphs/users/src/data/session-store.ts';
const credentials = 'subgraphs/users/src/data/credential-store.ts';
const triggers = 'subgraphs/users/migrations/0003_session_list.sql';
const authentication = 'router/src/authentication.ts';
const accountState = 'router/src/account-state.ts';

const tokenTest = 'packages/kit/test/access-token.test.ts';
const sessionsTest = 'subgraphs/users/test/sessions.db.test.ts';
const ownTest = 'subgraphs/users/test/own-sessions.db.test.ts';
const changeTest = 'subgraphs/users/test/password-change.db.test.ts';
const endedTest = 'router/test/ended-sessions.test.ts';
const authenticationTest = 'router/test/authentication.test.ts';

const mutant = securityMutant('Session');

/** How sessions go on, and how they end. */
export const sessionMutants = [
  mutant('replay', 'its family lives on', {
    test: sessionsTest,
    file: sessions,
    find: 'await deps.sessions.revokeReplayed(tokenHash, now)',
    replace: 'await Promise.resolve(null)',
  }),
  mutant('ten seconds', 'a traded token is answered again for an hour', {
    test: sessionsTest,
    file: sessions,
    find: 'const GRACE_SECONDS = 10;',
    replace: 'const GRACE_SECONDS = 3_600;',
  }),
  mutant('the same successor', 'who lost the answer is logged out', {
    test: sessionsTest,
    file: sessions,
    find: 'const GRACE_SECONDS = 10;',
    replace: 'const GRACE_SECONDS = 0;',
  }),
  mutant('unused successor', 'a token is answered again after its successor was used', {
    test: sessionsTest,
    file: store,
    find: '            and successor.used_at is null\n',
    replace: '',
  }),
  mutant('one trade', 'a token is traded as often as it comes', {
    test: sessionsTest,
    file: store,
    find: `and t.used_at is null and t.expires_at > \${now}::timestamptz\n              and f.family_id`,
    replace: `and t.expires_at > \${now}::timestamptz\n              and f.family_id`,
  }),
  mutant('expired refresh tokens', 'they are traded', {
    test: sessionsTest,
    edits: [
      { file: sessions, find: "  if (presented.isExpired) throw new AppError('AUTH_002');\n", replace: '' },
      {
        file: store,
        find: `and t.used_at is null and t.expires_at > \${now}::timestamptz\n              and f.family_id`,
        replace: 'and t.used_at is null\n              and f.family_id',
      },
    ],
  }),
  mutant('hashed refresh tokens', 'the database holds what could be used', {
    test: sessionsTest,
    file: refresh,
    find: 'const proof = { tokenHash: tokenHash(jti),',
    replace: "const proof = { tokenHash: tokenHash('') && jti,",
  }),
  mutant('logout', 'it ends nothing', {
    test: sessionsTest,
    file: sessions,
    find: '  await deps.sessions.revoke(presented.familyId, deps.clock());\n',
    replace: '',
  }),
  mutant('ended sessions', 'their refresh tokens are traded', {
    test: sessionsTest,
    file: store,
    find: 'and f.family_id = t.family_id and f.revoked_at is null\n              and u.is_active',
    replace: 'and f.family_id = t.family_id\n              and u.is_active',
  }),
  mutant('ended sessions within ten seconds', 'a traded token is answered again', {
    test: sessionsTest,
    file: store,
    find: '            and f.revoked_at is null\n            and u.is_active and u.session_epoch = f.session_epoch`',
    replace: '`',
  }),
  mutant('password change', 'sessions live on', {
    test: changeTest,
    file: credentials,
    find: `.set({ passwordHash, sessionEpoch: sql\`\${users.sessionEpoch} + 1\` })`,
    replace: '.set({ passwordHash })',
  }),
  mutant('password reset', 'sessions live on', {
    test: changeTest,
    file: credentials,
    find: `password_hash = \${reset.passwordHash}, session_epoch = session_epoch + 1`,
    replace: `password_hash = \${reset.passwordHash}`,
  }),
  mutant('deactivation', 'sessions live on', {
    test: sessionsTest,
    file: 'subgraphs/users/src/data/administration-store.ts',
    find: 'sql`is_active = false, session_epoch = session_epoch + 1`',
    replace: 'sql`is_active = false`',
  }),
  mutant('the trigger that ends sessions', 'none is told of as ended', {
    test: ownTest,
    file: triggers,
    find: 'FOR EACH ROW WHEN (OLD.session_epoch IS DISTINCT FROM NEW.session_epoch)',
    replace: 'FOR EACH ROW WHEN (NEW.session_epoch IS NULL)',
  }),
  mutant('refresh under an old number', 'it is traded (the trigger ends the session as well)', {
    test: changeTest,
    edits: [
      {
        file: triggers,
        find: 'FOR EACH ROW WHEN (OLD.session_epoch IS DISTINCT FROM NEW.session_epoch)',
        replace: 'FOR EACH ROW WHEN (NEW.session_epoch IS NULL)',
      },
      {
        file: store,
        find: 'and u.is_active and u.session_epoch = f.session_epoch\n            returning t.family_id',
        replace: 'returning t.family_id',
      },
    ],
  }),
  mutant('the trigger that notes an end', 'none is told of as ended', {
    test: ownTest,
    file: triggers,
    find: 'FOR EACH ROW WHEN (OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL)',
    replace: 'FOR EACH ROW WHEN (OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS NULL)',
  }),
  mutant('a login that crosses a change', 'it begins a session with the old password', {
    test: ownTest,
    file: store,
    find: `and is_active and session_epoch = \${session.sessionEpoch}`,
    replace: 'and is_active',
  }),
  mutant('deactivated accounts', 'they log in (no session is opened for them either)', {
    test: sessionsTest,
    edits: [
      {
        file: sessions,
        find: 'if (!account || !isRight || !account.isActive)',
        replace: 'if (!account || !isRight)',
      },
      {
        file: store,
        find: `and is_active and session_epoch = \${session.sessionEpoch}`,
        replace: `and session_epoch = \${session.sessionEpoch}`,
      },
    ],
  }),
  mutant('ended within a token’s life', 'a router that starts is told of the last minute only', {
    test: ownTest,
    file: store,
    find: "interval '65 minutes'",
    replace: "interval '1 minute'",
  }),
  mutant('access of ended sessions', 'it goes on until it expires', {
    test: endedTest,
    file: authentication,
    find: "      case 'ended':\n        return { kind: 'anonymous', reason: 'invalid' };\n",
    replace: "      case 'ended':\n        return viewer;\n",
  }),
  mutant('access before the first answer', 'a router that starts takes every session for alive', {
    test: endedTest,
    file: authentication,
    find: "return { kind: 'anonymous', reason: 'unconfirmed' };",
    replace: 'return viewer;',
  }),
  mutant('access names its session', 'nobody knows which has ended', {
    test: tokenTest,
    file: token,
    find: `jti: \`\${newId('jti')}.\${sessionId}\`,`,
    replace: `jti: \`\${newId('jti')}.\${sessionId.slice(0, 1)}\`,`,
  }),
  mutant('what is told is kept', 'ended sessions are forgotten at once', {
    test: endedTest,
    file: 'router/src/ended-sessions.ts',
    find: '      remember(endedSessions.sessionIds);\n',
    replace: '',
  }),
  mutant('asked every ten seconds', 'the router asks every ten minutes', {
    test: endedTest,
    file: 'router/src/ended-sessions.ts',
    find: 'const POLL_MS = 10_000',
    replace: 'const POLL_MS = 600_000',
  }),
  mutant('demoted administrators', 'the token’s word is believed', {
    test: authenticationTest,
    file: authentication,
    find: "if (viewer.kind !== 'user' || viewer.role !== 'admin') return viewer;",
    replace: 'if (viewer !== null) return viewer;',
  }),
  mutant('deactivated administrators', 'they stay customers', {
    test: authenticationTest,
    file: accountState,
    find: "      if (!accountState?.isActive) return 'inactive';\n",
    replace: "      if (!accountState) return 'customer';\n",
  }),
  mutant('unconfirmed administrators', 'they keep their rights while users is away', {
    test: authenticationTest,
    file: authentication,
    find: "        return { ...viewer, role: 'customer' };\n    }",
    replace: '        return viewer;\n    }',
  }),
  mutant('state of thirty seconds', 'it is kept for five minutes', {
    test: authenticationTest,
    file: accountState,
    find: 'const LIFETIME_MS = 30_000',
    replace: 'const LIFETIME_MS = 300_000',
  }),
];
