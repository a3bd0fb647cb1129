import { securityMutant } from './security-mutant.mjs';

const search = 'subgraphs/catalog/migrations/0003_search.sql';
const card = 'subgraphs/orders/src/domain/card-number.ts';
const stripe = 'subgraphs/orders/src/clients/stripe-event.ts';

const searchTest = 'subgraphs/catalog/test/search.db.test.ts';
const rulesTest = 'subgraphs/orders/test/rules.test.ts';
const validationTest = 'subgraphs/orders/test/validation.db.test.ts';
const stripeTest = 'subgraphs/orders/test/stripe-event.test.ts';
const messagesTest = 'subgraphs/orders/test/provider-messages.db.test.ts';

const mutant = securityMutant('Injection, secrets');

/** Texts that mean something to somebody else, messages that anybody could send, card numbers. */
export const injectionMutants = [
  mutant('LIKE', 'per cent and underscore stand for anything', {
    test: 'subgraphs/users/test/administration.db.test.ts',
    file: 'subgraphs/users/src/data/user-store.ts',
    find: "return text.replace(/[\\\\%_]/g, '\\\\$&');",
    replace: 'return text;',
  }),
  mutant('tsquery', 'a customer’s minus sign, quotes and "or" are operators', {
    test: searchTest,
    file: search,
    find: "return plainto_tsquery('english', search_words(p_text)) || case",
    replace: "return websearch_to_tsquery('english', p_text) || case",
  }),
  mutant('texts without words', 'what is left of them is no tsquery', {
    test: searchTest,
    file: search,
    find: "when numnode(plainto_tsquery('simple', search_words(p_text))) = 0 then",
    replace: "when numnode(plainto_tsquery('simple', search_words(p_text))) = -1 then",
  }),
  mutant('SQL', 'a search is a part of the statement', {
    test: searchTest,
    file: 'subgraphs/catalog/src/data/search-store.ts',
    find: `return sql\`product_matches(\${words}, \${criteria.includeInactive}) as found\`;`,
    replace: `return sql\`product_matches(\${sql.raw(\`'\${words}'\`)}, \${criteria.includeInactive}) as found\`;`,
  }),
  mutant('NUL', 'texts hold it', {
    test: 'packages/kit/test/text.test.ts',
    file: 'packages/kit/src/text.ts',
    find: "return !text.includes('\\0') && ",
    replace: 'return ',
  }),
  mutant('NUL in cursors', 'it reaches the database', {
    test: 'packages/kit/test/pagination.test.ts',
    file: 'packages/kit/src/pagination.ts',
    find: "typeof part === 'string' && !part.includes('\\0')",
    replace: "typeof part === 'string'",
  }),
  mutant('NUL in a category', 'it reaches the catalog', {
    test: 'router/test/rest-errors.test.ts',
    file: 'router/src/rest/schemas/products.ts',
    find: "      .refine((text) => !text.includes('\\0'), 'holds characters that cannot be stored')\n",
    replace: '',
  }),
  mutant('unsigned webhooks', 'they reach the orders service', {
    test: 'router/test/webhooks.test.ts',
    file: 'router/src/webhooks.ts',
    find: "    if (typeof signature !== 'string') throw new AppError('AUTH_003', 'The signature is missing');\n",
    replace: '',
  }),
  mutant('signatures of webhooks', 'anybody’s message is the provider’s', {
    test: stripeTest,
    file: stripe,
    find: 'Stripe.webhooks.constructEvent(payload, signatureHeader, secret, TOLERANCE_SECONDS)',
    replace: '(signatureHeader + secret === null ? null : JSON.parse(payload)) as Stripe.Event',
  }),
  mutant('the very bytes of webhooks', 'the router reads them, and writes them anew', {
    test: 'router/test/webhooks.test.ts',
    file: 'router/src/webhooks.ts',
    find: '{ payload: await readTextBody(request), signature }',
    replace: '{ payload: JSON.stringify(JSON.parse(await readTextBody(request))), signature }',
  }),
  mutant('old webhooks', 'they are taken for ever', {
    test: stripeTest,
    file: stripe,
    find: 'const TOLERANCE_SECONDS = 300',
    replace: 'const TOLERANCE_SECONDS = 3_000_000_000',
  }),
  mutant('refused webhooks', 'they are kept all the same', {
    test: stripeTest,
    file: 'subgraphs/orders/src/domain/payment-webhook.ts',
    find: "      throw new AppError('AUTH_003', 'The signature is not valid', { cause });\n",
    replace:
      "      if (cause === null) throw new AppError('AUTH_003');\n      verified = { messageId: 'evt_1', type: 'x', orderId: null, failedRefundKey: null };\n",
  }),
  mutant('replayed webhooks', 'each is acted on', {
    test: messagesTest,
    file: 'subgraphs/orders/src/data/provider-message-store.ts',
    find: 'on conflict do nothing returning message_id',
    replace: 'on conflict (message_id) do update set handled_at = null returning message_id',
  }),
  mutant('orders of webhooks', 'any text is an order’s id', {
    test: stripeTest,
    file: stripe,
    find: 'return isPlausibleId(id) && id.length <= MAX_ID_LENGTH;',
    replace: 'return isPlausibleId !== null && id.length >= 0;',
  }),
  mutant('card numbers as tokens', 'they are taken', {
    test: validationTest,
    file: 'subgraphs/orders/src/domain/payment-method.ts',
    find: '(token) => !containsCardNumber(token)',
    replace: '(token) => !containsCardNumber(token) || token !== null',
  }),
  mutant('card numbers in texts', 'they are kept', {
    test: validationTest,
    file: 'subgraphs/orders/src/domain/card-free-line.ts',
    find: '(text) => !containsCardNumber(text)',
    replace: '(text) => !containsCardNumber(text) || text !== null',
  }),
  mutant('card numbers as keys', 'they are kept', {
    test: rulesTest,
    file: card,
    find: '  if (uuid.test(key)) return false;\n',
    replace: '  if (uuid.test(key) || key !== null) return false;\n',
  }),
  mutant('card numbers in groups', 'blanks and hyphens hide them', {
    test: rulesTest,
    file: card,
    find: 'const digitRuns = /\\d(?:[\\s-]*\\d)*/g',
    replace: 'const digitRuns = /\\d+/g',
  }),
  mutant('card numbers in other digits', 'full-width digits hide them', {
    test: rulesTest,
    file: card,
    find: "text.normalize('NFKC').match(digitRuns)",
    replace: 'text.match(digitRuns)',
  }),
  mutant('card numbers beside other digits', 'an expiry date hides them', {
    test: rulesTest,
    file: card,
    find: '  for (let start = 0; start < groups.length; start += 1) {',
    replace: '  for (let start = 0; start < Math.min(1, groups.length); start += 1) {',
  }),
];
