import { securityMutant } from './security-mutant.mjs';

const limits = 'router/src/graphql/operation-limits.ts';
const literals = 'router/src/graphql/impossible-literals.ts';
const variables = 'router/src/graphql/variable-faults.ts';
const ended = 'router/src/ended-sessions.ts';
const store = 'subgraphs/users/src/data/session-store.ts';
const internalToken = 'packages/kit/src/internal-token.ts';
const spans = 'packages/kit/src/discreet-spans.ts';
const faults = 'packages/kit/src/request-fault.ts';

const limitsTest = 'router/test/operation-limits.test.ts';
const newTest = 'router/test/new-documents.test.ts';
const graphqlTest = 'router/test/graphql.test.ts';
const endedTest = 'router/test/ended-sessions.test.ts';
const ownTest = 'subgraphs/users/test/own-sessions.db.test.ts';
const retentionTest = 'subgraphs/users/test/retention.db.test.ts';
const internalTest = 'packages/kit/test/internal-token.test.ts';
const spansTest = 'packages/kit/test/discreet-spans.test.ts';
const faultsTest = 'packages/kit/test/graphql-errors.test.ts';

const abuse = securityMutant('GraphQL abuse');
const session = securityMutant('Session');
const federation = securityMutant('Federation');
const secret = securityMutant('Injection, secrets');

const documents = [
  abuse('nested brackets', 'a parser goes into any number of them', {
    test: limitsTest,
    file: limits,
    find: '    requireShallow(query);\n',
    replace: '',
  }),
  abuse('fragments within fields', 'planning goes into any number of them', {
    test: limitsTest,
    file: limits,
    find: 'if (size.nesting > MAX_NESTING)',
    replace: 'if (size.nesting > 1e9)',
  }),
  abuse('infinite literals', 'planning fails at them', {
    test: graphqlTest,
    file: literals,
    find: 'if (!Number.isFinite(Number(value)))',
    replace: 'if (value === null)',
  }),
  abuse('literals that cannot be stored', 'they are handed on', {
    test: graphqlTest,
    file: literals,
    find: 'if (!isStorable(value))',
    replace: 'if (value === null)',
  }),
  abuse('infinite variables', 'they are handed on as null', {
    test: graphqlTest,
    file: variables,
    find: "if (typeof value === 'number' && !Number.isFinite(value))",
    replace: 'if (value === Number.NaN)',
  }),
  abuse('variables that cannot be stored', 'they are handed on', {
    test: graphqlTest,
    file: variables,
    find: 'const isFault = !isStorable(value);',
    replace: 'const isFault = value === null;',
  }),
  abuse('long texts', 'a few are remembered instead of everybody’s', {
    test: newTest,
    file: limits,
    find: 'if (text.length <= LONGEST_KEPT) modest',
    replace: 'modest',
  }),
  abuse('long documents', 'a few are kept instead of everybody’s', {
    test: newTest,
    file: 'router/src/graphql/document-store.ts',
    find: 'if ((document.loc?.end ?? 0) <= LONGEST_KEPT) documents',
    replace: 'documents',
  }),
  abuse('characters of a field', 'padding costs a thousandth', {
    test: newTest,
    file: 'router/src/graphql/new-documents.ts',
    find: 'const CHARACTERS_OF_A_FIELD = 50;',
    replace: 'const CHARACTERS_OF_A_FIELD = 50_000;',
  }),
  abuse('values under many names', 'their copies cost nothing', {
    test: 'router/test/operation-cost.test.ts',
    file: 'router/src/graphql/operation-cost.ts',
    find: ' || field.alias !== undefined',
    replace: '',
  }),
  abuse('long reasons', 'they are searched for what may be repeated', {
    test: faultsTest,
    file: faults,
    find: 'reason.length <= MAX_REASON_LENGTH && ',
    replace: '',
  }),
];

const sessions = [
  session('sessions before the first answer', 'all are said to live', {
    test: endedTest,
    file: ended,
    find: "return hasHeard ? 'live' : 'unknown';",
    replace: "return 'live';",
  }),
  session('full pages', 'the first one is taken for all', {
    test: endedTest,
    file: ended,
    find: '      if (endedSessions.sessionIds.length >= PAGE_SIZE && hasMoved) return 0;\n',
    replace: '',
  }),
  session('behind a full page', 'the next one begins elsewhere', {
    test: ownTest,
    file: store,
    find: 'const isFull = sessionIds.length === ENDED_PAGE_SIZE;',
    replace: 'const isFull = sessionIds.length < 0;',
  }),
  session('live sessions', 'an account has any number', {
    test: ownTest,
    file: store,
    find: 'const MAX_LIVE_SESSIONS = 100;',
    replace: 'const MAX_LIVE_SESSIONS = 100_000;',
  }),
  session('expired sessions', 'they are kept for ever', {
    test: retentionTest,
    file: store,
    find: 'where family_id in (select family_id from families)',
    replace: 'where false and family_id in (select family_id from families)',
  }),
  session('expired sessions whose end is told', 'it is forgotten', {
    test: retentionTest,
    file: store,
    find: `(ended_at is null or ended_at < now() - \${TOLD_FOR})`,
    replace: 'true',
  }),
  session('forgetting sessions', 'one batch an hour', {
    test: 'subgraphs/users/test/retention.test.ts',
    file: 'subgraphs/users/src/retention.ts',
    find: 'await repeatWhileFull(prune, PRUNE_SIZE, signal)',
    replace: '(await prune()) + Number(signal === null && repeatWhileFull === null)',
  }),
  session('reset mails in a day', 'three every quarter of an hour', {
    test: 'subgraphs/users/test/password-change.db.test.ts',
    file: 'subgraphs/users/src/domain/password-reset.ts',
    find: 'const MAX_DAILY_RESETS = 10;',
    replace: 'const MAX_DAILY_RESETS = 10_000;',
  }),
];

const services = [
  federation('issuer of internal tokens', 'a service calls itself another one', {
    test: internalTest,
    file: internalToken,
    find: '        audience,\n        issuer,\n        maxAge',
    replace: '        audience,\n        maxAge',
  }),
  federation('speaking for customers', 'every service does', {
    test: internalTest,
    file: internalToken,
    find: ' && maySpeakFor(issuer, parsed.data.viewer)',
    replace: '',
  }),
  federation('speaking for services', 'each speaks for all', {
    test: internalTest,
    file: internalToken,
    find: 'viewer.name === issuer',
    replace: "viewer.name !== ''",
  }),
  federation('names of services', 'each may what one of them may', {
    test: 'packages/kit/test/viewer.test.ts',
    file: 'packages/kit/src/viewer.ts',
    find: ' || !names.includes(viewer.name)',
    replace: '',
  }),
];

const told = [
  secret('attributes of spans', 'all leave', {
    test: spansTest,
    file: spans,
    find: '.filter(([name]) => names.has(name))',
    replace: '.filter(() => names.size > 0)',
  }),
  secret('exceptions in spans', 'their messages leave', {
    test: spansTest,
    file: spans,
    find: "new Set(['exception.type'])",
    replace: "new Set(['exception.type', 'exception.message'])",
  }),
  secret('status of spans', 'its message leaves', {
    test: spansTest,
    file: spans,
    find: '    status: { value: { code: span.status.code } },\n',
    replace: '',
  }),
  secret('work of a search for cards', 'it grows with the square of a text', {
    test: 'subgraphs/orders/test/rules.test.ts',
    file: 'subgraphs/orders/src/domain/card-number.ts',
    find: 'digits.length < MAX_DIGITS;',
    replace: 'digits.length < MAX_DIGITS * 500;',
  }),
];

/** What keeps sizes, numbers and time within bounds, and what services may say. */
export const boundMutants = [...documents, ...sessions, ...services, ...told];
