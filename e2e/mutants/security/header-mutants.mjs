import { securityMutant } from './security-mutant.mjs';

const headers = 'router/src/http/headers.ts';
const routes = 'router/src/rest/routes.ts';

const restTest = 'router/test/rest-errors.test.ts';
const answersTest = 'router/test/rest-answers.test.ts';
const headersTest = 'router/test/http-headers.test.ts';
const graphqlTest = 'router/test/graphql.test.ts';
const limitsTest = 'router/test/limits.test.ts';

const head = securityMutant('Headers');
const limit = securityMutant('Limits');

/** What the router says beside its answers. */
export const headerMutants = [
  head('foreign origins', 'they may read', {
    test: headersTest,
    file: headers,
    find: 'origin !== undefined && isAllowed.has(origin) ? origin : false',
    replace: 'origin !== undefined && isAllowed ? origin : false',
  }),
  head('look-alikes that begin alike', 'they may read', {
    test: headersTest,
    file: headers,
    find: 'origin !== undefined && isAllowed.has(origin) ? origin : false',
    replace:
      'origin !== undefined && [...isAllowed].some((each) => origin.startsWith(each)) ? origin : false',
  }),
  head('look-alikes that end alike', 'they may read', {
    test: headersTest,
    file: headers,
    find: 'origin !== undefined && isAllowed.has(origin) ? origin : false',
    replace:
      "origin !== undefined && [...isAllowed].some((each) => origin.endsWith(each.replace('https://', ''))) ? origin : false",
  }),
  head('null', 'it may read', {
    test: headersTest,
    file: headers,
    find: 'origin !== undefined && isAllowed.has(origin) ? origin : false',
    replace: "origin !== undefined && (origin === 'null' || isAllowed.has(origin)) ? origin : false",
  }),
  head('origins in production', 'a local storefront may read', {
    test: 'router/test/config.test.ts',
    file: 'router/src/config.ts',
    find: "(config.NODE_ENV === 'production' ? [] : ['http://localhost:3000'])",
    replace: "(config.NODE_ENV === null ? [] : ['http://localhost:3000'])",
  }),
  head('Sandbox in production', 'its page may read', {
    test: headersTest,
    file: 'router/src/app.ts',
    find: 'const sandboxOrigins = isProduction ? [] : [',
    replace: 'const sandboxOrigins = isProduction === null ? [] : [',
  }),
  head('Vary', 'a cache hands one origin’s answer to another', {
    test: headersTest,
    file: headers,
    find: "    response.setHeader('Vary', 'Origin');\n",
    replace: '',
  }),
  head('CSRF prevention', 'another site’s plain GET is carried out', {
    test: graphqlTest,
    file: 'router/src/graphql/server.ts',
    find: 'csrfPrevention: true',
    replace: 'csrfPrevention: false',
  }),
  head('no-store of GraphQL', 'answers are kept', {
    test: graphqlTest,
    file: 'router/src/graphql/endpoint.ts',
    find: "    response.setHeader('Cache-Control', 'no-store');\n",
    replace: '',
  }),
  head('no-store of private answers', 'they are kept', {
    test: answersTest,
    file: routes,
    find: "return isPublic ? 'no-cache' : 'no-store';",
    replace: "return isPublic ? 'no-cache' : 'no-cache';",
  }),
  head('no-store of public answers to somebody', 'they are kept', {
    test: answersTest,
    file: routes,
    find: ' && request.headers.authorization === undefined;',
    replace: " && request.headers.authorization !== '';",
  }),
  head('no-store of errors', 'they are kept', {
    test: restTest,
    file: 'router/src/rest/envelope.ts',
    find: "  response.setHeader('Cache-Control', 'no-store');\n",
    replace: '',
  }),
  ...[
    ['HSTS', 'strictTransportSecurity'],
    ['nosniff', 'xContentTypeOptions'],
    ['referrer policy', 'referrerPolicy'],
  ].map(([name, option]) =>
    head(name, 'the header is missing', {
      test: headersTest,
      file: headers,
      find: "frameguard: { action: 'deny' } });",
      replace: `frameguard: { action: 'deny' }, ${option}: false });`,
    }),
  ),
  head('frames', 'X-Frame-Options is missing', {
    test: headersTest,
    file: headers,
    find: "frameguard: { action: 'deny' }",
    replace: 'frameguard: false',
  }),
  head('content policy', 'it is missing', {
    test: headersTest,
    file: headers,
    find: 'contentSecurityPolicy: apiPolicy',
    replace: 'contentSecurityPolicy: apiPolicy === null',
  }),
  head('frames of pages', 'pages may be framed', {
    test: 'router/test/pages.test.ts',
    file: 'router/src/http/page.ts',
    find: "    'frame-ancestors': [\"'none'\"],\n",
    replace: '',
  }),
  head('scripts of pages', 'any script runs', {
    test: 'router/test/pages.test.ts',
    file: 'router/src/http/page.ts',
    find: "'script-src': [marked,",
    replace: "'script-src': ['*',",
  }),
  head('request ids', 'any is taken over', {
    test: restTest,
    file: 'router/src/http/request-scope.ts',
    find: 'return isPlausibleRequestId(given) ? given : randomUUID();',
    replace: "return typeof given === 'string' && isPlausibleRequestId ? given : randomUUID();",
  }),
  head('lengths of request ids', 'any is taken over', {
    test: restTest,
    file: 'packages/kit/src/request-id.ts',
    find: '/^[A-Za-z0-9._-]{1,128}$/',
    replace: '/^[A-Za-z0-9._-]{1,}$/',
  }),
  limit('requests of REST', 'they are not counted', {
    test: limitsTest,
    file: routes,
    find: '    if (!state.isAllowed)\n',
    replace: '    if (state === null)\n',
  }),
  limit('requests of GraphQL', 'they are not counted', {
    test: limitsTest,
    file: 'router/src/graphql/endpoint.ts',
    find: '    if (!state.isAllowed)\n',
    replace: '    if (state === null)\n',
  }),
  limit('Retry-After of requests', 'it is missing (it is set with the limit’s headers, and with the error)', {
    test: limitsTest,
    edits: [
      {
        file: headers,
        find: "  if (!state.isAllowed) response.setHeader('Retry-After', String(state.resetSeconds));\n",
        replace: '',
      },
      {
        file: headers,
        find: "...(retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) }),",
        replace: "...(retryAfterSeconds === 0 ? { 'Retry-After': '0' } : {}),",
      },
    ],
  }),
  limit('Retry-After of fields', 'it is missing', {
    test: limitsTest,
    file: headers,
    find: "    ...(retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) }),\n",
    replace: "    ...(retryAfterSeconds === 0 ? { 'Retry-After': '0' } : {}),\n",
  }),
  limit('status of a refused operation', 'it is 200', {
    test: limitsTest,
    file: 'router/src/graphql/limit-headers-plugin.ts',
    find: '          if (isRefusedWhole(singleResult.data, refusals)) response.http.status = 429;\n',
    replace: '',
  }),
  limit('proxies that are not trusted', 'X-Forwarded-For is believed', {
    test: 'router/test/client-address.test.ts',
    edits: [
      {
        file: 'router/src/http/client-address.ts',
        find: 'trustedProxies === 0 ? [] : forwardedAddresses(request)',
        replace: 'forwardedAddresses(request)',
      },
      {
        file: 'router/src/http/client-address.ts',
        find: 'hops[Math.min(trustedProxies, hops.length - 1)]',
        replace: 'hops[Math.min(trustedProxies + 1, hops.length - 1)]',
      },
    ],
  }),
  limit('three routers', 'each counts by itself', {
    test: 'packages/kit/test/limiter.db.test.ts',
    file: 'packages/kit/src/limiter.ts',
    find: 'const store = redis\n',
    replace: 'const store = redis === undefined\n',
  }),
];
