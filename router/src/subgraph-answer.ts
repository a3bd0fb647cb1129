import { isErrorCode } from '@commerce/kit/error-catalogue';
import { AppError } from '@commerce/kit/errors';
import { publicExtensions } from '@commerce/kit/graphql-errors';
import type { GraphQLFormattedError } from 'graphql';
import { z } from 'zod';

/** What the gateway is given of a subgraph's answer. */
export type SubgraphAnswer = {
  data?: Record<string, unknown> | null;
  errors?: GraphQLFormattedError[];
};

type Path = readonly (string | number)[];

const errorSchema = z.object({
  message: z.string().max(2_000),
  path: z.array(z.union([z.string(), z.number()])).nullish(),
  extensions: z
    .object({
      code: z.string(),
      httpStatus: z.int().min(400).max(599),
      details: z.unknown().optional(),
      retryAfterSeconds: z.int().min(0),
    })
    .partial()
    .nullish(),
});

const answerSchema = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(errorSchema).max(10_000).nullish(),
});

/** Reads a subgraph's answer: keeps its data as it is, and of its errors only what the catalogue knows.
 *  @param entityCount how many entities were asked for, null where it was no entity fetch
 *  @throws Error where it is no answer to that request */
export function readSubgraphAnswer(body: unknown, entityCount: number | null): SubgraphAnswer {
  const { data, errors } = answerSchema.parse(body);
  if (data && entityCount !== null) requireEntities(data, entityCount);
  if (!data && !errors?.length) throw new Error('An answer has data or errors');
  return {
    data: data ?? null,
    ...(errors?.length ? { errors: errors.map(cleanError) } : {}),
  };
}

/** The gateway joins by position, and only trusts that the list is as long as asked. */
function requireEntities(data: Record<string, unknown>, count: number): void {
  const entities = data._entities;
  const isList = Array.isArray(entities) && entities.length === count;
  if (!isList || !entities.every((entity) => typeof entity === 'object' && !Array.isArray(entity))) {
    throw new Error('Not the entities that were asked for');
  }
}

function cleanError(error: z.output<typeof errorSchema>): GraphQLFormattedError {
  const { code, httpStatus, details, retryAfterSeconds } = error.extensions ?? {};
  if (!isErrorCode(code)) return formatted(new AppError('SYS_001'), error.path);
  const options = {
    details,
    ...(httpStatus === undefined ? {} : { httpStatus }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
  return formatted(new AppError(code, error.message, options), error.path);
}

function formatted(error: AppError, path: Path | null | undefined): GraphQLFormattedError {
  return {
    message: error.message,
    ...(path ? { path } : {}),
    extensions: { ...publicExtensions(error) },
  };
}

/** So many fields of one fetch are named as failed; a page of a hundred orders need not be listed twice. */
const MAX_FAILED_PATHS = 100;

/** The answer that stands for a subgraph that gave none: one error for each field it was to resolve.
 *  @param paths of those fields, as the subgraph would have given them */
export function failedAnswer(paths: readonly Path[]): SubgraphAnswer {
  const error = new AppError('SYS_002', undefined, { retryAfterSeconds: 2 });
  const failed: readonly (Path | undefined)[] = paths.length === 0 ? [undefined] : paths;
  return { errors: failed.slice(0, MAX_FAILED_PATHS).map((path) => formatted(error, path)) };
}
