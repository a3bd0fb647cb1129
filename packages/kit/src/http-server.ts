import type { Server } from 'node:http';
import type { RunningService } from './service.ts';

/** How long requests under way may go on after `close`; then their connections are cut. */
const DRAIN_MS = 3_000;

/** Listens, and closes by draining: no new connections, running requests end, idle ones are cut. */
export async function listen(
  server: Server,
  options: { host: string; port: number },
): Promise<RunningService> {
  // Longer than a load balancer's idle timeout, else it sends into a connection that just closed.
  server.keepAliveTimeout = 65_000;
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
  return { url: `http://${host}:${port}`, close: () => drain(server) };
}

async function drain(server: Server): Promise<void> {
  const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
  clearTimeout(cut);
}
