import { Agent, request } from 'node:http';

/** A client with one connection, which it uses for one request after the other. */
export type KeptConnection = {
  /** @returns the status; 0 where there was no whole answer */
  send(method: string, path: string, body?: unknown): Promise<number>;
  close(): void;
};

export function keepConnection(origin: string, headers: Readonly<Record<string, string>>): KeptConnection {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    send: (method, path, body) =>
      new Promise((resolve) => {
        const sent = request(`${origin}${path}`, { method, agent, headers }, (response) => {
          response.resume();
          response.once('close', () => resolve(response.complete ? (response.statusCode ?? 0) : 0));
        });
        sent.once('error', () => resolve(0));
        sent.end(body === undefined ? undefined : JSON.stringify(body));
      }),
    close: () => agent.destroy(),
  };
}
