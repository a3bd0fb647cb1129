import { securityMutant } from './security-mutant.mjs';

const token = 'packages/kit/src/internal-token.ts';
const source = 'router/src/data-source.ts';
const stock = 'subgraphs/catalog/src/domain/order-stock.ts';

const tokenTest = 'packages/kit/test/internal-token.test.ts';
const administrationTest = 'subgraphs/users/test/administration.db.test.ts';
const reservationsTest = 'subgraphs/catalog/test/reservations.db.test.ts';

const mutant = securityMutant('Federation');

/** A field for services whose guard is taken out. */
const forServices = (field, { test, file, before = '', indent = '      ', service = 'orders', after = '' }) =>
  mutant(`requireService of ${field}`, 'everybody may', {
    test,
    file,
    find: `${before}${indent}requireService(viewer, '${service}');\n${after}`,
    replace: `${before}${after}`,
  });

/** Who may call a subgraph. */
export const serviceCallMutants = [
  ...['users', 'catalog', 'cart', 'orders'].map((name) =>
    mutant(`direct calls of ${name}`, 'whoever has no token is a service', {
      test: `subgraphs/${name}/test/start.db.test.ts`,
      file: 'packages/kit/src/subgraph-listener.ts',
      find: "    if (!caller) throw new AppError('AUTH_003', 'This service answers the router only');\n",
      replace:
        "    if (!caller)\n      return { viewer: { kind: 'service', name: 'router' }, clientAddress: '::1', requestId: 'none' };\n",
    }),
  ),
  mutant('key of a token', 'one under any key is taken', {
    test: tokenTest,
    file: token,
    find: 'const claims = jwt.verify(token, key, {',
    replace: 'const claims = key && ((text: string, _options: unknown) => jwt.decode(text))(token, {',
  }),
  mutant('algorithm of a token', 'HS512 is taken', {
    test: tokenTest,
    file: token,
    find: "        algorithms: ['HS256'],\n",
    replace: "        algorithms: ['HS256', 'HS512'],\n",
  }),
  mutant('audience of a token', 'another subgraph’s is taken', {
    test: tokenTest,
    file: token,
    find: "        algorithms: ['HS256'],\n        audience,\n",
    replace: "        algorithms: ['HS256'],\n",
  }),
  mutant('issuer of a token', 'anybody’s under a key is taken', {
    test: tokenTest,
    file: token,
    find: '        issuer,\n        maxAge',
    replace: '        maxAge',
  }),
  mutant('thirty seconds', 'a token lives as long as it says', {
    test: tokenTest,
    file: token,
    find: `        maxAge: \`\${LIFETIME_SECONDS}s\`,\n`,
    replace: '',
  }),
  mutant('who speaks for whom', 'a subgraph speaks for customers', {
    test: tokenTest,
    file: token,
    find: "return viewer.kind === 'service' ? viewer.name === issuer : issuer === CLIENTS_SPEAKER;",
    replace: "return viewer.kind === 'service' ? viewer.name === issuer : issuer !== '';",
  }),
  mutant('in whose name a service speaks', 'a subgraph calls itself another one', {
    test: tokenTest,
    file: token,
    find: "return viewer.kind === 'service' ? viewer.name === issuer : issuer === CLIENTS_SPEAKER;",
    replace: "return viewer.kind === 'service' ? issuer !== '' : issuer === CLIENTS_SPEAKER;",
  }),
  mutant('roles in a token', 'any text is a role', {
    test: tokenTest,
    file: token,
    find: "role: z.enum(['customer', 'admin'])",
    replace: 'role: z.string()',
  }),
  mutant('a key for each pair', 'all services share one', {
    test: tokenTest,
    file: 'packages/kit/src/internal-keys.ts',
    find: `.update(\`internal:\${between.issuer}>\${between.audience}\`)`,
    replace: `.update(\`internal:\${between === null}\`)`,
  }),
  mutant('internal headers of clients', 'they reach a subgraph (the router hands no header on by itself)', {
    test: 'router/test/authentication.test.ts',
    edits: [
      {
        file: 'router/src/http/headers.ts',
        find: '    if (internalHeader.test(name)) delete request.headers[name];\n',
        replace: '    if (internalHeader.test(name)) continue;\n',
      },
      {
        file: 'router/src/authentication.ts',
        find: "      userAgent: request.headers['user-agent']?.slice(0, LONGEST_USER_AGENT),\n",
        replace: '      headers: request.headers,\n',
      },
      {
        file: source,
        find: '          [REQUEST_ID_HEADER]: caller.requestId,\n',
        replace:
          "          [REQUEST_ID_HEADER]: caller.requestId,\n          ...Object.fromEntries(Object.entries(caller.headers).filter(([name]) => name.startsWith('x-'))),\n",
      },
    ],
  }),
  mutant('@inaccessible', 'a service’s field is public', {
    test: 'router/test/graphql.test.ts',
    edits: [
      {
        file: 'schema/supergraph.graphql',
        find: '): AccountState @inaccessible @join__field',
        replace: '): AccountState @join__field',
      },
      {
        file: 'schema/supergraph.graphql',
        find: 'type AccountState\n  @join__type(graph: USERS)\n  @inaccessible\n',
        replace: 'type AccountState\n  @join__type(graph: USERS)\n',
      },
    ],
  }),
  mutant('requireService', 'a user may call a service’s fields', {
    test: 'packages/kit/test/viewer.test.ts',
    file: 'packages/kit/src/viewer.ts',
    find: "if (viewer.kind !== 'service' || !names.includes(viewer.name)) throw new AppError('AUTH_004');",
    replace: "if (viewer.kind === 'service' && !names.includes(viewer.name)) throw new AppError('AUTH_004');",
  }),
  mutant('names of services', 'every service may call all', {
    test: 'packages/kit/test/viewer.test.ts',
    file: 'packages/kit/src/viewer.ts',
    find: "if (viewer.kind !== 'service' || !names.includes(viewer.name)) throw new AppError('AUTH_004');",
    replace: "if (viewer.kind !== 'service' || names.length === 0) throw new AppError('AUTH_004');",
  }),
  forServices('endedSessions', {
    test: 'subgraphs/users/test/own-sessions.db.test.ts',
    file: 'subgraphs/users/src/graphql/query.ts',
    before: 'async endedSessions(_parent, { cursor = null }, { viewer }) {\n',
    service: 'router',
  }),
  forServices('accountState', {
    test: administrationTest,
    file: 'subgraphs/users/src/graphql/query.ts',
    before: 'async accountState(_parent, { userId }, { viewer }) {\n',
    service: 'router',
  }),
  forServices('contactOf', {
    test: administrationTest,
    file: 'subgraphs/users/src/graphql/query.ts',
    before: 'async contactOf(_parent, { userId }, { viewer }) {\n',
  }),
  ...['checkoutCart', 'cartVersion'].map((field) =>
    forServices(field, {
      test: 'subgraphs/cart/test/services.db.test.ts',
      file: 'subgraphs/cart/src/graphql/query.ts',
      before: `async ${field}(_root, { userId }, { viewer, deps }) {\n`,
      indent: '    ',
    }),
  ),
  forServices('consumeCart', {
    test: 'subgraphs/cart/test/services.db.test.ts',
    file: 'subgraphs/cart/src/graphql/mutation.ts',
    indent: '    ',
  }),
  ...['reserveStock', 'commitStock', 'releaseStock', 'restockOrder'].map((field) =>
    forServices(field, {
      test: field === 'restockOrder' ? 'subgraphs/catalog/test/restock.db.test.ts' : reservationsTest,
      file: stock,
      before: `export async function ${field}(deps: CatalogDeps, viewer: Viewer, input: unknown): Promise<OrderStock> {\n`,
      indent: '  ',
    }),
  ),
  forServices('productOffers', {
    test: reservationsTest,
    file: 'subgraphs/catalog/src/domain/read-offers.ts',
    indent: '  ',
    service: 'cart',
  }),
  forServices('receivePaymentWebhook', {
    test: 'subgraphs/orders/test/queries.db.test.ts',
    file: 'subgraphs/orders/src/graphql/administration-mutations.ts',
    service: 'router',
  }),
];
