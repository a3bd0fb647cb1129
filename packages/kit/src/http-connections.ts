import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** A server's kept connections. */
export type Connections = {
  /** From now on each answer asks its client not to use the connection again. */
  discourage(): void;
  /** How many have no request under way. */
  idle(): number;
  /** Cuts those that have had none for so long. */
  cutIdle(quietMs: number): void;
};

/** To be called before the server listens. */
export function watchConnections(server: Server): Connections {
  const idleSince = new Map<Socket, number>();
  const answers = new Set<ServerResponse>();
  let isDiscouraging = false;

  const rest = (socket: Socket) => {
    if (!socket.destroyed) idleSince.set(socket, performance.now());
  };
  const discourage = (answer: ServerResponse) => {
    if (!answer.headersSent) answer.setHeader('Connection', 'close');
  };

  server.on('connection', (socket: Socket) => {
    rest(socket);
    socket.once('close', () => idleSince.delete(socket));
  });
  // Before whoever answers: headers may be sent at once.
  server.prependListener('request', ({ socket }: IncomingMessage, answer: ServerResponse) => {
    idleSince.delete(socket);
    answers.add(answer);
    if (isDiscouraging) discourage(answer);
    answer.once('close', () => {
      answers.delete(answer);
      rest(socket);
    });
  });

  return {
    discourage() {
      isDiscouraging = true;
      for (const answer of answers) discourage(answer);
    },
    idle: () => idleSince.size,
    cutIdle(quietMs) {
      const now = performance.now();
      for (const [socket, since] of idleSince) if (now - since >= quietMs) socket.destroy();
    },
  };
}
