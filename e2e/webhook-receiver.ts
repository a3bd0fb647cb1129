import { once } from 'node:events';
import { createServer } from 'node:http';
import { z } from 'zod';

const headersOf = z.object({
  'content-type': z.string(),
  'webhook-id': z.string(),
  'webhook-timestamp': z.string(),
  'webhook-signature': z.string(),
});

type Delivery = {
  /** To the byte. */
  body: string;
  headers: z.output<typeof headersOf>;
};

export type WebhookReceiver = {
  url: string;
  /** What has come, in its order, also where it was refused. */
  deliveries: readonly Delivery[];
  /** Answers the next ones with these statuses, and all others with 204. */
  answerNext(...statuses: number[]): void;
  close(): Promise<void>;
};

/** Somebody who is told of events over HTTP. */
export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const deliveries: Delivery[] = [];
  const statuses: number[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    deliveries.push({ body: Buffer.concat(chunks).toString(), headers: headersOf.parse(request.headers) });
    response.writeHead(statuses.shift() ?? 204).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return {
    url: `http://127.0.0.1:${port}/hooks?tenant=1`,
    deliveries,
    answerNext: (...next) => void statuses.push(...next),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
