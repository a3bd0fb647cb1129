import { securityMutant } from './security-mutant.mjs';

const body = 'router/src/http/body.ts';
const routes = 'router/src/rest/routes.ts';
const request = 'router/src/rest/request.ts';
const cart = 'router/src/rest/schemas/cart.ts';
const common = 'router/src/rest/schemas/common.ts';
const products = 'router/src/rest/schemas/products.ts';

const restTest = 'router/test/rest-errors.test.ts';
const nodeTest = 'router/test/node-faults.test.ts';

const rest = securityMutant('REST');

/** What the REST layer takes in. */
export const restMutants = [
  rest('extra fields', 'they reach the operation', {
    test: 'router/test/rest-answers.test.ts',
    file: 'router/src/rest/schemas/users.ts',
    find: 'export const registration = z\n  .object({',
    replace: 'export const registration = z\n  .looseObject({',
  }),
  rest('quantities of at least one', 'none and fewer are taken', {
    test: restTest,
    file: cart,
    find: '  .min(1, quantityRule)\n',
    replace: '',
  }),
  rest('quantities of at most 999', 'any number is taken', {
    test: restTest,
    file: cart,
    find: '  .max(999, quantityRule)\n',
    replace: '',
  }),
  rest('quantities in cart', 'any number is written', {
    test: 'subgraphs/cart/test/add-item.db.test.ts',
    file: 'subgraphs/cart/src/domain/quantity.ts',
    find: `.max(MAX_QUANTITY, \`must be at most \${MAX_QUANTITY}\`)`,
    replace: '.max(MAX_QUANTITY * 1_000)',
  }),
  rest('pages', 'any number is asked for', {
    test: restTest,
    file: common,
    find: 'z.number().min(1, message).max(max, message)',
    replace: 'z.number().min(1, message)',
  }),
  rest('pages of at least one', 'none and fewer are asked for', {
    test: restTest,
    file: common,
    find: 'z.number().min(1, message).max(max, message)',
    replace: 'z.number().max(max, message)',
  }),
  rest('pages in digits', '1e2 is a number', {
    test: restTest,
    file: common,
    find: '    .regex(/^\\d{1,9}$/, message)\n',
    replace: '',
  }),
  rest('repeated parameters', 'a list is taken for a text', {
    test: restTest,
    file: products,
    find: "    category: z\n      .string('must be given once')\n",
    replace: "    category: z.coerce\n      .string('must be given once')\n",
  }),
  rest('sorts', 'any text is taken', {
    test: restTest,
    file: products,
    find: ".enum(['price', 'name', 'createdAt'], 'must be price, name or createdAt')",
    replace: '.string()',
  }),
  rest('directions', 'any text is taken', {
    test: restTest,
    file: products,
    find: ".enum(['asc', 'desc'], 'must be asc or desc')",
    replace: '.string()',
  }),
  rest('prices', 'any text is taken', {
    test: restTest,
    file: products,
    find: ".refine((text) => (parseCents(text) ?? -1) >= 0, 'must be an amount such as 99.99')",
    replace: ".refine((text) => parseCents(text) !== -1, 'must be an amount such as 99.99')",
  }),
  rest('bounds of prices', 'the lowest may be above the highest', {
    test: restTest,
    file: products,
    find: 'return min === null || max === null || min <= max;',
    replace: 'return min === null || max === null || min <= 1e12;',
  }),
  rest('ids', 'anything is asked for as an id', {
    test: restTest,
    file: request,
    find: 'if (id !== undefined && isPlausibleId(id)) return id;',
    replace: 'if (id !== undefined && isPlausibleId !== null) return id;',
  }),
  rest('idempotency keys', 'any text is one', {
    test: restTest,
    file: 'router/src/rest/schemas/orders.ts',
    find: ".regex(/^[\\x20-\\x7e]{1,255}$/, 'must be 1 to 255 printable ASCII characters')\n",
    replace: '\n',
  }),
  rest('encoded paths', 'what cannot be decoded is a bug of ours', {
    test: restTest,
    file: 'router/src/rest/envelope.ts',
    find: "  if (error instanceof URIError) return new AppError('VAL_001', 'The path is not properly encoded');\n",
    replace: '',
  }),
  rest('method overrides', 'they are ignored', {
    test: restTest,
    file: routes,
    find: '  if (isOverride) throw',
    replace: '  if (isOverride && next === null) throw',
  }),
  rest('charsets', 'any is read as UTF-8', {
    test: restTest,
    file: body,
    find: 'const isUtf8 = /^utf-?8$/i.test(charset);',
    replace: 'const isUtf8 = charset !== null;',
  }),
  rest('media types', 'any is read as JSON', {
    test: restTest,
    file: body,
    find: 'if (match && isUtf8 &&',
    replace: 'if (isUtf8 &&',
  }),
  rest('encodings', 'compressed bodies are read', {
    test: restTest,
    file: body,
    find: " && encoding.toLowerCase() === 'identity') return;",
    replace: ') return void encoding;',
  }),
  rest('what is not UTF-8', 'it is mended', {
    test: restTest,
    file: body,
    find: '{ fatal: true, ignoreBOM: keepsMark }',
    replace: '{ fatal: false, ignoreBOM: keepsMark }',
  }),
  rest('deep JSON', 'any depth is parsed', {
    test: restTest,
    file: body,
    find: '    if (depth > MAX_DEPTH) throw',
    replace: '    if (depth > 1e9) throw',
  }),
  rest('sizes of bodies', 'any is read', {
    test: restTest,
    edits: [
      {
        file: body,
        find: '      if (size > MAX_BODY_BYTES) refuse();\n      else',
        replace: '      if (size > 1e9) refuse();\n      else',
      },
      {
        file: body,
        find: "if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) return refuse();",
        replace: "if (Number(request.headers['content-length'] ?? 0) > 1e9) return refuse();",
      },
    ],
  }),
  rest('sizes of bodies without a length', 'any is read', {
    test: restTest,
    file: body,
    find: '      if (size > MAX_BODY_BYTES) refuse();\n      else',
    replace: '      if (size > 1e9) refuse();\n      else',
  }),
  rest('malformed JSON', 'the fault quotes the body', {
    test: restTest,
    file: body,
    find: "  } catch {\n    // The parser's message",
    replace:
      "  } catch (cause) {\n    if (cause) throw new AppError('VAL_001', String(cause));\n    // The parser's message",
  }),
  rest('Host', 'HTTP/1.1 without one is answered', {
    test: nodeTest,
    file: 'router/src/http/server.ts',
    find: "if (request.headers.host === undefined && request.httpVersion === '1.1') {",
    replace: "if (request.headers.host === undefined && request.httpVersion === '3') {",
  }),
  rest('what is no HTTP', 'Node answers it by itself', {
    test: nodeTest,
    file: 'router/src/http/server.ts',
    find: "server.on('clientError', (error",
    replace: "server.on('never', (error",
  }),
];
