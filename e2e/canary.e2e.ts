import { setTimeout as delay } from 'node:timers/promises';
import { describeRedis } from '@commerce/testkit/redis';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { type Canary, findLeaks, formsOf, type Output } from './canary/canaries.ts';
import {
  administer,
  buy,
  logInAdministrator,
  openAccount,
  type Run,
  useSessions,
  whileSomethingIsAway,
} from './canary/flows.ts';
import { generateEndings, generateRequests } from './canary/generated-requests.ts';
import { leave, logInLeaver, moveIn, waitUntilErased } from './canary/leaving.ts';
import { misplaced, pastTheRouter } from './canary/misplaced.ts';
import { customer, personalCanaries, personalTexts } from './canary/people.ts';
import { startWatchedShop, type WatchedShop } from './canary/shop.ts';
import { openShopDatabase } from './shop-database.ts';
import { startWebhookReceiver } from './webhook-receiver.ts';

/** Secrets and what is personal stand in nothing that the shop says of itself, whatever it is asked and whatever
 *  fails: in no log, trace, metric, header or error. */

let shop: WatchedShop;
let outputs: Output[] = [];
let canaries: Canary[] = [];

beforeAll(async () => {
  shop = await startWatchedShop();
  const receiver = await startWebhookReceiver();
  try {
    const run = await openAccount(shop);
    await useSessions(run);
    await administer(run, receiver.url.split('?', 1)[0] ?? '');
    await buy(run);
    await vi.waitFor(() => expect(receiver.deliveries.length).toBeGreaterThan(0), 20_000);
    await shop.requests.sendAll(misplaced(run));
    await shop.requests.sendAll(pastTheRouter(run));
    await shop.requests.sendRaw(
      `GET /${customer.email} HTTP/9.9\r\nAuthorization: Bearer ${run.token}\r\n\r\n`,
    );
    for (const token of [undefined, run.token, run.administrator])
      await shop.requests.sendAll(generateRequests(personalTexts, token));
    await expectSession(run);
    await shop.requests.sendAll(generateEndings(personalTexts, run.administrator));
    run.administrator = await logInAdministrator(shop);
    await leaveWell(run);
    await shop.scrape();
    await failInTurn(run);
    await shop.scrape();
    // Spans are exported in batches.
    await delay(1_000);
    canaries = [...personalCanaries, ...shop.secrets, ...run.issued];
    outputs = [...shop.outputs(), ...shop.requests.seen];
  } finally {
    await receiver.close();
  }
}, 600_000);
afterAll(async () => {
  await shop?.close();
});

/** Else most requests would only be told that their token is good for nothing. */
async function expectSession({ token }: Run): Promise<void> {
  expect((await shop.requests.send({ path: '/api/v1/users/profile', token })).status).toBe(200);
}

async function leaveWell(run: Run): Promise<void> {
  const ended = await moveIn(run);
  await shop.requests.sendAll(generateEndings(personalTexts, undefined));
  await shop.requests.sendAll(generateEndings(personalTexts, ended));
  const leaving = await leave(run, await logInLeaver(run));
  expect(leaving.missingParts).toEqual([]);
  await waitUntilErased(run, leaving);
}

/** Whoever is away is told again later. */
async function leaveHalf(run: Run): Promise<void> {
  const token = await moveIn(run);
  await shop.kill('orders');
  const leaving = await leave(run, token);
  expect(leaving.missingParts).toEqual(['orders']);
  await shop.restart('orders');
  await waitUntilErased(run, leaving);
}

async function failInTurn(run: Run): Promise<void> {
  const ask = async () => void (await shop.requests.sendAll(whileSomethingIsAway(run)));
  await failPayments(ask);
  await failMails(ask);
  for (const name of ['users', 'catalog', 'cart', 'orders'] as const) {
    await shop.kill(name);
    await ask();
    await shop.restart(name);
  }
  await leaveHalf(run);
  await expectSession(run);
  await failRedis(ask);
  await failUsersDatabase(ask);
  await breakTables(ask);
}

async function failPayments(ask: () => Promise<void>): Promise<void> {
  for (const kind of ['error', 'lose-answer', 'decline'] as const)
    await shop.payments.faults.add('authorise', kind, { count: 2 });
  for (let time = 0; time < 3; time += 1) await ask();
  await shop.payments.faults.clear();
  await shop.kill('payments');
  await ask();
  await shop.restart('payments');
}

async function failMails(ask: () => Promise<void>): Promise<void> {
  for (const mood of ['refuses recipients', 'refuses logins', 'refuses messages'] as const) {
    const before = shop.mails.refusals();
    shop.mails.setMood(mood);
    await ask();
    await vi.waitFor(() => expect(shop.mails.refusals()).toBeGreaterThan(before), 20_000);
  }
  shop.mails.setMood('takes all');
}

async function failRedis(ask: () => Promise<void>): Promise<void> {
  if (!shop.redis) return;
  shop.redis.link.hold();
  await ask();
  shop.redis.link.goOn();
  await shop.redis.kill();
  await ask();
}

async function failUsersDatabase(ask: () => Promise<void>): Promise<void> {
  shop.usersLink.hold();
  await ask();
  shop.usersLink.goOn();
  const asking = ask();
  for (let time = 0; time < 10; time += 1) {
    shop.usersLink.cutAll();
    await delay(50);
  }
  await asking;
}

/** What nobody foresaw: statements fail with their parameters, and with rows in the server's words. */
async function breakTables(ask: () => Promise<void>): Promise<void> {
  const rounds = [
    {
      users: [`alter table users add check (first_name <> '${customer.firstName}') not valid`],
      orders: [`alter table orders add check (shipping_address is null) not valid`],
    },
    {
      users: [
        'alter table users rename column email to mail',
        'alter table addresses rename column street to road',
      ],
      orders: ['alter table orders rename column shipping_address to address'],
      cart: ['alter table cart_items rename column quantity to pieces'],
    },
  ];
  for (const round of rounds) {
    for (const [name, statements] of Object.entries(round)) {
      const database = openShopDatabase(z.string().parse(Object(shop.databaseUrls)[name]));
      for (const statement of statements) await database.run(statement);
      await database.close();
    }
    await ask();
  }
}

describe('the output of a whole run', () => {
  it('names each request in the router’s log', () => {
    const log = shop.logOf('router');
    expect(shop.requests.ids.length).toBeGreaterThan(1_000);
    expect(shop.requests.ids.filter((id) => !log.includes(`"requestId":"${id}"`))).toEqual([]);
  });

  it.each(['users', 'catalog', 'cart', 'orders'])(
    'holds what %s says at the most talkative level',
    (name) => {
      const log = shop.logOf(name);
      expect(log).toContain('"msg":"Request answered"');
      expect(log).toContain('"requestId":"canary-request-');
    },
  );

  it('holds the failures that were brought about', () => {
    const all = ['users', 'orders', 'cart', 'router'].map(shop.logOf).join('');
    const said = ['42703', '23514', 'The mail server did not take the mail'];
    for (const text of [...said, 'A subgraph could not be told of an erasure']) expect(all).toContain(text);
    expect(shop.logOf('router')).toContain('A subgraph gave no proper answer');
  });

  describeRedis('with Redis', () => {
    it('holds its failures', () => {
      expect(['users', 'catalog', 'cart', 'router'].map(shop.logOf).join('')).toContain(
        'Redis does not answer',
      );
    });
  });

  it('holds spans of all services and layers', () => {
    const traces = textOf('traces');
    for (const service of ['router', 'users', 'catalog', 'cart', 'orders'])
      expect(traces).toContain(`{"key":"service.name","value":{"stringValue":"${service}"}}`);
    for (const span of ['gateway.execute', 'graphql.validate', 'drizzle.select', 'from \\"users\\"'])
      expect(traces).toContain(span);
    expect(traces).toContain('"name":"exception"');
    expect(traces).toContain('{"key":"http.route","value":{"stringValue":"/api/v1/users/login"}}');
  });

  it.each(['router', 'users', 'catalog', 'cart', 'orders'])('holds the metrics of %s', (name) => {
    expect(textOf(`metrics of ${name}`)).toContain('http_requests_total{');
  });

  it('holds answers that tell of errors', () => {
    const answers = shop.requests.seen.map(({ text }) => text).join('');
    for (const code of ['VAL_001', 'VAL_002', 'AUTH_001', 'AUTH_003', 'BUS_003', 'SYS_001', 'SYS_002'])
      expect(answers).toContain(code);
  });

  it('holds no secret, and nothing of a person', () => {
    expect(canaries.length).toBeGreaterThan(25);
    expect(canaries.filter(({ text }) => text.length < 10)).toEqual([]);
    expect(findLeaks(canaries, outputs)).toEqual([]);
  });
});

function textOf(name: string): string {
  return outputs
    .filter((output) => output.name === name)
    .map(({ text }) => text)
    .join('\n');
}

describe('the search', () => {
  const [password] = personalCanaries.filter(({ name }) => name === 'password');
  const text = password?.text ?? '';

  it.each([
    ['as it is', text],
    ['in JSON', JSON.stringify({ a: text })],
    ['in JSON in JSON', JSON.stringify({ a: JSON.stringify({ b: text }) })],
    ['in a URL', new URL(`http://x/?a=${encodeURIComponent(text)}`).href],
    ['in a form', new URLSearchParams({ a: text }).toString()],
    ['in hex', Buffer.from(`x${text}y`).toString('hex')],
    ...['', 'x', 'xy'].map((before) => [
      `in base64 behind ${before.length} bytes`,
      Buffer.from(`${before}${text}!`).toString('base64'),
    ]),
  ])('finds a canary %s', (_, held) => {
    expect(findLeaks([{ name: 'password', text }], [{ name: 'output', text: `..${held}..` }])).not.toEqual(
      [],
    );
  });

  it('finds an address in any case', () => {
    const email = customer.email.toUpperCase();
    expect(formsOf(customer.email).some((form) => `to ${email}`.toLowerCase().includes(form))).toBe(true);
  });
});
