import { Agent, request as httpRequest } from 'node:http';
import type { Answer } from './place.ts';

export type WireRequest = {
  method: string;
  /** Sent as it is: fetch would mend what is hostile in it. */
  path: string;
  headers?: Record<string, string>;
  body?: Buffer;
};

export type Wire = { send(request: WireRequest): Promise<Answer>; close(): void };

/** Sends requests that no well-behaved client would. */
export function openWire(origin: string): Wire {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const { hostname, port } = new URL(origin);
  return {
    close: () => agent.destroy(),
    send: ({ method, path, headers = {}, body }) =>
      new Promise((resolve, reject) => {
        const length = body === undefined ? {} : { 'content-length': String(body.length) };
        const request = httpRequest(
          { agent, hostname, port, method, path, headers: { ...headers, ...length } },
          (response) => {
            const chunks: Buffer[] = [];
            response.on('data', (chunk: Buffer) => chunks.push(chunk));
            response.on('end', () => {
              const text = Buffer.concat(chunks).toString('utf8');
              resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
            });
            response.on('error', reject);
          },
        );
        request.on('error', reject);
        request.end(body);
      }),
  };
}
