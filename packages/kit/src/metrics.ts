import { trace } from '@opentelemetry/api';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

export type HttpObservation = {
  method: string;
  /** The route's pattern (`/api/v1/products/:productId`), never the path asked for: labels stay bounded. */
  route: string;
  statusCode: number;
  durationSeconds: number;
};

export type Metrics = {
  registry: Registry;
  /** Counts a request, and tells its route to the span that is running. */
  observeHttp(observation: HttpObservation): void;
};

const knownMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** The design's two HTTP metrics and the process's own, in a registry of one service. */
export function createMetrics(service: string): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  const labelNames = ['method', 'route', 'status_code'] as const;
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Duration of HTTP requests in seconds',
    labelNames,
    registers: [registry],
  });
  const total = new Counter({
    name: 'http_requests_total',
    help: 'Total number of HTTP requests',
    labelNames,
    registers: [registry],
  });
  return {
    registry,
    observeHttp({ method, route, statusCode, durationSeconds }) {
      const labels = {
        method: knownMethods.has(method) ? method : 'OTHER',
        route,
        status_code: String(statusCode),
      };
      duration.observe(labels, durationSeconds);
      total.inc(labels);
      trace.getActiveSpan()?.setAttribute('http.route', route);
    },
  };
}
