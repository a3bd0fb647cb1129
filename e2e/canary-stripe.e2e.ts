import { createHmac, randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { type FakeStripe, startFakeStripe } from '../subgraphs/orders/test/fake-stripe.ts';
import { type Canary, findLeaks, type Output } from './canary/canaries.ts';
import { address, card, customer, paymentToken, personalCanaries } from './canary/people.ts';
import type { Answer } from './canary/requests.ts';
import { startWatchedShop, type WatchedShop } from './canary/shop.ts';
import { PATIENCE } from './till.ts';

/** As the other canary test, of a shop in production with Stripe and without a mail server: its mails are files. */

const WEBHOOK_SECRET = `whsec_${randomBytes(16).toString('hex')}`;
const STRIPE_KEY = 'sk_test_fake';

let stripe: FakeStripe;
let shop: WatchedShop;
let outputs: Output[] = [];
let canaries: Canary[] = [];
const statuses: Record<string, number> = {};

beforeAll(async () => {
  stripe = await startFakeStripe();
  shop = await startWatchedShop({
    isWithoutMailServer: true,
    env: {
      PAYMENT_PROVIDER: 'stripe',
      STRIPE_SECRET_KEY: STRIPE_KEY,
      STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
      STRIPE_API_URL: stripe.url,
    },
  });
  const token = await openAccount();
  const paid = await pay(token, 'tok_visa');
  statuses.declined = (await pay(token, 'tok_chargeDeclined')).status;
  statuses.unknown = (await pay(token, paymentToken)).status;
  statuses.card = (await pay(token, card)).status;
  for (const route of ['create', 'card', 'confirm', 'capture'] as const) {
    stripe.fault(route, 'error', { count: 4 });
    await pay(token, 'tok_visa');
  }
  const { orderId } = z.object({ data: z.object({ orderId: z.string() }) }).parse(paid.body).data;
  const mailed = await mailTexts();
  await sendMessages(orderId);
  await shop.scrape();
  await delay(1_000);
  canaries = [
    ...personalCanaries,
    ...shop.secrets,
    { name: 'STRIPE_WEBHOOK_SECRET', text: WEBHOOK_SECRET },
    { name: 'STRIPE_SECRET_KEY', text: STRIPE_KEY },
    { name: 'access token', text: token },
    ...tokensOf(mailed).map((text) => ({ name: 'token of a mail', text })),
  ];
  outputs = [...shop.outputs(), ...shop.requests.seen];
}, 200_000);
afterAll(async () => {
  await shop?.close();
  await stripe?.close();
});

async function openAccount(): Promise<string> {
  const { send } = shop.requests;
  const { email, password, firstName, lastName, phoneNumber } = customer;
  await send({ path: '/api/v1/users/register', body: { email, password, firstName, lastName, phoneNumber } });
  const query =
    'mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { accepted } }';
  await send({ path: '/graphql', body: { query, variables: { input: { email } } } });
  const answer = await send({ path: '/api/v1/users/login', body: { email, password } });
  return z.object({ data: z.object({ accessToken: z.string() }) }).parse(answer.body).data.accessToken;
}

async function pay(token: string, cardToken: string): Promise<Answer> {
  const { send } = shop.requests;
  await send({ path: '/api/v1/cart/items', token, body: { productId: 'prod_001', quantity: 1 } });
  const paymentMethod = { type: 'credit_card', token: cardToken };
  return await send({ path: '/api/v1/orders', token, body: { shippingAddress: address, paymentMethod } });
}

/** Mails of the account, of its password and of its order. */
async function mailTexts(): Promise<string> {
  return await vi.waitFor(async () => {
    const names = (await readdir(shop.mailFolder)).filter((name) => name.endsWith('.eml'));
    expect(names.length).toBeGreaterThanOrEqual(3);
    const texts = await Promise.all(
      names.map(async (name) => await readFile(path.join(shop.mailFolder, name), 'utf8')),
    );
    return texts.join('\n');
  }, PATIENCE);
}

/** In quoted-printable an equals sign is =3D, and lines are folded. */
function tokensOf(mails: string): string[] {
  const text = mails.replaceAll('=\r\n', '').replaceAll('=3D', '=');
  return [...text.matchAll(/\?token=([\w-]+)/g)].map(([, token = '']) => token);
}

async function sendMessages(orderId: string): Promise<void> {
  const { email, phoneNumber } = customer;
  const object = { id: 'pi_any', metadata: { order_id: orderId }, receipt_email: email, phoneNumber, card };
  const messageOf = (id: string) =>
    JSON.stringify({ id, object: 'event', type: 'payment_intent.succeeded', data: { object } });
  const send = async (name: string, payload: string, signature: string) => {
    const headers = { 'stripe-signature': signature };
    statuses[name] = (await shop.requests.send({ path: '/webhooks/stripe', body: payload, headers })).status;
  };
  await send('right', messageOf('evt_1'), sign(messageOf('evt_1')));
  await send('forged', messageOf('evt_2'), sign(messageOf('evt_2'), 'whsec_guessed'));
  await send('altered', messageOf('evt_3'), sign(messageOf('evt_1')));
  await send('unsigned', messageOf('evt_4'), email);
  await send('no JSON', `{"email":"${email}`, sign(`{"email":"${email}`));
  await shop.kill('orders');
  await send('away', messageOf('evt_5'), sign(messageOf('evt_5')));
  await shop.restart('orders');
}

function sign(payload: string, secret = WEBHOOK_SECRET): string {
  const at = Math.floor(Date.now() / 1_000);
  return `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${payload}`).digest('hex')}`;
}

describe('the output of a shop with Stripe', () => {
  it('is of requests that went right and wrong', () => {
    expect(statuses).toMatchObject({
      ...{
        declined: 400,
        unknown: 400,
        card: 400,
        right: 200,
        forged: 401,
        altered: 401,
        unsigned: 401,
        away: 503,
      },
    });
    const log = shop.logOf('router');
    expect(shop.requests.ids.filter((id) => !log.includes(`"requestId":"${id}"`))).toEqual([]);
    expect(shop.logOf('users')).toContain('Mail kept as a file');
    expect(outputs.find(({ name }) => name === 'traces')?.text).toContain('/webhooks/stripe');
  });

  it('holds no secret, and nothing of a person', () => {
    expect(canaries.filter(({ name }) => name === 'token of a mail').length).toBeGreaterThanOrEqual(2);
    expect(findLeaks(canaries, outputs)).toEqual([]);
  });
});
