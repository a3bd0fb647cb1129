import { createServer, type Server } from 'node:http';
import { startProcessSupergraph } from '@commerce/testkit/process-supergraph';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createShopClient } from './client.ts';

/** A collector of the OTLP/HTTP JSON protocol, as far as spans go. */

type Span = {
  service: string;
  scope: string;
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
};

const attribute = z.object({ key: z.string(), value: z.looseObject({ stringValue: z.string().optional() }) });
const exported = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: z.array(attribute) }),
      scopeSpans: z.array(
        z.object({
          scope: z.object({ name: z.string() }),
          spans: z.array(
            z.object({
              name: z.string(),
              traceId: z.string(),
              spanId: z.string(),
              parentSpanId: z.string().optional(),
            }),
          ),
        }),
      ),
    }),
  ),
});

const spans: Span[] = [];
let received = '';
let collector: Server;
let endpoint = '';

beforeAll(async () => {
  collector = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString('utf8');
    received += text;
    keep(exported.parse(JSON.parse(text)));
    response.end('{}');
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  const address = collector.address();
  endpoint = `http://127.0.0.1:${Object(address).port}`;
});
afterAll(() => {
  collector.closeAllConnections();
  collector.close();
});

function keep(batch: z.output<typeof exported>): void {
  for (const { resource, scopeSpans } of batch.resourceSpans) {
    const service = resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue ?? '';
    for (const { scope, spans: list } of scopeSpans) {
      for (const { parentSpanId, ...span } of list) {
        spans.push({ service, scope: scope.name, ...span, ...(parentSpanId ? { parentSpanId } : {}) });
      }
    }
  }
}

it('follows one request from the router through the subgraphs to SQL', async () => {
  const shop = await startProcessSupergraph({
    otlpEndpoint: endpoint,
    env: { OTEL_BSP_SCHEDULE_DELAY: '200' },
  });
  try {
    const client = createShopClient(shop.url);
    const { token } = await client.signUp();
    await client.rest('POST', '/api/v1/cart/items', { token, body: { productId: 'prod_001', quantity: 1 } });
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const answer = await client.rest('POST', '/graphql', {
      token,
      headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01` },
      body: { query: '{ cart { items { product { name inventory } } } me { email } }' },
    });
    expect(answer.status).toBe(200);

    const ofTrace = () => spans.filter((span) => span.traceId === traceId);
    // Each process sends its spans when it likes: the router's, which are the roots, may come last.
    await vi.waitFor(() => {
      const services = new Set(ofTrace().map((span) => span.service));
      expect([...services].sort()).toEqual(['cart', 'catalog', 'router', 'users']);
      const sql = ofTrace().filter((span) => span.scope.includes('drizzle'));
      expect(new Set(sql.map((span) => span.service))).toEqual(new Set(['cart', 'catalog']));
      expect(new Set(sql.map(rootOf))).toEqual(new Set(['router']));
    }, 20_000);

    expect(received).not.toContain('SecurePass123!');
    expect(received).not.toContain(token);
  } finally {
    await shop.close();
  }
}, 90_000);

/** The service in which the chain of a span's parents begins. */
function rootOf(span: Span): string {
  const parent = spans.find((candidate) => candidate.spanId === span.parentSpanId);
  return parent ? rootOf(parent) : span.service;
}
