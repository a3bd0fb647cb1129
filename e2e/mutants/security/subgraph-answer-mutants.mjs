import { securityMutant } from './security-mutant.mjs';

const answer = 'router/src/subgraph-answer.ts';
const source = 'router/src/data-source.ts';

const answerTest = 'router/test/subgraph-answer.test.ts';
const faultsTest = 'router/test/subgraph-faults.test.ts';
const kitErrorsTest = 'packages/kit/test/graphql-errors.test.ts';

const mutant = securityMutant('Federation');

/** What the router and the services believe of an answer, and what clients learn of it. */
export const subgraphAnswerMutants = [
  mutant('entities that were asked for', 'others, or another number, are joined', {
    test: answerTest,
    file: answer,
    find: '  if (data && entityCount !== null) requireEntities(data, entityCount);\n',
    replace: '',
  }),
  mutant('shape of an answer', 'anything is handed on', {
    test: answerTest,
    file: answer,
    find: 'const { data, errors } = answerSchema.parse(body);',
    replace: 'const { data, errors } = (answerSchema ? body : null) as z.output<typeof answerSchema>;',
  }),
  mutant('answers of nothing', 'neither data nor errors is an answer', {
    test: answerTest,
    file: answer,
    find: "  if (!data && !errors?.length) throw new Error('An answer has data or errors');\n",
    replace: '',
  }),
  mutant('number of errors', 'any is passed on', {
    test: answerTest,
    file: answer,
    find: 'errors: z.array(errorSchema).max(10_000)',
    replace: 'errors: z.array(errorSchema)',
  }),
  mutant('length of messages', 'any is passed on', {
    test: answerTest,
    file: answer,
    find: 'message: z.string().max(2_000)',
    replace: 'message: z.string()',
  }),
  mutant('errors without a code', 'their message reaches the client', {
    test: faultsTest,
    file: answer,
    find: "if (!isErrorCode(code)) return formatted(new AppError('SYS_001'), error.path);",
    replace: "if (!isErrorCode(code)) return formatted(new AppError('SYS_001', error.message), error.path);",
  }),
  mutant('extensions of a subgraph', 'they are handed on', {
    test: answerTest,
    file: answer,
    find: 'errors: errors.map(cleanError)',
    replace: 'errors: errors.map((error) => ({ ...cleanError(error), extensions: error.extensions }))',
  }),
  mutant('size of an answer', 'any is taken into memory', {
    test: faultsTest,
    file: source,
    find: '    maxResponseSize: MAX_ANSWER_BYTES,\n',
    replace: '',
  }),
  mutant('time of an answer', 'the router waits for ever', {
    test: faultsTest,
    edits: [
      {
        file: source,
        find: `const timer = setTimeout(() => deadline.abort(new Error(\`No answer in \${timeoutMs} ms\`)), timeoutMs);`,
        replace: `const timer = setTimeout(() => deadline.abort(new Error(\`No answer in \${timeoutMs} ms\`)), 1_000_000);`,
      },
      {
        file: source,
        find: '    headersTimeout: WRITE_TIMEOUT_MS,\n    bodyTimeout: WRITE_TIMEOUT_MS,\n',
        replace: '    headersTimeout: 0,\n    bodyTimeout: 0,\n',
      },
    ],
  }),
  mutant('waiting requests', 'any number waits for a hung subgraph', {
    test: 'router/test/data-source.test.ts',
    file: source,
    find: "    if (pool.stats.queued > MAX_WAITING) throw new Error('Too many requests wait for a connection');\n",
    replace: '',
  }),
  mutant('sockets', 'a hung subgraph takes any number', {
    test: faultsTest,
    file: source,
    find: 'const MAX_CONNECTIONS = 64',
    replace: 'const MAX_CONNECTIONS = 100_000',
  }),
  mutant('status of an answer', '401 and 500 are answers', {
    test: faultsTest,
    file: source,
    find: 'if (response.statusCode !== 200 && response.statusCode !== 400) {',
    replace: 'if (response.statusCode === 1) {',
  }),
  mutant('what is no JSON', 'the gateway is given the fault, which quotes it', {
    test: faultsTest,
    file: source,
    find: "        return failedAnswer(askedPaths(request.query ?? '', representations));\n",
    replace: '        throw error;\n',
  }),
  mutant('bugs of the router', 'their message reaches the client', {
    test: 'router/test/error-format.test.ts',
    file: 'router/src/graphql/error-format.ts',
    find: "  return new AppError('SYS_001');\n}\n",
    replace: "  return new AppError('SYS_001', String(thrown));\n}\n",
  }),
  mutant('bugs in REST', 'their message reaches the client', {
    test: 'router/test/error-format.test.ts',
    file: 'router/src/rest/envelope.ts',
    find: "  return new AppError('SYS_001');\n",
    replace: "  return new AppError('SYS_001', String(error));\n",
  }),
  mutant('what Apollo adds to errors', 'it reaches the client', {
    test: 'router/test/graphql.test.ts',
    edits: [
      {
        file: 'router/src/graphql/error-format.ts',
        find: 'extensions: { ...publicExtensions(error) },',
        replace: 'extensions: { ...formatted.extensions, ...publicExtensions(error) },',
      },
      {
        file: 'router/src/graphql/server.ts',
        find: 'includeStacktraceInErrorResponses: false',
        replace: 'includeStacktraceInErrorResponses: true',
      },
    ],
  }),
  mutant('bugs of a subgraph', 'SQL and stacks are in its answer', {
    test: kitErrorsTest,
    file: 'packages/kit/src/graphql-errors.ts',
    find: "return new AppError('SYS_001', errorCatalogue.SYS_001.message, { cause });",
    replace: "return new AppError('SYS_001', String(cause), { cause });",
  }),
  mutant('what Apollo adds to a subgraph’s errors', 'it is in its answer', {
    test: 'packages/kit/test/subgraph-listener.test.ts',
    edits: [
      {
        file: 'packages/kit/src/graphql-errors.ts',
        find: '    extensions: { ...publicExtensions(error) },\n  };\n}\n\n/** Logs our own',
        replace:
          '    extensions: { ...formatted.extensions, ...publicExtensions(error) },\n  };\n}\n\n/** Logs our own',
      },
      {
        file: 'packages/kit/src/subgraph-app.ts',
        find: 'includeStacktraceInErrorResponses: false',
        replace: 'includeStacktraceInErrorResponses: true',
      },
    ],
  }),
  mutant('bugs outside of resolvers', 'their message is in its answer', {
    test: 'packages/kit/test/subgraph-listener.test.ts',
    file: 'packages/kit/src/subgraph-listener.ts',
    find: 'const known = error instanceof AppError ? error : unexpected(error);',
    replace: "const known = error instanceof AppError ? error : new AppError('SYS_001', String(error));",
  }),
  mutant('body of a subgraph’s request', 'any size is read', {
    test: 'packages/kit/test/subgraph-listener.test.ts',
    file: 'packages/kit/src/subgraph-listener.ts',
    find: 'if (size > MAX_BODY_BYTES)',
    replace: 'if (size > 1e12)',
  }),
  mutant('another service’s own errors', 'they are the caller’s', {
    test: 'packages/kit/test/service-client.test.ts',
    file: 'packages/kit/src/service-client.ts',
    find: ": new AppError('SYS_002', undefined, { cause: new Error(message) });",
    replace: ": new AppError('SYS_002', message);",
  }),
];
