import type { Server } from 'node:http';
import { setTimeout as delay, setImmediate as toHaveRead } from 'node:timers/promises';
import { type Connections, watchConnections } from './http-connections.ts';
import type { RunningService } from './service.ts';

/** How long requests under way may go on after `close`; then their connections are cut. */
const DRAIN_MS = 3_000;
/** How long connections may linger at most before that, until their clients have left them. */
const LINGER_MS = 1_200;
/** On a connection that was used less long ago, the next request may be on its way. */
const QUIET_MS = 1_000;
/** Clients among the services use no connection again that was idle for longer: well below the above, so that none
 *  meets one that is being cut, also where a process is held up. To connect anew takes less than a millisecond. */
export const KEPT_IDLE_MS = 400;

/** Listens, and closes by draining: running requests end; a kept connection is left by its client at its next
 *  answer, or cut once it has been quiet for a while. */
export async function listen(
  server: Server,
  options: { host: string; port: number },
): Promise<RunningService> {
  // Longer than a load balancer's idle timeout, else it sends into a connection that just closed.
  server.keepAliveTimeout = 65_000;
  const connections = watchConnections(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  const port = address && typeof address === 'object' ? address.port : options.port;
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  return { url: `http://${host}:${port}`, close: () => drain(server, connections) };
}

async function drain(server: Server, connections: Connections): Promise<void> {
  connections.discourage();
  await linger(connections);
  const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
  clearTimeout(cut);
}

// Node's own close cuts what is idle at once, and with it a request that has just been sent.
async function linger(connections: Connections): Promise<void> {
  const deadline = performance.now() + LINGER_MS;
  for (;;) {
    // Timers come before sockets: a request that has come may lie unread.
    await toHaveRead();
    connections.cutIdle(QUIET_MS);
    if (connections.idle() === 0 || performance.now() > deadline) return;
    await delay(10);
  }
}
