import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { vi } from 'vitest';
import { z } from 'zod';
import { PATIENCE } from '../till.ts';

export type MailServer = {
  port: number;
  /** Ends all connections: the next mail finds the new mood. */
  setMood(mood: Mood): void;
  /** Waits for a mail to somebody that holds the text, and gives each once. @returns its body, decoded */
  takeMail(to: string, text: string): Promise<string>;
  /** What was refused so far. */
  refusals(): number;
  close(): Promise<void>;
};

/** What goes wrong; the server's words repeat what it was told, as real ones do. */
type Mood = 'takes all' | 'refuses recipients' | 'refuses logins' | 'refuses messages';

/** As much SMTP as a client needs that logs in and hands mails over. */
export async function startMailServer(): Promise<MailServer> {
  const mails: { to: string; body: string }[] = [];
  const sockets = new Set<Socket>();
  let mood: Mood = 'takes all';
  let refusals = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    void serve(socket);
  });

  async function serve(socket: Socket): Promise<void> {
    let to = '';
    let body: string[] | null = null;
    const say = (line: string) => void socket.write(`${line}\r\n`);
    const refuse = (line: string) => {
      refusals += 1;
      say(line);
    };
    say('220 mail.test ESMTP');
    for await (const line of createInterface({ input: socket })) {
      if (body !== null) {
        if (line !== '.') body.push(line);
        else if (mood === 'refuses messages') {
          refuse(`554 5.7.1 <${to}> will not read: ${decode(body.join('\r\n'))}`.replaceAll(/[\r\n]+/g, ' '));
          body = null;
        } else {
          mails.push({ to, body: decode(body.join('\r\n')) });
          body = null;
          say('250 2.0.0 taken');
        }
        continue;
      }
      const [verb = ''] = line.toUpperCase().split(' ', 1);
      if (verb === 'EHLO') say('250-mail.test\r\n250 AUTH PLAIN');
      else if (verb === 'AUTH' && mood === 'refuses logins') refuse(`535 5.7.8 ${line} is wrong`);
      else if (verb === 'AUTH') say('235 2.7.0 welcome');
      else if (verb === 'RCPT' && mood === 'refuses recipients') refuse(`550 5.1.1 ${line} is nobody`);
      else if (verb === 'RCPT') {
        to = /<([^>]*)>/.exec(line)?.[1] ?? '';
        say('250 2.1.5 fine');
      } else if (verb === 'DATA') {
        body = [];
        say('354 go on');
      } else say('250 2.0.0 fine');
    }
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const cutAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port,
    setMood(next) {
      mood = next;
      cutAll();
    },
    takeMail: async (to, text) =>
      await vi.waitFor(() => {
        const index = mails.findIndex((mail) => mail.to === to && mail.body.includes(text));
        const [found] = index === -1 ? [] : mails.splice(index, 1);
        if (!found) throw new Error(`No mail with ${text}`);
        return found.body;
      }, PATIENCE),
    refusals: () => refusals,
    async close() {
      cutAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Quoted-printable, as far as it is met here. */
function decode(body: string): string {
  return body
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
