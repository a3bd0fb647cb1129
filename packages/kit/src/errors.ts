import type { z } from 'zod';
import { type ErrorCode, errorCatalogue } from './error-catalogue.ts';

/** One fault of one input field; never echoes the submitted value. */
export type FieldFault = { field: string; message: string };

export type AppErrorOptions = {
  /** Shown to the caller as `details`. Must hold nothing secret. */
  details?: unknown;
  /** Overrides the catalogue's status where a transport needs another (405, 413, 415, 422). */
  httpStatus?: number | undefined;
  /** Seconds after which a retry makes sense; becomes `Retry-After`. */
  retryAfterSeconds?: number | undefined;
  cause?: unknown;
};

/** A failure that the caller may be told of. Anything else that is thrown is a bug and becomes SYS_001. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly httpStatus: number;
  readonly details: unknown;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ErrorCode,
    message: string = errorCatalogue[code].message,
    options: AppErrorOptions = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.httpStatus = options.httpStatus ?? errorCatalogue[code].httpStatus;
    this.details = options.details;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** VAL_002 where required fields are absent or null and nothing else is wrong, else VAL_001. */
export function validationError(faults: readonly (FieldFault & { isMissing: boolean })[]): AppError {
  const onlyMissing = faults.every((fault) => fault.isMissing);
  const details = faults.map(({ field, message }) => ({ field, message }));
  return onlyMissing
    ? new AppError('VAL_002', 'Missing required field', { details })
    : new AppError('VAL_001', 'Validation failed', { details });
}

/** Parses untrusted input.
 *  @param input as received; unknown keys are dropped by object schemas
 *  @throws AppError VAL_001 or VAL_002 with `details: [{ field, message }]` */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw validationError(
    parsed.error.issues.map((issue) => ({
      field: issue.path.map(String).join('.'),
      message: isMissing(issue) ? 'is required' : issue.message,
      isMissing: isMissing(issue),
    })),
  );
}

function isMissing(issue: z.core.$ZodIssue): boolean {
  const isTyped = issue.code === 'invalid_type' || issue.code === 'invalid_value';
  return isTyped && (issue.input === undefined || issue.input === null);
}

export function assertNever(value: never): never {
  throw new Error(`Unexpected variant: ${typeof value}`);
}
