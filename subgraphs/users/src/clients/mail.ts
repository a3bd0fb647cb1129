import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from '@commerce/kit/logger';
import { createTransport } from 'nodemailer';
import { z } from 'zod';

export type Mail = {
  to: string;
  /** Names the mail's purpose in file names and logs. */
  kind: string;
  subject: string;
  text: string;
  html: string;
  /** The link that the mail is about. */
  link: string;
};

export type Mailer = {
  /** Hands a mail over. @throws Error where it is not taken */
  send(mail: Mail): Promise<void>;
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
    async send({ to, subject, text, html }) {
      await transport.sendMail({ from: options.from, to, subject, text, html }).catch((error: unknown) => {
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

/** Keeps mails as files: what one has without an SMTP server. */
export function createFileMailer(options: FileMailerOptions): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true });
  return {
    async send({ to, kind, subject, text, html, link }) {
      const { message, messageId } = await transport.sendMail({
        from: options.from,
        to,
        subject,
        text,
        html,
      });
      const time = new Date().toISOString().replaceAll(':', '-');
      const name = `${time}-${kind}-${messageId.replace(/[^A-Za-z0-9]/g, '').slice(0, 12)}.eml`;
      // The mails hold tokens: they are for the owner's eyes only.
      await mkdir(options.folder, { recursive: true, mode: 0o700 });
      await writeFile(path.join(options.folder, name), message, { mode: 0o600 });
      options.logger.info(
        { kind, file: name, ...(options.isLinkLogged ? { link } : {}) },
        'Mail kept as a file',
      );
    },
    close: () => transport.close(),
  };
}
