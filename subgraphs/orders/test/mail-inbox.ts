import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export type MailInbox = {
  /** For SMTP_URL. */
  url: string;
  /** What has arrived, in its order. */
  mails: readonly ParsedMail[];
  /** Cuts its connections; nothing listens any more. */
  stop(): Promise<void>;
  /** Listens again at the same address. */
  restart(): Promise<void>;
};

/** A mail server that takes everything and passes nothing on. */
export async function startMailInbox(): Promise<MailInbox> {
  const mails: ParsedMail[] = [];
  let server = createServer(mails);
  await listen(server, 0);
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('The mail server has no port');
  const { port } = address;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    stop: async () => await new Promise((resolve) => server.close(resolve)),
    async restart() {
      server = createServer(mails);
      await listen(server, port);
    },
  };
}

function createServer(mails: ParsedMail[]): SMTPServer {
  return new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    // Kept connections of a sender would hold up a stop for 30 s.
    closeTimeout: 1,
    onData(stream, _session, callback) {
      simpleParser(stream).then((mail) => {
        mails.push(mail);
        callback();
      }, callback);
    },
  });
}

async function listen(server: SMTPServer, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      // A sender that breaks off is no fault of the test's.
      server.on('error', () => undefined);
      resolve();
    });
  });
}
