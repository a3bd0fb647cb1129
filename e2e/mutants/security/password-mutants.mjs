import { securityMutant } from './security-mutant.mjs';

const sessions = 'subgraphs/users/src/domain/sessions.ts';
const credentials = 'subgraphs/users/src/data/credential-store.ts';
const passwords = 'subgraphs/users/src/domain/passwords.ts';
const gate = 'subgraphs/users/src/domain/gate.ts';
const reset = 'subgraphs/users/src/domain/password-reset.ts';

const sessionsTest = 'subgraphs/users/test/sessions.db.test.ts';
const changeTest = 'subgraphs/users/test/password-change.db.test.ts';
const passwordsTest = 'subgraphs/users/test/passwords.test.ts';

const mutant = securityMutant('Session');

/** Resets of passwords, and what logins tell and cost. */
export const passwordMutants = [
  mutant('reset tokens once', 'they work again', {
    test: changeTest,
    edits: [
      {
        file: credentials,
        find: `where token_hash = \${tokenHash} and used_at is null\n`,
        replace: `where token_hash = \${tokenHash}\n`,
      },
      {
        file: credentials,
        find: `where r.token_hash = \${reset.tokenHash} and r.used_at is null and`,
        replace: `where r.token_hash = \${reset.tokenHash} and`,
      },
    ],
  }),
  mutant('reset tokens once, of ten at once', 'several succeed', {
    test: changeTest,
    file: credentials,
    find: `where r.token_hash = \${reset.tokenHash} and r.used_at is null and`,
    replace: `where r.token_hash = \${reset.tokenHash} and`,
  }),
  mutant('other reset tokens', 'they stay good', {
    test: changeTest,
    file: credentials,
    find: 'where r.user_id = proof.user_id and r.used_at is null and',
    replace: 'where r.user_id <> proof.user_id and r.used_at is null and',
  }),
  mutant('reset tokens of deactivated accounts', 'they work', {
    test: changeTest,
    edits: [
      {
        file: credentials,
        find: `and expires_at > \${now.toISOString()}::timestamptz and is_active\``,
        replace: `and expires_at > \${now.toISOString()}::timestamptz\``,
      },
      {
        file: credentials,
        find: 'and u.user_id = r.user_id and u.is_active',
        replace: 'and u.user_id = r.user_id',
      },
    ],
  }),
  mutant('hashed reset tokens', 'the database holds what could be used', {
    test: changeTest,
    file: 'subgraphs/users/src/domain/single-use-token.ts',
    find: "return createHash('sha256').update(token).digest('hex');",
    replace: "return createHash ? token.padEnd(64, '.') : token;",
  }),
  mutant('fifteen minutes', 'reset tokens are good for an hour', {
    test: changeTest,
    file: reset,
    find: 'const RESET_LIFETIME_SECONDS = 15 * 60',
    replace: 'const RESET_LIFETIME_SECONDS = 60 * 60',
  }),
  mutant('expired reset tokens', 'they work', {
    test: changeTest,
    edits: [
      {
        file: credentials,
        find: `and expires_at > \${now.toISOString()}::timestamptz and is_active\``,
        replace: 'and is_active`',
      },
      {
        file: credentials,
        find: `r.used_at is null and r.expires_at > \${now}::timestamptz\n              and u.user_id`,
        replace: 'r.used_at is null\n              and u.user_id',
      },
    ],
  }),
  mutant('timing of unknown addresses', 'no hash is made for them', {
    test: sessionsTest,
    file: sessions,
    find: 'await deps.passwords.verify(password, account?.passwordHash ?? null)',
    replace: 'account !== null && (await deps.passwords.verify(password, account.passwordHash))',
  }),
  mutant('as much work', 'the hash that stands for none costs another time', {
    test: passwordsTest,
    file: passwords,
    find: 'const dummy = dummyHash(cost);',
    replace: 'const dummy = dummyHash(cost + 1);',
  }),
  mutant('timing of resets', 'the answer waits for the mail', {
    test: changeTest,
    file: reset,
    find: "deps.afterAnswer.run('reset mail', async () => {",
    replace: "await ((_: string, work: () => Promise<void>) => work())('reset mail', async () => {",
  }),
  mutant('hashes beside the event loop', '/health waits for each', {
    test: passwordsTest,
    file: passwords,
    find: 'await gate(() => bcrypt.hash(condense(password), cost))',
    replace: 'await gate(async () => bcrypt.hashSync(condense(password), cost))',
  }),
  mutant('comparisons beside the event loop', '/health waits for each', {
    test: passwordsTest,
    file: passwords,
    find: 'await gate(() => bcrypt.compare(condense(password), hash ?? dummy))',
    replace: 'await gate(async () => bcrypt.compareSync(condense(password), hash ?? dummy))',
  }),
  mutant('two hashes at a time', 'all threads make hashes', {
    test: passwordsTest,
    file: gate,
    find: 'if (running < options.running) {',
    replace: 'if (running < 1_000) {',
  }),
  mutant('waiting logins', 'any number waits', {
    test: passwordsTest,
    file: gate,
    find: 'if (queue.length >= options.waiting) {',
    replace: 'if (queue.length >= 1_000_000) {',
  }),
];
