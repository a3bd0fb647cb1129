import { Agent, request } from 'node:http';

/** A client with one connection, which it uses for one request after the other. */
export type KeptConnection = {
  /** @returns the status, 0 where there was no whole answer; and as much of the body as came */
  send(method: string, path: string, body?: unknown): Promise<{ status: number; text: string }>;
  close(): void;
};

export function keepConnection(origin: string, headers: Readonly<Record<string, string>>): KeptConnection {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    send: (method, path, body) =>
      new Promise((resolve) => {
        const sent = request(`${origin}${path}`, { method, agent, headers }, (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (chunk: string) => {
            text += chunk;
          });
          response.once('close', () =>
            resolve({ status: response.complete ? (response.statusCode ?? 0) : 0, text }),
          );
        });
        sent.once('error', ({ message }) => resolve({ status: 0, text: message }));
        sent.end(body === undefined ? undefined : JSON.stringify(body));
      }),
    close: () => agent.destroy(),
  };
}
