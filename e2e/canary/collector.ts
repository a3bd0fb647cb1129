import { once } from 'node:events';
import { createServer } from 'node:http';
import { z } from 'zod';

export type TelemetryCollector = {
  /** For OTEL_EXPORTER_OTLP_ENDPOINT. */
  endpoint: string;
  /** All that came, to the byte, headers included. */
  received(): string;
  close(): Promise<void>;
};

/** Takes whatever is exported by OTLP over HTTP, of whatever kind, and reads none of it. */
export async function startTelemetryCollector(): Promise<TelemetryCollector> {
  const received: string[] = [];
  const server = createServer(async (request, response) => {
    received.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    // Of a binary form the texts are found as well.
    received.push(Buffer.concat(chunks).toString('utf8'));
    response.setHeader('content-type', 'application/json').end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return {
    endpoint: `http://127.0.0.1:${port}`,
    received: () => received.join('\n'),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
