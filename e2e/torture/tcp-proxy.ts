import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export type TcpProxy = {
  readonly port: number;
  /** Ends every connection at once, by a reset. */
  cutAll(): void;
  /** Nothing comes through, and nobody is told. */
  hold(): void;
  goOn(): void;
  /** Befalls the next requests that hold the text: they never arrive, or they are carried out and the answer is lost.
   *  The connection is cut. */
  loseNext(loss: Loss, count: number): void;
  /** What has not befallen anybody yet is forgotten. */
  clear(): void;
  /** How many were lost so far. */
  lost(): number;
  close(): Promise<void>;
};

type Loss = {
  what: 'request' | 'answer';
  text: string;
  /** How many that hold the text come through before. */
  after?: number;
};

/** Where the answer of what was sent does not come at all, it is not waited for longer. */
const ANSWER_MS = 1_500;

/** Stands between a service and what it talks to.
 *  @param target asked at each connection: it may move
 *  @param protocol of Postgres, whose statements take two round trips: text first, execution then */
export async function startTcpProxy(
  target: () => { port: number },
  protocol: 'http' | 'postgres',
): Promise<TcpProxy> {
  const pairs = new Set<() => void>();
  const sockets = new Set<Socket>();
  let isHeld = false;
  let losses: Loss[] = [];
  let lost = 0;

  function takeLoss(chunk: Buffer): Loss | null {
    if (losses.length === 0) return null;
    const index = losses.findIndex(({ text }) => chunk.includes(text));
    const [loss] = index === -1 ? [] : losses.splice(index, 1);
    if (!loss) return null;
    const { after = 0 } = loss;
    if (after > 0) {
      losses.push({ ...loss, after: after - 1 });
      return null;
    }
    lost += 1;
    return loss;
  }

  const server = createServer((client) => {
    const upstream = connect({ host: '127.0.0.1', port: target().port });
    const cut = () => {
      pairs.delete(cut);
      client.resetAndDestroy();
      upstream.destroy();
    };
    pairs.add(cut);
    let losing: 'nothing' | 'the next execution' | 'the answer' = 'nothing';
    client.on('data', (chunk) => {
      const loss = losing === 'nothing' ? takeLoss(chunk) : null;
      if (loss?.what === 'request') return cut();
      if (loss) losing = 'the next execution';
      if (losing === 'the next execution' && (protocol === 'http' || isExecution(chunk))) {
        losing = 'the answer';
        setTimeout(cut, ANSWER_MS).unref();
      }
      forward(chunk, client, upstream);
    });
    upstream.on('data', (chunk) => {
      if (losing === 'the answer') return cut();
      forward(chunk, upstream, client);
    });
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      if (isHeld) socket.pause();
      socket.setNoDelay(true);
      socket.on('error', cut);
      // In order: what was said last is still handed on.
      socket.on('end', () => other.end());
      socket.on('close', () => {
        sockets.delete(socket);
        pairs.delete(cut);
        other.destroySoon();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    port,
    cutAll: () => {
      for (const cut of [...pairs]) cut();
    },
    hold() {
      isHeld = true;
      for (const socket of sockets) socket.pause();
    },
    goOn() {
      isHeld = false;
      for (const socket of sockets) socket.resume();
    },
    loseNext(loss, count) {
      losses = [...losses, ...Array.from({ length: count }, () => loss)];
    },
    clear: () => {
      losses = [];
    },
    lost: () => lost,
    async close() {
      for (const cut of [...pairs]) cut();
      server.close();
      await once(server, 'close');
    },
  };
}

function forward(chunk: Buffer, from: Socket, to: Socket): void {
  if (to.destroyed || to.write(chunk)) return;
  from.pause();
  to.once('drain', () => from.resume());
}

const EXECUTE = 0x45;

/** Whether Postgres is asked to execute something: messages are a letter, a length and a body. */
function isExecution(chunk: Buffer): boolean {
  for (let at = 0; at + 5 <= chunk.length; at += 1 + chunk.readUInt32BE(at + 1)) {
    if (chunk[at] === EXECUTE) return true;
  }
  return false;
}
