import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createLogger } from '@commerce/kit/logger';
import { createFileMailer, createSmtpMailer } from '@commerce/kit/mail';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import { passwordResetMail, verificationMail } from '../src/domain/account-mails.ts';

const from = 'Commerce <no-reply@example.com>';
const mail = verificationMail('user@example.com', 'the-token', 'https://shop.example');
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function startSmtp(refuse = false): Promise<{ url: string; received: Promise<ParsedMail> }> {
  const { promise: received, resolve } = deferred<ParsedMail>();
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    onRcptTo: ({ address }, _session, done) => done(refuse ? new Error(`no such user ${address}`) : null),
    onData(stream, _session, done) {
      simpleParser(stream).then((parsed) => {
        resolve(parsed);
        done();
      }, done);
    },
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  cleanups.push(() => new Promise<void>((closed) => server.close(() => closed())));
  const address = server.server.address();
  if (!address || typeof address === 'string') throw new Error('No port');
  return { url: `smtp://127.0.0.1:${address.port}`, received };
}

function deferred<T>() {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((keep) => {
    resolve = keep;
  });
  return { promise, resolve };
}

function smtp(url: string) {
  const mailer = createSmtpMailer({ url, from });
  cleanups.push(async () => mailer.close());
  return mailer;
}

describe('mails', () => {
  it.each([
    [verificationMail, 'https://shop.example/verify-email?token=the-token', '24 hours'],
    [passwordResetMail, 'https://shop.example/reset-password?token=the-token', '15 minutes'],
  ])('say what to do, in text and in HTML', (make, link, lifetime) => {
    const { text, html } = make('user@example.com', 'the-token', 'https://shop.example');
    for (const body of [text, html]) {
      expect(body).toContain(link);
      expect(body).toContain(lifetime);
    }
  });

  it('keep a path and escape what is special in HTML', () => {
    const { html } = verificationMail('user@example.com', 'a&b"c', 'https://shop.example');
    expect(html).toContain('href="https://shop.example/verify-email?token=a%26b%22c"');
  });
});

describe('mail by SMTP', () => {
  it('arrives', async () => {
    const { url, received } = await startSmtp();
    await smtp(url).send(mail);
    const { from: sender, to, subject, text, html } = await received;
    expect(sender?.text).toBe('"Commerce" <no-reply@example.com>');
    expect(to).toMatchObject({ text: 'user@example.com' });
    expect(subject).toBe('Confirm your e-mail address');
    expect(text).toContain(mail.link);
    expect(html).toContain(mail.link);
  });

  it('tells its messageId, under the domain of the sender', async () => {
    const { url, received } = await startSmtp();
    await smtp(url).send({ ...mail, messageId: 'usr_1.verify' });
    expect((await received).messageId).toBe('<usr_1.verify@example.com>');
  });

  it('fails without repeating the address where it is refused', async () => {
    const { url } = await startSmtp(true);
    const error = await smtp(url)
      .send(mail)
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).toBe('Error: The mail server did not take the mail: EENVELOPE 550');
    expect((error as Error).cause).toBeUndefined();
  });

  it('fails where there is no server', async () => {
    await expect(smtp('smtp://127.0.0.1:1').send(mail)).rejects.toThrow(/did not take the mail: ESOCKET/);
  });
});

describe('mail without SMTP', () => {
  async function keep(isLinkLogged: boolean) {
    const folder = path.join(await mkdtemp(path.join(tmpdir(), 'users-mail-')), 'mail');
    cleanups.push(() => rm(path.dirname(folder), { recursive: true }));
    const lines: string[] = [];
    const logger = createLogger({
      service: 'users',
      level: 'info',
      destination: { write: (line) => void lines.push(line) },
    });
    await createFileMailer({ folder, from, logger, isLinkLogged }).send(mail);
    return { folder, log: lines.join() };
  }

  it('is kept as a file that only its owner may read', async () => {
    const { folder } = await keep(true);
    const [name = ''] = await readdir(folder);
    expect(name).toMatch(/^\d{4}-[\dTZ.-]+-verify-email-\w+\.eml$/);
    const file = path.join(folder, name);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const { to, text, html } = await simpleParser(await readFile(file));
    expect(to).toMatchObject({ text: 'user@example.com' });
    expect(text).toContain(mail.link);
    expect(html).toContain(mail.link);
  });

  it('shows the link in the log only where that is wanted', async () => {
    expect((await keep(true)).log).toContain(mail.link);
    const { log } = await keep(false);
    expect(log).toContain('verify-email');
    expect(log).not.toContain('the-token');
  });
});
