import type { tracing } from '@opentelemetry/sdk-node';

/** Attributes that leave the process. Listed, because instrumentations put in whatever they come by: URLs with the
 *  tokens in their queries and the addresses in their paths, what clients call themselves, documents with comments.
 *  Statements are texts with places for their parameters. */
const allowed: ReadonlySet<string> = new Set([
  'client.address',
  'db.operation',
  'db.statement',
  'db.system',
  'error.type',
  'graphql.field.name',
  'graphql.field.path',
  'graphql.field.type',
  'graphql.operation.name',
  'graphql.operation.type',
  'graphql.parent.name',
  'http.request.method',
  'http.response.status_code',
  'http.route',
  'network.peer.address',
  'network.peer.port',
  'network.protocol.version',
  'server.address',
  'server.port',
  'service',
  'url.scheme',
]);

/** Of an exception its kind: messages repeat parameters of statements, and so do stacks. The log tells more, under the
 *  same trace. */
const allowedOfEvents: ReadonlySet<string> = new Set(['exception.type']);

/** An exporter that gives another one of each span only what may be told. */
export function createDiscreetExporter(exporter: tracing.SpanExporter): tracing.SpanExporter {
  return {
    export: (spans, done) => exporter.export(spans.map(discreet), done),
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => await exporter.forceFlush?.(),
  };
}

function discreet(span: tracing.ReadableSpan): tracing.ReadableSpan {
  return Object.create(span, {
    attributes: { value: pick(span.attributes, allowed) },
    events: {
      value: span.events.map((event) => ({
        ...event,
        attributes: pick(event.attributes ?? {}, allowedOfEvents),
      })),
    },
    // Its message is the exception's.
    status: { value: { code: span.status.code } },
  });
}

function pick<Value>(
  from: Readonly<Record<string, Value>>,
  names: ReadonlySet<string>,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(from).filter(([name]) => names.has(name)));
}
