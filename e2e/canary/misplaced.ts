import { createHash } from 'node:crypto';
import type { Run } from './flows.ts';
import { card, customer, personalTexts } from './people.ts';
import type { Request } from './requests.ts';

/** Secrets where none belongs. */
export function misplaced(run: Run): Request[] {
  const { token } = run;
  const { email, password, wrongPassword } = customer;
  const body = { email: password, password: email };
  const sha256Hash = createHash('sha256').update('{ me { email } }').digest('hex');
  const login = 'query Q($a: String) { product(productId: $a) { name } }';
  return [
    { path: '/api/v1/users/register', body: `{"email":"${email}","password":"${wrongPassword}",` },
    { path: '/api/v1/users/login', body: `email=${email}&password=${wrongPassword}` },
    { path: '/api/v1/users/login', body: `${password}`, headers: { 'content-type': 'text/plain' } },
    { path: '/api/v1/users/login', body: { ...body, [password]: email } },
    { path: '/api/v1/users/login', body: { email } },
    { path: '/api/v1/users/login', body: { email: [email], password: { [password]: card } } },
    { path: '/api/v1/users/register', body: { email, password, firstName: card, lastName: token } },
    { path: '/api/v1/users/register', body: { email, password, padding: password.repeat(8_000) } },
    { path: '/graphql', body: { query: `{ me { email } }`, variables: { x: password.repeat(8_000) } } },
    { path: '/graphql', body: `{"query":"{ me { email } }","variables":{"p":"${card}"` },
    { path: '/graphql', body: { query: login, operationName: email, variables: { a: card } }, token },
    { path: '/graphql', body: { query: login, variables: `${card}` } },
    { path: '/graphql', body: [{ query: login, variables: { a: card } }] },
    ...personalTexts.flatMap((text) => everywhereInHead(text)),
    ...[token, run.refreshToken].flatMap((text) => everywhereInHead(text)),
    {
      path: `/graphql?query=${encodeURIComponent(login)}&variables=${encodeURIComponent(JSON.stringify({ a: email }))}`,
    },
    { path: `/graphql?query=${encodeURIComponent(`{ me { email(p: "${email}") } }`)}` },
    ...['{ me { email } }', '{ __typename }'].map((query) => ({
      path: '/graphql',
      body: { query, extensions: { persistedQuery: { version: 1, sha256Hash } }, variables: { a: email } },
      token,
    })),
    { path: '/graphql', body: { extensions: { persistedQuery: { version: 1, sha256Hash: email } } } },
  ];
}

function everywhereInHead(text: string): Request[] {
  const encoded = encodeURIComponent(text);
  // Headers are Latin-1.
  const inHeader = text.normalize('NFC').replaceAll(/[^\x20-\x7e]/g, '-');
  return [
    { path: `/api/v1/products/${encoded}` },
    { path: `/api/v1/products/${encoded}%zz` },
    { path: `/${encoded}/nowhere` },
    { path: `/api/v1/products?search=${encoded}&page=0&${encoded}=1` },
    { path: `/health?token=${encoded}` },
    { path: `/graphql?access_token=${encoded}`, body: { query: '{ __typename }' } },
    { path: '/api/v1/cart', headers: { authorization: `Basic ${inHeader}` } },
    { path: '/api/v1/cart', headers: { authorization: `Bearer ${inHeader} twice` } },
    {
      path: '/api/v1/products/prod_001',
      headers: { 'user-agent': inHeader, referer: `https://x.test/?${encoded}`, cookie: `s=${inHeader}` },
    },
    // A plausible one is the caller's to choose, and is told by contract.
    { path: '/api/v1/products', headers: { 'x-request-id': `${inHeader}!` } },
    { path: '/api/v1/products', headers: { origin: `https://${encoded}.test`, 'x-http-method': inHeader } },
    {
      path: '/api/v1/orders',
      method: 'POST',
      headers: { 'idempotency-key': inHeader, 'x-internal-token': inHeader, traceparent: inHeader },
    },
    { path: '/webhooks/stripe', body: { text }, headers: { 'stripe-signature': inHeader } },
  ];
}

/** Services that somebody has reached past the router. */
export function pastTheRouter(run: Run): Request[] {
  return Object.entries(run.shop.origins)
    .filter(([name]) => name !== 'router')
    .flatMap(([, origin]) =>
      [...personalTexts, run.token].map((text) => ({
        origin,
        path: `/graphql?${encodeURIComponent(text)}`,
        body: `{"query":"${text}`,
        headers: {
          'x-internal-token': text.replaceAll(/[^\x20-\x7e]/g, '-'),
          'x-request-id': `${text.replaceAll(/[^\x20-\x7e]/g, '-')}!`,
          authorization: `Bearer ${encodeURIComponent(text)}`,
        },
      })),
    );
}
