import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { z } from 'zod';
import { openShopDatabase } from '../shop-database.ts';
import type { Canary } from './canaries.ts';
import { generateRequests, KINDS } from './generated-requests.ts';
import {
  address,
  card,
  customer,
  declinedToken,
  foreignToken,
  paymentToken,
  personalTexts,
  webhookSecret,
} from './people.ts';
import type { Answer, Request } from './requests.ts';
import type { WatchedShop } from './shop.ts';

/** Sessions of the run, and the secrets that the shop gave out. */
export type Run = {
  shop: WatchedShop;
  token: string;
  refreshToken: string;
  administrator: string;
  issued: Canary[];
};

export const graphql = (query: string, variables: object = {}, token?: string): Request => ({
  path: '/graphql',
  body: { query, variables },
  token,
});

export const mutation = (field: string, input: object, selection: string, token?: string): Request => {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  const query = `mutation M($input: ${type}!) { ${field}(input: $input) { ${selection} } }`;
  return graphql(query, { input }, token);
};

export const sessionAnswer = z.object({ accessToken: z.string(), refreshToken: z.string() });
const SESSION = 'session { accessToken refreshToken user { email phoneNumber } }';

/** Registers, and comes by everything that is given out: tokens of mails, of sessions, of webhooks. */
export async function openAccount(shop: WatchedShop): Promise<Run> {
  const { send } = shop.requests;
  const { email, password, firstName, lastName, phoneNumber } = customer;
  const body = { email, password, firstName, lastName, phoneNumber };
  expect((await send({ path: '/api/v1/users/register', body })).status).toBe(201);
  const issued: Canary[] = [];
  const verification = await mailedToken(shop, { to: email, link: 'verify-email' });
  issued.push({ name: 'verification token', text: verification });
  await send(mutation('verifyEmail', { token: verification }, 'emailVerified'));
  await send(mutation('verifyEmail', { token: verification }, 'emailVerified'));
  const run = { shop, issued, administrator: await logInAdministrator(shop), token: '', refreshToken: '' };
  await logIn(run, password);
  return run;
}

type Mailed = { to: string; link: 'verify-email' | 'reset-password' };

export async function mailedToken({ mails }: WatchedShop, { to, link }: Mailed): Promise<string> {
  const body = await mails.takeMail(to.toLowerCase(), `/${link}?token=`);
  return z.string().parse(new RegExp(`/${link}\\?token=([\\w-]+)`).exec(body)?.[1]);
}

export async function logInAdministrator({ requests }: WatchedShop): Promise<string> {
  const body = { email: 'admin@example.com', password: 'Demo-Passw0rd!' };
  const answer = await requests.send({ path: '/api/v1/users/login', body });
  return z.object({ data: sessionAnswer }).parse(answer.body).data.accessToken;
}

function keepSession(run: Run, session: unknown): void {
  const { accessToken, refreshToken } = sessionAnswer.parse(session);
  run.token = accessToken;
  run.refreshToken = refreshToken;
  run.issued.push({ name: 'access token', text: accessToken }, { name: 'refresh token', text: refreshToken });
}

async function logIn(run: Run, password: string): Promise<void> {
  const { send } = run.shop.requests;
  const byRest = await send({ path: '/api/v1/users/login', body: { email: customer.email, password } });
  keepSession(run, z.object({ data: z.unknown() }).parse(byRest.body).data);
}

function payloadOf(answer: Answer, field: string): unknown {
  const shape = z.object({ data: z.record(z.string(), z.looseObject({})) });
  const payload = shape.parse(answer.body).data[field];
  return z.object({ session: z.unknown() }).parse(payload).session;
}

/** Sessions and passwords, rightly and wrongly used. */
export async function useSessions(run: Run): Promise<void> {
  const { send } = run.shop.requests;
  const wrong = { email: customer.email, password: customer.wrongPassword };
  expect((await send({ path: '/api/v1/users/login', body: wrong })).status).toBe(401);
  await send(mutation('login', wrong, SESSION));
  const spent = run.refreshToken;
  keepSession(
    run,
    payloadOf(await send(mutation('refreshSession', { refreshToken: spent }, SESSION)), 'refreshSession'),
  );
  const { refreshToken } = run;
  keepSession(
    run,
    payloadOf(await send(mutation('refreshSession', { refreshToken }, SESSION)), 'refreshSession'),
  );
  // Replayed: the family ends.
  await send(mutation('refreshSession', { refreshToken: spent }, SESSION));
  await logIn(run, customer.password);
  const { token } = run;
  await send({ path: '/api/v1/users/profile', token });
  await send(
    graphql(
      '{ sessions { sessionId device address } me { email phoneNumber addresses { street } } }',
      {},
      token,
    ),
  );
  const passwords = { currentPassword: customer.password, newPassword: customer.nextPassword };
  await send(
    mutation(
      'changePassword',
      { ...passwords, currentPassword: customer.wrongPassword },
      'user { email }',
      token,
    ),
  );
  await send(mutation('changePassword', passwords, 'user { email }', token));
  await send(mutation('requestPasswordReset', { email: customer.email }, 'accepted'));
  await send(mutation('requestPasswordReset', { email: 'nobody@quarry-nest.example' }, 'accepted'));
  const reset = await mailedToken(run.shop, { to: customer.email, link: 'reset-password' });
  run.issued.push({ name: 'reset token', text: reset });
  const input = { token: reset, newPassword: customer.password };
  await send(mutation('resetPassword', { ...input, newPassword: 'short' }, 'passwordReset'));
  await send(mutation('resetPassword', { ...input, token: foreignToken }, 'passwordReset'));
  await send(mutation('resetPassword', input, 'passwordReset'));
  // Used up.
  await send(mutation('resetPassword', input, 'passwordReset'));
  await resetTooLate(run);
  await logIn(run, customer.password);
  await send(mutation('logout', { refreshToken: run.refreshToken }, 'loggedOut'));
  await logIn(run, customer.password);
  const refreshed = run.refreshToken;
  await logIn(run, customer.password);
  // Given again and again, it ends its session: the access token has to be of another.
  run.refreshToken = refreshed;
}

async function resetTooLate({ shop, issued }: Run): Promise<void> {
  const { send } = shop.requests;
  await send(mutation('requestPasswordReset', { email: customer.email }, 'accepted'));
  const token = await mailedToken(shop, { to: customer.email, link: 'reset-password' });
  issued.push({ name: 'expired reset token', text: token });
  const database = openShopDatabase(shop.databaseUrls.users);
  await database.run(`update password_resets set expires_at = now() - interval '1 minute'`);
  await database.close();
  const late = await send(
    mutation('resetPassword', { token, newPassword: customer.password }, 'passwordReset'),
  );
  expect(JSON.stringify(late.body)).toContain('AUTH_003');
}

export const placed = z.object({ data: z.object({ orderId: z.string() }) });

/** Buys, with a right token, with one that is declined, and with a card number. @returns the order */
export async function buy(run: Run): Promise<string> {
  const { token, shop } = run;
  const { send } = shop.requests;
  await send(mutation('addAddress', { ...address, isDefault: true }, 'address { street }', token));
  const pay = async (cardToken: string) => {
    await send({ path: '/api/v1/cart/items', token, body: { productId: 'prod_001', quantity: 1 } });
    const body = { shippingAddress: address, paymentMethod: { type: 'credit_card', token: cardToken } };
    const headers = { 'idempotency-key': randomUUID() };
    return await send({ path: '/api/v1/orders', token, body, headers });
  };
  for (const refused of [declinedToken, card, foreignToken]) expect((await pay(refused)).status).toBe(400);
  const { orderId } = placed.parse((await pay(paymentToken)).body).data;
  await send({ path: `/api/v1/orders/${orderId}`, token });
  await send({ path: '/api/v1/orders', token });
  await send({ path: '/api/v1/cart', token });
  return orderId;
}

/** What administrators see and do: users by their address, and webhooks with secrets. */
export async function administer(run: Run, url: string): Promise<void> {
  const { administrator: token, shop } = run;
  const { send } = shop.requests;
  const search = 'query S($search: String) { users(search: $search) { nodes { email phoneNumber } } }';
  await send(graphql(search, { search: customer.email }, token));
  await send(graphql(search, { search: customer.email }, run.token));
  const endpoint = { url: `${url}?key=${webhookSecret}`, description: customer.email };
  const selection = 'secret endpoint { endpointId url }';
  const answer = await send(mutation('createWebhookEndpoint', endpoint, selection, token));
  const created = z.object({
    data: z.object({ createWebhookEndpoint: z.object({ secret: z.string() }) }),
  });
  run.issued.push({
    name: 'secret of a webhook',
    text: created.parse(answer.body).data.createWebhookEndpoint.secret,
  });
  const unreachable = { url: `http://127.0.0.1:9/hook?key=${webhookSecret}` };
  await send(mutation('createWebhookEndpoint', unreachable, selection, token));
  await send(mutation('createWebhookEndpoint', { url: `ftp://u:${webhookSecret}@x/` }, selection, token));
}

/** What is asked while something is away: whatever carries a secret to it. */
export function whileSomethingIsAway(run: Run): Request[] {
  const { token, refreshToken, administrator } = run;
  const { email, password, wrongPassword, nextPassword, phoneNumber, firstName, lastName } = customer;
  const other = `${randomUUID()}.${email}`;
  const order = { shippingAddress: address, paymentMethod: { type: 'CREDIT_CARD', token: paymentToken } };
  return [
    { path: '/api/v1/users/login', body: { email, password } },
    { path: '/api/v1/users/register', body: { email: other, password, firstName, lastName, phoneNumber } },
    { path: '/api/v1/users/profile', token },
    { path: '/api/v1/cart/items', token, body: { productId: 'prod_001', quantity: 1 } },
    mutation('login', { email, password: wrongPassword }, SESSION),
    mutation('refreshSession', { refreshToken }, SESSION),
    mutation('requestPasswordReset', { email }, 'accepted'),
    mutation('resetPassword', { token: foreignToken, newPassword: nextPassword }, 'passwordReset'),
    mutation('verifyEmail', { token: foreignToken }, 'emailVerified'),
    mutation(
      'changePassword',
      { currentPassword: wrongPassword, newPassword: nextPassword },
      'user { email }',
      token,
    ),
    mutation('updateProfile', { phoneNumber }, 'user { phoneNumber }', token),
    mutation('addAddress', address, 'address { street }', token),
    mutation('createOrder', order, 'order { orderId }', token),
    graphql('query S($s: String) { users(search: $s) { nodes { email } } }', { s: email }, administrator),
    ...generateRequests(personalTexts, token).filter((_, index) => index % KINDS === 0),
  ];
}
