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

/** Logs of a service that is a process of its own. Whoever forgot NODE_ENV is told: it is open in development, as for
 *  links with tokens in logs, the schema and webhooks to inner addresses. */
export function createProcessLogger(
  service: string,
  config: { NODE_ENV: string; LOG_LEVEL: string },
  destination?: pino.DestinationStream,
): Logger {
  const options = { service, level: config.LOG_LEVEL };
  const logger = createLogger(destination ? { ...options, destination } : options);
  if (config.NODE_ENV === 'development')
    logger.warn('Runs in development mode, which is not safe in public: set NODE_ENV=production there');
  return logger;
}

function traceIds(): Record<string, string> {
  const span = trace.getSpanContext(context.active());
  return span ? { traceId: span.traceId, spanId: span.spanId } : {};
}
