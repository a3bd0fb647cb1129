import { type Span, SpanStatusCode } from '@opentelemetry/api';
import { tracing } from '@opentelemetry/sdk-node';
import { expect, it } from 'vitest';
import { createDiscreetExporter } from '../src/discreet-spans.ts';

async function exported(record: (span: Span) => void): Promise<tracing.ReadableSpan[]> {
  const memory = new tracing.InMemorySpanExporter();
  const processor = new tracing.SimpleSpanProcessor(createDiscreetExporter(memory));
  const provider = new tracing.BasicTracerProvider({ spanProcessors: [processor] });
  const span = provider.getTracer('test').startSpan('GET');
  record(span);
  span.end();
  await provider.forceFlush();
  return memory.getFinishedSpans();
}

it('a span leaves without URLs, agents and documents, and keeps what it measures', async () => {
  const [span] = await exported((recorded) =>
    recorded.setAttributes({
      'url.full': 'https://hooks.example/?key=secret',
      'url.path': '/users/sam@example.org',
      'url.query': 'token=secret',
      'user_agent.original': 'sam@example.org',
      'graphql.source': '# secret\n{ me { email } }',
      operationName: 'secret',
      'http.request.method': 'GET',
      'http.response.status_code': 200,
    }),
  );

  expect(span?.attributes).toEqual({ 'http.request.method': 'GET', 'http.response.status_code': 200 });
  expect(span?.name).toBe('GET');
  expect(span?.spanContext().traceId).toMatch(/^[0-9a-f]{32}$/);
});

it('an exception leaves without its message and stack, which repeat the parameters of statements', async () => {
  const fault = new Error('Failed query: insert into users\nparams: sam@example.org,secret');

  const [span] = await exported((recorded) => {
    recorded.recordException(fault);
    recorded.setStatus({ code: SpanStatusCode.ERROR, message: fault.message });
  });

  expect(span?.events.map(({ name, attributes }) => ({ name, attributes }))).toEqual([
    { name: 'exception', attributes: { 'exception.type': 'Error' } },
  ]);
  expect(span?.status).toEqual({ code: SpanStatusCode.ERROR });
});
