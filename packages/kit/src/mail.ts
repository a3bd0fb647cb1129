import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createTransport } from 'nodemailer';
import { z } from 'zod';
import type { Logger } from './logger.ts';

export type Mail = {
  to: string;
  /** Names the mail's purpose in file names and logs. */
  kind: string;
  subject: string;
  text: string;
  html: string;
  /** The link that the mail is about, where it is about one. */
  link?: string;
  /** The same for each attempt to send the same mail, e.g. the key of what it tells of: letters, digits, `._-`.
   *  Mail servers and clients know a repeated mail by it; without one each attempt is a mail of its own. */
  messageId?: string;
};

/** @template Sent what a service sends: a mail, perhaps with more that is known about each */
export type Mailer<Sent extends Mail = Mail> = {
  /** Hands a mail over. @throws Error where it is not taken */
  send(mail: Sent): Promise<void>;
  close(): void;
};

const CONNECT_TIMEOUT_MS = 5_000;
const SEND_TIMEOUT_MS = 10_000;

/** @param options.url such as smtp://user:password@host:587 */
export function createSmtpMailer(options: { url: string; from: string }): Mailer {
  const transport = createTransport({
    url: options.url,
    pool: true,
    maxConnections: 2,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SEND_TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(mail) {
      await transport.sendMail(messageOf(mail, options.from)).catch((error: unknown) => {
        throw refusal(error);
      });
    },
    close: () => transport.close(),
  };
}

/** Without the server's words: they repeat the recipient's address, which must not get into logs. */
function refusal(error: unknown): Error {
  const codes = z.object({ code: z.string(), responseCode: z.number() }).partial().safeParse(error).data;
  return new Error(
    `The mail server did not take the mail: ${codes?.code} ${codes?.responseCode ?? ''}`.trim(),
  );
}

export type FileMailerOptions = {
  /** Folder for the .eml files; made where absent. */
  folder: string;
  from: string;
  logger: Logger;
  /** Shows the mail's link in the log, for whoever tries things out. */
  isLinkLogged: boolean;
};

/** Keeps mails as files: what one has without an SMTP server. A mail with a messageId has one file, however
 *  often it is sent. */
export function createFileMailer(options: FileMailerOptions): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true });
  return {
    async send(mail) {
      const { message, messageId } = await transport.sendMail(messageOf(mail, options.from));
      const name = fileNameOf(mail, messageId);
      // The mails hold tokens and addresses: they are for the owner's eyes only.
      await mkdir(options.folder, { recursive: true, mode: 0o700 });
      // Whoever reads the folder meanwhile sees whole mails only, also while two send the same one.
      const draft = path.join(options.folder, `.${randomUUID()}`);
      await writeFile(draft, message, { mode: 0o600 });
      await rename(draft, path.join(options.folder, name));
      const link = options.isLinkLogged && mail.link !== undefined ? { link: mail.link } : {};
      options.logger.info({ kind: mail.kind, file: name, ...link }, 'Mail kept as a file');
    },
    close: () => transport.close(),
  };
}

function messageOf({ to, subject, text, html, messageId }: Mail, from: string) {
  const message = { from, to, subject, text, html };
  return messageId === undefined ? message : { ...message, messageId: `<${messageId}@${domainOf(from)}>` };
}

/** `Shop <no-reply@example.com>` is of example.com. */
function domainOf(from: string): string {
  return /@([A-Za-z0-9.-]+)/.exec(from)?.[1] ?? 'localhost';
}

function fileNameOf(mail: Mail, sentId: string): string {
  if (mail.messageId !== undefined) return `${mail.kind}-${mail.messageId.replace(/[^\w.-]/g, '_')}.eml`;
  const time = new Date().toISOString().replaceAll(':', '-');
  return `${time}-${mail.kind}-${sentId.replace(/[^A-Za-z0-9]/g, '').slice(0, 12)}.eml`;
}
