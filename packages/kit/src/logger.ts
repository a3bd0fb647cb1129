import { context, trace } from '@opentelemetry/api';
import pino from 'pino';

export type Logger = pino.Logger;

/** Where a value under one of these names may be a secret, wherever it stands in a log line. */
const secretPaths = [
  'password',
  'token',
  'accessToken',
  'refreshToken',
  'authorization',
  'cookie',
  'newPassword',
  'currentPassword',
].flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** Structured logs: one JSON object a line, with trace and span ids where a trace is running. */
export function createLogger(options: {
  service: string;
  level: string;
  destination?: pino.DestinationStream;
}): Logger {
  const settings: pino.LoggerOptions = {
    level: options.level,
    base: { service: options.service },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: secretPaths, censor: '[redacted]' },
    mixin: traceIds,
  };
  return options.destination ? pino(settings, options.destination) : pino(settings);
}

function traceIds(): Record<string, string> {
  const span = trace.getSpanContext(context.active());
  return span ? { traceId: span.traceId, spanId: span.spanId } : {};
}
