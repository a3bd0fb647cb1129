import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { GraphQLInstrumentation } from '@opentelemetry/instrumentation-graphql';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { IORedisInstrumentation } from '@opentelemetry/instrumentation-ioredis';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { createDiscreetExporter } from './discreet-spans.ts';

/** Paths that orchestrators ask for all the time: a trace of each would drown the rest. */
const probePaths = new Set(['/health', '/ready', '/metrics']);

/** Starts OpenTelemetry where OTEL_EXPORTER_OTLP_ENDPOINT is set. Loaded with `--import` before
 *  anything else, because it patches modules as they load: this file reads the environment itself. */
const endpoint = process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
if (endpoint) {
  const sdk = new NodeSDK({
    traceExporter: createDiscreetExporter(new OTLPTraceExporter()),
    // Metrics are scraped from /metrics, logs are written to standard output.
    metricReaders: [],
    logRecordProcessors: [],
    instrumentations: [
      new HttpInstrumentation({
        ignoreIncomingRequestHook: (request) => probePaths.has((request.url ?? '').split('?', 1)[0] ?? ''),
      }),
      new UndiciInstrumentation(),
      new GraphQLInstrumentation({ ignoreTrivialResolveSpans: true, mergeItems: true }),
      new IORedisInstrumentation(),
    ],
  });
  sdk.start();
  const stop = () => void sdk.shutdown().catch(() => undefined);
  process.once('beforeExit', stop);
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}
