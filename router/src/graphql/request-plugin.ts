import type { ApolloServerPlugin, GraphQLRequestContextWillSendResponse } from '@apollo/server';
import { AppError, validationError } from '@commerce/kit/errors';
import { publicExtensions } from '@commerce/kit/graphql-errors';
import { type FormattedExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql';
import { z } from 'zod';
import type { RouterContext } from '../data-source.ts';
import type { CostGuard } from './cost-guard.ts';
import { findImpossibleLiteral } from './impossible-literals.ts';
import type { OperationLimits } from './operation-limits.ts';
import { findVariableFaults } from './variable-faults.ts';

/** What is the router's own in the life of an operation, whether it came by HTTP or from the REST layer. */
export function createRequestPlugin(deps: {
  costs: CostGuard;
  limits: OperationLimits;
}): ApolloServerPlugin<RouterContext> {
  const { costs, limits } = deps;
  return {
    async serverWillStart() {
      return {
        schemaDidLoadOrUpdate({ coreSupergraphSdl }) {
          if (coreSupergraphSdl !== undefined) costs.readSchema(coreSupergraphSdl);
        },
      };
    },
    async requestDidStart() {
      return {
        async didResolveOperation({ schema, source, document, operation, request, response, contextValue }) {
          limits.remember(source);
          // Left to itself, the gateway reports it as a bug of its own.
          if (!operation) throw unknownOperation();
          const fault = findImpossibleLiteral(source, document);
          if (fault !== null) throw badDocument(fault);
          const faults = findVariableFaults(schema, operation, request.variables ?? {});
          if (faults.length > 0) throw badVariables(faults);
          const { clientAddress: address } = contextValue;
          // What the router asks itself, for REST, is fixed, and limited by the request.
          if (address === undefined) return;
          const asked = { document, operation, variables: request.variables ?? {} };
          await costs.charge(asked, { address, headers: response.http.headers }).catch(refuse);
        },
        async willSendResponse(context) {
          if (context.response.body.kind !== 'single') return;
          const result = context.response.body.singleResult;
          const errors = result.errors ?? missingFields(result);
          // Only ever the gateway's remarks to itself.
          delete result.extensions;
          if (!errors) return;
          const { requestId } = context.contextValue.caller;
          result.errors = errors.map((error) => withRequestId(error, requestId));
          if (isAnsweredWith200(context)) context.response.http.status = 200;
        },
      };
    },
  };
}

function unknownOperation(): GraphQLError {
  return new GraphQLError('Name the operation to run: operationName fits none, or several', {
    extensions: { code: 'OPERATION_RESOLUTION_FAILURE', http: { status: 400 } },
  });
}

function badDocument(fault: string): GraphQLError {
  return new GraphQLError(fault, {
    extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
  });
}

/** Apollo answers 500 to what does not tell its status. */
function refuse(error: unknown): never {
  if (!(error instanceof AppError)) throw error;
  throw new GraphQLError(error.message, {
    originalError: error,
    extensions: { http: { status: error.httpStatus } },
  });
}

function badVariables(faults: Parameters<typeof validationError>[0]): GraphQLError {
  const error = validationError(faults);
  return new GraphQLError(error.message, {
    originalError: error,
    extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
  });
}

const completionSchema = z.object({
  valueCompletion: z.array(z.object({ path: z.array(z.union([z.string(), z.number()])).min(1) })),
});

/** Where a subgraph's answer lacks what its schema promised, the gateway nulls the nearest nullable field and
 *  mentions it in `extensions` only. Deep down that is how a thing that no longer exists looks, such as the product
 *  of a cart line; a whole field of the operation that went missing is a failure, and has to be told as one. */
function missingFields({ data, extensions }: FormattedExecutionResult): GraphQLFormattedError[] | undefined {
  const parsed = completionSchema.safeParse(extensions);
  if (!parsed.success) return undefined;
  const fields = new Set(parsed.data.valueCompletion.map(({ path }) => path[0]));
  const missing = [...fields].filter((field) => field !== undefined && data?.[field] == null);
  if (missing.length === 0) return undefined;
  const fault = new AppError('SYS_002');
  return missing.map((field) => ({
    message: fault.message,
    ...(field === undefined ? {} : { path: [field] }),
    extensions: { ...publicExtensions(fault) },
  }));
}

export function withRequestId(error: GraphQLFormattedError, requestId: string): GraphQLFormattedError {
  return { ...error, extensions: { ...error.extensions, requestId } };
}

const documentFaults: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
]);

/** The specification wants 200 for a well-formed request whose document or variables are at fault, where the client
 *  asked for application/json by name, and 400 where it knows application/graphql-response+json. */
function isAnsweredWith200({
  request,
  response,
  errors = [],
}: GraphQLRequestContextWillSendResponse<RouterContext>): boolean {
  const accept = request.http?.headers.get('accept') ?? '';
  const isLegacy = accept.includes('application/json') && !accept.includes('graphql-response+json');
  return (
    isLegacy &&
    response.http.status === 400 &&
    errors.length > 0 &&
    errors.every(({ extensions }) => documentFaults.has(extensions.code))
  );
}
