const attempts = 'packages/kit/src/attempt-store.ts';
const bucket = 'packages/kit/src/client-bucket.ts';
const limiter = 'packages/kit/src/limiter.ts';
const fields = 'packages/kit/src/field-limits.ts';
const headers = 'router/src/http/headers.ts';
const guard = 'subgraphs/users/src/domain/login-guard.ts';

const guardTest = 'subgraphs/users/test/login-guard.db.test.ts';
const limitTest = 'subgraphs/users/test/rate-limit.db.test.ts';
const attemptTest = 'packages/kit/test/attempt-store.db.test.ts';
const limiterTest = 'packages/kit/test/limiter.db.test.ts';
const routerTest = 'router/test/limits.test.ts';
const webhookTest = 'router/test/webhook-limits.test.ts';

const mutant = (name, off, { file, find, replace, test }) => ({
  guard: `Limits: ${name}`,
  off,
  edits: [{ file, find, replace }],
  tests: [test],
});

/** Guards against floods and guesses. */
export const limitMutants = [
  mutant('IPv6 by /64', 'every address of a network is a client', {
    file: bucket,
    find: '.slice(0, 4).join(',
    replace: '.slice(0, 8).join(',
    test: 'packages/kit/test/client-bucket.test.ts',
  }),
  mutant('own hop behind a proxy', 'what the client wrote in front is believed', {
    file: 'router/src/http/client-address.ts',
    find: 'hops[Math.min(trustedProxies, hops.length - 1)]',
    replace: 'hops[hops.length - 1]',
    test: routerTest,
  }),
  mutant('by client', 'fields are not counted by client', {
    file: fields,
    find: 'byClient.rateLimitDirectiveTransformer(byAccount.rateLimitDirectiveTransformer(schema))',
    replace: 'byAccount.rateLimitDirectiveTransformer(schema)',
    test: limitTest,
  }),
  mutant('by account', 'fields are not counted by account', {
    file: fields,
    find: 'byClient.rateLimitDirectiveTransformer(byAccount.rateLimitDirectiveTransformer(schema))',
    replace: 'byClient.rateLimitDirectiveTransformer(schema)',
    test: limitTest,
  }),
  mutant('signed tokens only', 'a forged token uses up what its account may', {
    file: 'subgraphs/users/src/graphql/rate-limit.ts',
    find: 'needs.refreshTokens.read(withToken.input.refreshToken);',
    replace:
      "{ isExpired: false, familyId: JSON.parse(atob(withToken.input.refreshToken.split('.')[1] ?? '') || '{}').family ?? null };",
    test: limitTest,
  }),
  mutant('insurance', 'a Redis that is away fails the call', {
    file: limiter,
    find: '        insuranceLimiter: local,\n',
    replace: '',
    test: limiterTest,
  }),
  mutant('memory of refusals', 'Redis is asked again, and forgets for all', {
    file: limiter,
    find: 'if (waitMs > 0) throw',
    replace: 'if (waitMs > 1e12) throw',
    test: limiterTest,
  }),
  mutant('failures of a place', 'a place never waits', {
    file: guard,
    find: 'isWrong ? attempts.fail(attempt) : ',
    replace: 'isWrong ? attempts.abandon(attempt, { isKnown: true }) : ',
    test: guardTest,
  }),
  mutant('failures of all places', 'many places guess as often as they are', {
    file: guard,
    find: 'elsewhere: { free: 20,',
    replace: 'elsewhere: { free: 20_000,',
    test: guardTest,
  }),
  mutant('known places', 'attackers lock the owner out', {
    file: attempts,
    find: '      const isKnown = hint?.isKnown === true || known.has(idOf(attempt));\n',
    replace: '      const isKnown = hint === null;\n',
    test: guardTest,
  }),
  mutant('known places, in Redis', 'attackers lock the owner out', {
    file: attempts,
    find: "local known = ARGV[2] == '1' or redis.call('ZSCORE', KEYS[1], ARGV[1])",
    replace: 'local known = false',
    test: attemptTest,
  }),
  mutant('attempts count from their start', 'any number is made at once', {
    file: attempts,
    find: 'if longest == 0 and not known then count(KEYS[3], ARGV[3], ARGV[4], ARGV[5], ARGV[6]) end',
    replace: '',
    test: attemptTest,
  }),
  mutant('hashed keys', 'Redis holds addresses of people', {
    file: fields,
    find: "return (text) => createHmac('sha256', key).update(text).digest('base64url').slice(0, 22);",
    replace: 'return (text) => (key ? text : text);',
    test: guardTest,
  }),
  mutant('normal e-mail addresses', 'another spelling is another account', {
    file: 'subgraphs/users/src/domain/fields.ts',
    find: '\n  .toLowerCase();',
    replace: ';',
    test: limitTest,
  }),
  mutant('a way in by mail', 'a reset does not make its place known', {
    file: 'subgraphs/users/src/domain/password-reset.ts',
    find: '  if (account) await deps.loginGuard.trust(',
    replace: '  if (!account) await deps.loginGuard.trust(',
    test: guardTest,
  }),
  mutant('headers of a field’s limit', 'only the error tells', {
    file: headers,
    find: "const refusal = code === 'RATE_001' ?",
    replace: "const refusal = code === 'SYS_001' ?",
    test: routerTest,
  }),
  mutant('forged messages', 'they are counted for nothing', {
    file: 'router/src/webhooks.ts',
    find: 'if (isForgery(error)) await',
    replace: 'if (!isForgery(error)) await',
    test: webhookTest,
  }),
  mutant('messages', 'a flood of signed ones is never refused', {
    file: 'router/src/webhooks.ts',
    find: '      requireAllowed(response, await limits.countMessage(clientAddress));\n',
    replace: '',
    test: webhookTest,
  }),
  mutant('orders', 'createOrder is free', {
    file: 'subgraphs/orders/schema.graphql',
    find: ': CreateOrderPayload @rateLimit(limit: "order") @accountLimit(limit: "order")',
    replace: ': CreateOrderPayload',
    test: 'subgraphs/orders/test/order-limits.db.test.ts',
  }),
  mutant('refunds', 'an administrator’s token gives back without end', {
    file: 'subgraphs/orders/schema.graphql',
    find: ': RefundOrderPayload @accountLimit(limit: "refund")',
    replace: ': RefundOrderPayload',
    test: 'subgraphs/orders/test/order-limits.db.test.ts',
  }),
  mutant('refunds by a status', 'an order’s status gives back without end', {
    file: 'subgraphs/orders/src/graphql/limits.ts',
    find: "z.enum(['CANCELLED', 'REFUNDED'])",
    replace: "z.enum(['CANCELLED'])",
    test: 'subgraphs/orders/test/order-limits.db.test.ts',
  }),
  mutant('both names of an account', 'failures are forgotten with the secret', {
    file: 'subgraphs/users/src/app.ts',
    find: 'hashKeys: secrets.refresh.map(createKeyHash)',
    replace: 'hashKeys: [createKeyHash(secrets.refresh[0])]',
    test: guardTest,
  }),
];
