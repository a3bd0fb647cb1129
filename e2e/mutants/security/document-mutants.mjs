import { securityMutant } from './security-mutant.mjs';

const limits = 'router/src/graphql/operation-limits.ts';
const endpoint = 'router/src/graphql/endpoint.ts';
const server = 'router/src/graphql/server.ts';
const cost = 'router/src/graphql/operation-cost.ts';
const admission = 'router/src/graphql/new-documents.ts';
const variableFaults = 'router/src/graphql/variable-faults.ts';
const cache = 'router/src/persisted-documents/document-cache.ts';

const costTest = 'router/test/operation-cost.test.ts';
const newTest = 'router/test/new-documents.test.ts';
const keptTest = 'router/test/kept-documents.test.ts';
const persistedTest = 'router/test/persisted-documents.test.ts';
const graphqlTest = 'router/test/graphql.test.ts';

const mutant = securityMutant('GraphQL abuse');

/** What is kept of documents, and what may be asked in which way. */
export const documentMutants = [
  mutant('planning', 'new documents are let in without end', {
    test: newTest,
    file: admission,
    find: "    if (wait > 0) throw new AppError('RATE_001', undefined, { retryAfterSeconds: wait });\n",
    replace: "    if (wait > 1e9) throw new AppError('RATE_001');\n",
  }),
  mutant('refused documents', 'they cost nothing', {
    test: newTest,
    file: admission,
    find: 'let fields = REFUSED_FIELDS;',
    replace: 'let fields = 0;',
  }),
  mutant('turns of large documents', 'all are planned at once', {
    test: newTest,
    file: admission,
    find: '    if (fields > LARGE_FIELDS) await waitForTurn(clientAddress);\n',
    replace: '',
  }),
  mutant('waiting documents', 'any number waits', {
    test: newTest,
    file: admission,
    find: 'if (turnAt - now > MAX_WAIT_MS || ofClient',
    replace: 'if (turnAt - now > 1e9 || ofClient',
  }),
  mutant('waiting documents of a client', 'one client takes all turns', {
    test: newTest,
    file: admission,
    find: ' || ofClient >= WAITING_OF_A_CLIENT)',
    replace: ')',
  }),
  mutant('padding', 'a long text of few fields costs little', {
    test: newTest,
    file: admission,
    find: 'Math.max(fields, written)',
    replace: 'Math.max(fields, Math.min(written, 0))',
  }),
  mutant('admission', 'no document is measured before it is validated', {
    test: newTest,
    file: endpoint,
    find: '    if (text !== undefined) await deps.admitDocument(scope.clientAddress, text);\n',
    replace: '',
  }),
  mutant('kept texts', 'every text is remembered', {
    test: newTest,
    file: limits,
    find: '{ maxSize: KEPT_CHARACTERS, sizeCalculation: textSize }',
    replace: '{ maxSize: KEPT_CHARACTERS * 1_000, sizeCalculation: textSize }',
  }),
  mutant('kept plans', 'every plan is kept', {
    test: keptTest,
    file: 'router/src/gateway.ts',
    find: 'const KEPT_PLANS_MIB = 10',
    replace: 'const KEPT_PLANS_MIB = 10_000',
  }),
  mutant('kept documents', 'every document is kept', {
    test: keptTest,
    file: 'router/src/graphql/document-store.ts',
    find: '    maxSize: KEPT_CHARACTERS,\n',
    replace: '    maxSize: KEPT_CHARACTERS * 1_000,\n',
  }),
  mutant('our store of documents', 'Apollo’s own is used, which is bounded by another measure', {
    test: keptTest,
    file: server,
    find: '    documentStore: createDocumentStore(),\n',
    replace: '',
  }),
  mutant('kept persisted documents', 'every text is kept', {
    test: keptTest,
    file: cache,
    find: '    maxSize: KEPT_CHARACTERS,\n',
    replace: '    maxSize: KEPT_CHARACTERS * 1_000,\n',
  }),
  mutant('long persisted documents', 'they are kept', {
    test: keptTest,
    file: cache,
    find: '!mayGrow || text.length > LONGEST_KEPT',
    replace: '!mayGrow',
  }),
  mutant('persisted documents only', 'what a client sends is kept, and found (either guard alone suffices)', {
    test: keptTest,
    edits: [
      {
        file: cache,
        find: '!mayGrow || text.length > LONGEST_KEPT',
        replace: 'text.length > LONGEST_KEPT',
      },
      { file: cache, find: '!mayGrow || !hashKey.test(key)', replace: '!hashKey.test(key)' },
    ],
  }),
  mutant('documents of the manifest only', 'any is answered', {
    test: persistedTest,
    file: 'router/src/persisted-documents/persisted-documents.ts',
    find: "      if (mode === 'only') requireListed(safelist, { query, hash });\n",
    replace: '',
  }),
  mutant('hash of a persisted document', 'another text is registered under it (Apollo looks as well)', {
    test: persistedTest,
    file: 'router/src/persisted-documents/persisted-query.ts',
    find: "if (typeof query === 'string' && documentHash(query) !== sha256Hash)",
    replace: "if (typeof query === 'number' && documentHash(query) !== sha256Hash)",
  }),
  mutant('documents in Redis', 'whoever writes there changes what is asked', {
    test: persistedTest,
    file: cache,
    find: `if (typeof text !== 'string' || \`apq:\${documentHash(text)}\` !== key) return undefined;`,
    replace: "if (typeof text !== 'string') return undefined;",
  }),
  mutant('prototype names of variables', 'constructor is a variable that was sent', {
    test: graphqlTest,
    file: variableFaults,
    find: 'Object.hasOwn(variables, name) ? variables[name] : undefined',
    replace: 'variables[name]',
  }),
  mutant('prototype names in prices', 'constructor is a variable that was sent', {
    test: costTest,
    file: cost,
    find: 'Object.hasOwn(variables, name) ? variables[name] : undefined',
    replace: 'variables[name]',
  }),
  mutant('prototype names of codes', 'constructor is an error’s code', {
    test: 'packages/kit/test/errors.test.ts',
    file: 'packages/kit/src/error-catalogue.ts',
    find: 'Object.hasOwn(errorCatalogue, value)',
    replace: 'value in errorCatalogue',
  }),
  mutant('prototype names of facts', '__proto__ is no fact of a product', {
    test: 'router/test/rest-answers.test.ts',
    file: 'router/src/rest/products.ts',
    find: 'Object.fromEntries(product.specifications.map(({ name, value }) => [name, value]))',
    replace:
      'product.specifications.reduce((all, { name, value }) => Object.assign(all, { [name]: value }) && ((all[name] = value), all), {})',
  }),
  mutant('introspection', 'it is answered in production', {
    test: graphqlTest,
    file: server,
    find: 'introspection: !options.isProduction',
    replace: 'introspection: options.isProduction !== null',
  }),
  mutant('suggestions', 'they are made in production', {
    test: graphqlTest,
    file: server,
    find: 'hideSchemaDetailsFromClientErrors: options.isProduction',
    replace: 'hideSchemaDetailsFromClientErrors: options.isProduction === null',
  }),
  mutant('mutations by GET', 'they are carried out', {
    test: graphqlTest,
    edits: [
      { file: endpoint, find: "method: request.method ?? 'GET',", replace: "method: 'POST'," },
      {
        file: endpoint,
        find: '        body,\n      },\n',
        replace: '        body: isPost ? body : { ...parts },\n      },\n',
      },
      {
        file: endpoint,
        find: 'headers: relevantHeaders(request),',
        replace: "headers: relevantHeaders(request).set('content-type', 'application/json'),",
      },
    ],
  }),
  mutant('aliased calls for an account', 'they count as none', {
    test: 'subgraphs/users/test/rate-limit.db.test.ts',
    file: 'packages/kit/src/field-limits.ts',
    find: '    pointsCalculator: (...[, , args, context, info]) =>\n      accountOf({ field: info.fieldName, args, context }) === null ? 0 : 1,\n',
    replace:
      '    pointsCalculator: (...[, , args, context, info]) =>\n      info.path.key !== info.fieldName || accountOf({ field: info.fieldName, args, context }) === null ? 0 : 1,\n',
  }),
  mutant('thirty aliased logins', 'they count as none', {
    test: 'subgraphs/users/test/rate-limit.db.test.ts',
    file: 'packages/kit/src/field-limits.ts',
    find: '    name: CLIENT_DIRECTIVE,\n',
    replace:
      '    name: CLIENT_DIRECTIVE,\n    pointsCalculator: (...[, , , , info]) => (info.path.key === info.fieldName ? 1 : 0),\n',
  }),
];
