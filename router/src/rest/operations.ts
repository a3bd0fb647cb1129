import { readdir, readFile } from 'node:fs/promises';
import { isErrorCode } from '@commerce/kit/error-catalogue';
import { AppError } from '@commerce/kit/errors';
import type { Caller } from '@commerce/kit/viewer';
import type { GraphQLFormattedError } from 'graphql';
import { z } from 'zod';
import type { GraphqlServer } from '../graphql/server.ts';

/** GraphQL documents of the REST layer by the name of their one operation. */
export type Operations = ReadonlyMap<string, string>;

/** The same from src/ and from dist/: the documents are not compiled. */
const folder = new URL('../../src/rest/operations/', import.meta.url);

export async function loadOperations(): Promise<Operations> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.graphql'));
  const texts = await Promise.all(
    files.map(
      async (file) => [file.replace('.graphql', ''), await readFile(new URL(file, folder), 'utf8')] as const,
    ),
  );
  return new Map(texts);
}

type OperationCall<Schema extends z.ZodType> = {
  /** Name of a document in operations/. */
  name: string;
  variables?: Record<string, unknown>;
  /** What its data must look like; may shape it as well. */
  answer: Schema;
  /** Errors that may stay unsaid because the answer says enough without their fields. */
  tolerate?: (error: GraphQLFormattedError) => boolean;
};

/** Runs an operation in this process, through the same gateway as any other.
 *  @throws AppError of the first error in the answer */
export type Execute = <Schema extends z.ZodType>(call: OperationCall<Schema>) => Promise<z.output<Schema>>;

export function createExecute(deps: {
  server: GraphqlServer;
  operations: Operations;
  caller: Caller;
}): Execute {
  return async ({ name, variables = {}, answer, tolerate }) => {
    const query = deps.operations.get(name);
    if (query === undefined) throw new Error(`No operation is called ${name}`);
    const { body } = await deps.server.executeOperation(
      { query, variables, operationName: name },
      { contextValue: { caller: deps.caller } },
    );
    if (body.kind !== 'single') throw new Error('The gateway does not answer in parts');
    const { data, errors = [] } = body.singleResult;
    const fatal = errors.find((error) => !tolerate?.(error));
    if (fatal) throw toAppError(fatal);
    const parsed = answer.safeParse(data);
    if (parsed.success) return parsed.data;
    throw new AppError('SYS_002', undefined, { cause: parsed.error, retryAfterSeconds: 2 });
  };
}

const extensionsSchema = z.object({
  code: z.string().refine(isErrorCode),
  httpStatus: z.int(),
  details: z.unknown().optional(),
  retryAfterSeconds: z.number().optional(),
});

function toAppError({ message, extensions }: GraphQLFormattedError): AppError {
  const parsed = extensionsSchema.safeParse(extensions);
  if (!parsed.success) return new AppError('SYS_001');
  const { code, httpStatus, details, retryAfterSeconds } = parsed.data;
  return new AppError(code, message, {
    httpStatus,
    details,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
}
