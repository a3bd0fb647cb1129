import type { AddressInfo } from 'node:net';
import { AppError } from '@commerce/kit/errors';
import { createSmtpMailer, type Mailer } from '@commerce/kit/mail';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Contact } from '../src/clients/users.ts';
import { createErasureStore } from '../src/data/erasure-store.ts';
import { createEventStore } from '../src/data/event-store.ts';
import { createMailStore } from '../src/data/mail-store.ts';
import { dispatchEvents } from '../src/domain/dispatch-events.ts';
import { type OrderMailDeps, sendOrderMails } from '../src/domain/send-order-mails.ts';
import { createEventsFixture, type EventsFixture } from './events-fixture.ts';

const rounds = Number(process.env.RACE_ROUNDS ?? 1);
const never = new AbortController().signal;

/** A mail server that refuses one recipient. */
async function startMailServer() {
  const inbox: ParsedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo({ address }, _session, callback) {
      callback(address.startsWith('poison@') ? new Error('no such mailbox') : null);
    },
    onData(stream, _session, callback) {
      simpleParser(stream).then((mail) => {
        inbox.push(mail);
        callback();
      }, callback);
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    inbox,
    url: `smtp://127.0.0.1:${port}`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

let shop: EventsFixture;
let smtp: Awaited<ReturnType<typeof startMailServer>>;
let mailer: Mailer;
const contacts = new Map<string, Contact | AppError>();
beforeAll(async () => {
  shop = await createEventsFixture();
  smtp = await startMailServer();
  mailer = createSmtpMailer({ url: smtp.url, from: 'Shop <no-reply@shop.example>' });
});
beforeEach(async () => {
  await shop.reset();
  smtp.inbox.length = 0;
  contacts.clear();
  contacts.set('usr_1', { email: 'ada@example.com', firstName: 'Ada', lastName: 'Lovelace' });
  contacts.set('usr_poison', { email: 'poison@example.com', firstName: 'P', lastName: '' });
});
afterAll(async () => {
  mailer.close();
  await smtp.close();
  await shop.close();
});

const deps = (changes: Partial<OrderMailDeps> = {}): OrderMailDeps => ({
  mails: createMailStore(shop.db),
  reader: shop.reader,
  users: {
    async findContact(userId) {
      const contact = contacts.get(userId) ?? null;
      if (contact instanceof AppError) throw contact;
      return contact;
    },
  },
  mailer,
  publicUrl: 'https://shop.example',
  logger: shop.logger,
  random: () => 0.5,
  failpoint: () => undefined,
  ...changes,
});
const dispatch = async () =>
  await dispatchEvents({ events: createEventStore(shop.db), failpoint: () => undefined }, never);
const sendMails = async (changes?: Partial<OrderMailDeps>) => await sendOrderMails(deps(changes), never);
const makeDue = async () => await shop.sql`update order_mails set due_at = now()`;
const mails = async () =>
  await shop.sql`select order_id, kind, attempts, sent_at is not null as is_sent, parked_at is not null as is_parked,
    last_error, extract(epoch from due_at - now())::float8 as wait from order_mails order by order_id, kind`;
const errorLines = () => shop.logLines.map((line) => JSON.parse(line)).filter((line) => line.level === 50);

describe('a mail about an order', () => {
  it('confirms it with lines, sums, address and link, as text and as HTML', async () => {
    await shop.insertOrder('ord_1', { country: '<b>"USA"</b> & co' });
    await shop.insertEvents('ord_1', 'order.created', 'order.confirmed');
    await dispatch();
    await sendMails();
    expect(smtp.inbox).toHaveLength(1);
    const [mail] = smtp.inbox;
    expect(mail?.messageId).toBe('<ord_1.confirmation@shop.example>');
    expect(mail?.to).toMatchObject({ text: 'ada@example.com' });
    expect(mail?.from).toMatchObject({ text: '"Shop" <no-reply@shop.example>' });
    expect(mail?.subject).toBe('Your order ord_1 is confirmed');
    for (const part of [
      'Hello Ada Lovelace,',
      '2 x Wireless <Headphones>: 199.98 USD',
      'Subtotal: 199.98 USD',
      'Tax: 15.99 USD',
      'Shipping: 10.00 USD',
      'Total: 225.97 USD',
      '123 Main St\nNew York NY 10001\n<b>"USA"</b> & co',
      'https://shop.example/orders/ord_1',
    ]) {
      expect(mail?.text).toContain(part);
    }
    const html = String(mail?.html);
    expect(html).toContain('<td>2 x Wireless &lt;Headphones&gt;</td><td align="right">199.98 USD</td>');
    expect(html).toContain('&lt;b&gt;&quot;USA&quot;&lt;/b&gt; &amp; co');
    expect(html).toContain('<a href="https://shop.example/orders/ord_1">');
    expect(html).not.toMatch(/<b>|<Headphones/);
    expect(await mails()).toMatchObject([
      { kind: 'confirmation', is_sent: true, attempts: 1, last_error: null },
    ]);
  });

  it('tells how a shipped one can be followed', async () => {
    await shop.insertOrder('ord_1');
    await shop.insertEvents('ord_1', 'order.shipped');
    await dispatch();
    await sendMails();
    const [mail] = smtp.inbox;
    expect(mail?.subject).toBe('Your order ord_1 is on its way');
    expect(mail?.text).toContain('Parcel: UPS, number 1Z999\nhttps://ups.example/?n=1Z999&x=1');
    expect(mail?.html).toContain('<a href="https://ups.example/?n=1Z999&amp;x=1">UPS, number 1Z999</a>');
  });

  it('links to web pages only', async () => {
    await shop.insertOrder('ord_1');
    await shop.sql`update orders set tracking_info = jsonb_set(tracking_info, '{url}', '"javascript:alert(1)"')`;
    await shop.insertEvents('ord_1', 'order.shipped');
    await dispatch();
    await sendMails();
    expect(smtp.inbox[0]?.html).not.toContain('javascript');
  });

  it('tells of a cancellation', async () => {
    await shop.insertOrder('ord_1');
    await shop.insertEvents('ord_1', 'order.cancelled');
    await dispatch();
    await sendMails();
    expect(smtp.inbox[0]).toMatchObject({
      subject: 'Your order ord_1 is cancelled',
      messageId: '<ord_1.cancelled@shop.example>',
    });
  });

  it('is sent once for each kind, by however many at once', async () => {
    for (let round = 0; round < rounds; round += 1) {
      await shop.reset();
      smtp.inbox.length = 0;
      for (let n = 0; n < 6; n += 1) {
        await shop.insertOrder(`ord_${n}`);
        await shop.insertEvents(`ord_${n}`, 'order.confirmed', 'order.shipped');
      }
      await Promise.all([dispatch(), dispatch()]);
      await Promise.all([sendMails(), sendMails(), sendMails()]);
      await dispatch();
      await sendMails();
      expect(smtp.inbox).toHaveLength(12);
      expect(new Set(smtp.inbox.map((mail) => mail.messageId)).size).toBe(12);
    }
  });

  it('is known by its id where a crash came between sending and noting', async () => {
    await shop.insertOrder('ord_1');
    await shop.insertEvents('ord_1', 'order.confirmed');
    await dispatch();
    const store = createMailStore(shop.db);
    await sendMails({
      mails: { ...store, markSent: () => Promise.reject(new Error('the process is gone')) },
    });
    expect(smtp.inbox).toHaveLength(1);
    // Whoever else is there leaves it alone until the lease is over.
    await sendMails();
    expect(smtp.inbox).toHaveLength(1);
    await makeDue();
    await sendMails();
    await makeDue();
    await sendMails();
    expect(new Set(smtp.inbox.map((mail) => mail.messageId))).toEqual(
      new Set(['<ord_1.confirmation@shop.example>']),
    );
    expect(smtp.inbox).toHaveLength(2);
    expect(await mails()).toMatchObject([{ is_sent: true, attempts: 2 }]);
  });
});

describe('a mail that cannot be sent', () => {
  it('is tried eight times and parked, while the others are sent', async () => {
    await shop.insertOrder('ord_0', { userId: 'usr_poison' });
    for (let n = 1; n <= 5; n += 1) await shop.insertOrder(`ord_${n}`);
    for (let n = 0; n <= 5; n += 1) await shop.insertEvents(`ord_${n}`, 'order.confirmed');
    await dispatch();
    await sendMails();
    expect(smtp.inbox).toHaveLength(5);
    let waited = 0;
    for (let tries = 1; tries < 8; tries += 1) {
      const [poison] = await mails();
      expect(poison).toMatchObject({ attempts: tries, is_sent: false, is_parked: false });
      expect(poison?.last_error).toMatch(/mail server did not take the mail/);
      waited += poison?.wait;
      await makeDue();
      await sendMails();
    }
    expect(await mails()).toMatchObject([
      { order_id: 'ord_0', attempts: 8, is_parked: true },
      ...Array.from({ length: 5 }, () => ({ is_sent: true })),
    ]);
    expect(waited).toBeGreaterThan(12 * 3_600);
    expect(errorLines()).toMatchObject([{ orderId: 'ord_0', kind: 'confirmation' }]);
    expect(shop.logLines.join()).not.toContain('poison@');
    await makeDue();
    await sendMails();
    expect((await mails())[0]).toMatchObject({ attempts: 8 });
  });

  it('since nobody knows the customer is parked at once', async () => {
    await shop.insertOrder('ord_1', { userId: 'usr_gone' });
    await shop.insertEvents('ord_1', 'order.confirmed');
    await dispatch();
    await sendMails();
    expect(await mails()).toMatchObject([
      { attempts: 1, is_parked: true, last_error: 'There is no such user' },
    ]);
    expect(errorLines()).toHaveLength(1);
  });

  it('to somebody who deleted the account is forgotten, also where that is heard of later', async () => {
    const erase = async (userId: string) => await createErasureStore(shop.db).erase(userId, 10);
    await shop.insertOrder('ord_1', { userId: 'usr_gone' });
    await shop.insertOrder('ord_2', { userId: 'usr_late' });
    await shop.insertEvents('ord_2', 'order.confirmed');
    await dispatch();
    await sendMails();
    expect(await mails()).toMatchObject([{ order_id: 'ord_2', is_parked: true }]);

    await erase('usr_gone');
    await erase('usr_late');
    await shop.insertEvents('ord_1', 'order.shipped');
    await dispatch();
    expect(await mails()).toMatchObject([{ order_id: 'ord_1', kind: 'shipped' }]);
    await sendMails();

    expect(await mails()).toEqual([]);
    expect(smtp.inbox).toEqual([]);
  });

  it('since the users service is away is sent once it is back', async () => {
    contacts.set('usr_1', new AppError('SYS_002'));
    await shop.insertOrder('ord_1');
    await shop.insertEvents('ord_1', 'order.confirmed');
    await dispatch();
    await sendMails();
    expect(await mails()).toMatchObject([{ attempts: 1, is_parked: false, is_sent: false }]);
    contacts.set('usr_1', { email: 'ada@example.com', firstName: 'Ada', lastName: '' });
    await makeDue();
    await sendMails();
    expect(smtp.inbox).toHaveLength(1);
    expect(smtp.inbox[0]?.text).toContain('Hello Ada,');
    expect(await mails()).toMatchObject([{ is_sent: true, last_error: null }]);
  });

  it('since its order cannot be read keeps nobody else waiting', async () => {
    await shop.insertOrder('ord_0');
    await shop.insertOrder('ord_1');
    await shop.insertEvents('ord_0', 'order.confirmed');
    await shop.insertEvents('ord_1', 'order.confirmed');
    await shop.sql`update orders set shipping_address = '{}' where order_id = 'ord_0'`;
    await dispatch();
    await sendMails();
    expect(await mails()).toMatchObject([{ is_sent: false, attempts: 1 }, { is_sent: true }]);
  });

  it('since its sender ends each time is parked as well', async () => {
    await shop.insertOrder('ord_1');
    await shop.insertEvents('ord_1', 'order.confirmed');
    await dispatch();
    await shop.sql`update order_mails set attempts = 8`;
    await sendMails();
    expect(smtp.inbox).toHaveLength(0);
    expect(await mails()).toMatchObject([{ is_parked: true }]);
  });
});
