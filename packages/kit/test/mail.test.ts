import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from '../src/logger.ts';
import { createFileMailer, type Mail } from '../src/mail.ts';

// What servers take and what a mail parser finds in a kept file stand with the mails of users.

const from = 'Commerce <no-reply@example.com>';
const receipt: Mail = {
  to: 'user@example.com',
  kind: 'receipt',
  subject: 'Your order',
  text: 'Thank you',
  html: '<p>Thank you</p>',
};

let folder: string;
let lines: string[];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'kit-mail-'));
  lines = [];
  return async () => await rm(folder, { recursive: true });
});
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

function openMailer() {
  const logger = createLogger({
    service: 'test',
    level: 'info',
    destination: { write: (line) => void lines.push(line) },
  });
  const mailer = createFileMailer({ folder, from, logger, isLinkLogged: true });
  closers.push(mailer.close);
  return mailer;
}

describe('a mail kept as a file', () => {
  it('is one file where it is sent again under its messageId, also at once', async () => {
    const mailer = openMailer();
    const first = { ...receipt, messageId: 'ord_1.confirmed' };
    await Promise.all([first, first, { ...receipt, messageId: '../ord 2' }].map(mailer.send));
    await mailer.send({ ...first, text: 'Thank you again' });
    expect((await readdir(folder)).toSorted()).toEqual([
      'receipt-.._ord_2.eml',
      'receipt-ord_1.confirmed.eml',
    ]);
    const kept = await readFile(path.join(folder, 'receipt-ord_1.confirmed.eml'), 'utf8');
    expect(kept).toContain('Message-ID: <ord_1.confirmed@example.com>');
    expect(kept).toContain('Thank you again');
  });

  it('is a file of its own without a messageId', async () => {
    const mailer = openMailer();
    await mailer.send(receipt);
    await mailer.send(receipt);
    expect(await readdir(folder)).toHaveLength(2);
  });

  it('shows no link in the log where it has none', async () => {
    await openMailer().send(receipt);
    expect(lines.join()).toContain('receipt');
    expect(lines.join()).not.toContain('link');
  });
});
