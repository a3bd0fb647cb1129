import { securityMutant } from './security-mutant.mjs';

const audited = 'packages/kit/src/audited.ts';
const log = 'packages/kit/src/audit-log.ts';
const recorded = 'packages/kit/src/audit-arguments.ts';

const auditedTest = 'packages/kit/test/audited.test.ts';
const logTest = 'packages/kit/test/audit-log.db.test.ts';
const argumentsTest = 'packages/kit/test/audit-arguments.test.ts';

const mutant = securityMutant('Audit');

const entries = [
  mutant('the entry comes first', 'the act does', {
    test: auditedTest,
    edits: [
      {
        file: audited,
        find: 'const entryId = await recordAttempt(needs, act);',
        replace: 'const early = await call();\n  const entryId = await recordAttempt(needs, act);',
      },
      { file: audited, find: 'const result = await call();', replace: 'const result = early;' },
    ],
  }),
  mutant('no act without an entry', 'a log that cannot be written stops nobody', {
    test: auditedTest,
    file: audited,
    find: "throw new AppError('SYS_002', undefined, { cause, retryAfterSeconds: 2 });",
    replace: "return cause === null ? null : 'aud_lost';",
  }),
  mutant('no attempt without an entry', 'who is over the bound is let through', {
    test: auditedTest,
    file: audited,
    find: "if (entryId === null) throw new AppError('AUTH_004');",
    replace: 'if (entryId === null) return await call();',
  }),
  mutant('a lost outcome', 'it is told as the act’s failure', {
    test: auditedTest,
    file: audited,
    find: "logger.error({ entryId, outcome, reason: describeError(error) }, 'Cannot record the outcome of an act');",
    replace: 'throw error;',
  }),
  mutant('failed acts', 'their outcome is not recorded', {
    test: auditedTest,
    file: audited,
    find: '    await conclude(errorCodeOf(error), null);\n',
    replace: '',
  }),
  mutant('attempts of customers', 'any number is recorded', {
    test: logTest,
    file: log,
    find: 'const MAX_REFUSED_PER_HOUR = 10;',
    replace: 'const MAX_REFUSED_PER_HOUR = 10_000;',
  }),
];

const tables = [
  ['users', 'subgraphs/users/migrations/0005_audit_log.sql'],
  ['catalog', 'subgraphs/catalog/migrations/0007_audit_log.sql'],
  ['orders', 'subgraphs/orders/migrations/0007_audit_log.sql'],
].flatMap(([name, file]) =>
  [
    ['entries are changed', 'audit_log', 'DELETE OR TRUNCATE'],
    ['entries are deleted', 'audit_log', 'UPDATE OR TRUNCATE'],
    ['the log is emptied', 'audit_log', 'UPDATE OR DELETE'],
    ['outcomes are changed', 'audit_outcomes', 'DELETE OR TRUNCATE'],
    ['outcomes are deleted', 'audit_outcomes', 'UPDATE OR TRUNCATE'],
    ['outcomes are emptied', 'audit_outcomes', 'UPDATE OR DELETE'],
  ].map(([off, table, left]) =>
    mutant(`the log of ${name} only grows`, off, {
      test: `subgraphs/${name}/test/audit-log.db.test.ts`,
      file,
      find: `BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}`,
      replace: `BEFORE ${left} ON ${table}`,
    }),
  ),
);

const readers = [
  [
    'users',
    'subgraphs/users/src/domain/administration.ts',
    '  await requirePresentAdmin(deps, viewer);\n  return await readAuditPage',
    '  return await readAuditPage',
  ],
  [
    'catalog',
    'subgraphs/catalog/src/graphql/query.ts',
    '      requireAdmin(viewer);\n      return await readAuditPage',
    '      return await readAuditPage',
  ],
  [
    'orders',
    'subgraphs/orders/src/graphql/query.ts',
    '      requireAdmin(viewer);\n      return await readAuditPage',
    '      return await readAuditPage',
  ],
].map(([name, file, find, replace]) =>
  mutant(`who reads the log of ${name}`, 'anybody', {
    test: `subgraphs/${name}/test/audit-log.db.test.ts`,
    file,
    find,
    replace,
  }),
);

const leftOut = [
  ['secrets', 'secretName.test(name) || ', ''],
  ['what people write of people', ' || personalName.test(name)', ''],
  ['e-mail addresses', '.replace(addresses, CUT)', ''],
  ['long numbers', '.replace(longNumbers, CUT)', ''],
  ['URLs in texts', '.replace(urls, shortened)', ''],
  ['URLs', '  if (wholeUrl.test(whole)) return shortened(whole);\n', ''],
  ['longer arguments', 'if (bytes.length <= MAX_ARGUMENTS_BYTES) return text;', 'if (bytes) return text;'],
].map(([name, find, replace]) =>
  mutant(`${name} in arguments`, 'the log keeps them', {
    test: argumentsTest,
    file: recorded,
    find,
    replace,
  }),
);

/** What is recorded of administrators, and who reads it. */
export const auditMutants = [...entries, ...tables, ...readers, ...leftOut];
