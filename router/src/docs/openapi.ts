import type { ErrorCode } from '@commerce/kit/error-catalogue';
import { AppError } from '@commerce/kit/errors';
import { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponseObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi';
import type { Endpoint } from '../rest/endpoint.ts';
import { endpoints } from '../rest/endpoints.ts';
import { errorEnvelopeOf } from '../rest/envelope.ts';
import { REST_BASE } from '../rest/routes.ts';
import { errorEnvelope } from '../rest/schemas/error.ts';

export type OpenApiDocument = ReturnType<typeof createDocument>;

const description = `REST layer of the shop for clients that do not speak GraphQL. Each endpoint is one GraphQL operation.

Every answer carries \`X-Request-Id\`; send your own to find a request in the logs again. Requests are counted by
client address: \`RateLimit-Limit\`, \`RateLimit-Remaining\` and \`RateLimit-Reset\` tell how many are left.`;

/** Describes the REST layer by the same schemas that validate its requests. */
export function createOpenApiDocument(): OpenApiDocument {
  return createDocument({
    openapi: '3.1.0',
    info: { title: 'Commerce REST API', version: '1.0.0', description },
    servers: [{ url: '/', description: 'This server' }],
    tags: [...new Set(endpoints.map(({ tag }) => tag))].map((name) => ({ name })),
    paths: describePaths(),
    components: {
      securitySchemes: {
        accessToken: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'From POST /users/login.',
        },
      },
    },
  });
}

function describePaths(): ZodOpenApiPathsObject {
  const shared = describeSharedFaults();
  const paths: ZodOpenApiPathsObject = {};
  for (const endpoint of endpoints) {
    const path = `${REST_BASE}${endpoint.path}`;
    paths[path] = { ...paths[path], [endpoint.method]: describeEndpoint(endpoint, shared) };
  }
  return paths;
}

function describeEndpoint(endpoint: Endpoint, shared: SharedResponses): ZodOpenApiOperationObject {
  const { request = {} } = endpoint;
  return {
    operationId: endpoint.operationId,
    tags: [endpoint.tag],
    summary: endpoint.summary,
    ...(endpoint.description === undefined ? {} : { description: endpoint.description }),
    // An empty list says that no token is needed; a token that is sent is read all the same.
    security: endpoint.isPrivate ? [{ accessToken: [] }] : [],
    requestParams: {
      ...(request.params ? { path: request.params } : {}),
      ...(request.query ? { query: request.query } : {}),
      ...(request.headers ? { header: request.headers } : {}),
    },
    ...(request.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: request.body, example: request.bodyExample } },
          },
        }
      : {}),
    responses: { [`${endpoint.status}`]: describeSuccess(endpoint), ...describeErrors(endpoint, shared) },
  };
}

const replayHeader = {
  'Idempotent-Replayed': {
    description: 'true where this is the stored answer of an earlier request with the same key.',
    schema: { type: 'string' as const },
  },
};
const answerHeaders = {
  'X-Request-Id': { description: 'Id of the request.', schema: { type: 'string' as const } },
};

function describeSuccess(endpoint: Endpoint) {
  const message = endpoint.message === undefined ? {} : { message: z.literal(endpoint.message) };
  return {
    description: endpoint.summary,
    headers: endpoint.request?.headers ? { ...answerHeaders, ...replayHeader } : answerHeaders,
    content: {
      'application/json': {
        schema: z.object({ success: z.literal(true), data: endpoint.data, ...message }),
        example: {
          success: true,
          data: endpoint.example,
          ...(endpoint.message === undefined ? {} : { message: endpoint.message }),
        },
      },
    },
  };
}

type SharedResponses = Readonly<Record<number, ZodOpenApiResponseObject>>;

/** Failures that every endpoint of a kind has in common, described once. */
function describeSharedFaults(): SharedResponses {
  const tooLarge = new AppError('VAL_001', 'The body is larger than 100 KB', { httpStatus: 413 });
  const notJson = new AppError('VAL_001', 'The body must be application/json', { httpStatus: 415 });
  const retryAfterSeconds = 2;
  return {
    401: { id: 'NotLoggedIn', ...describeFaults([new AppError('AUTH_002'), new AppError('AUTH_003')]) },
    413: { id: 'BodyTooLarge', ...describeFaults([tooLarge]) },
    415: { id: 'NotJson', ...describeFaults([notJson]) },
    429: {
      id: 'TooManyRequests',
      ...describeFaults([new AppError('RATE_001', undefined, { retryAfterSeconds })]),
    },
    500: { id: 'InternalError', ...describeFaults([new AppError('SYS_001')]) },
    503: {
      id: 'Unavailable',
      ...describeFaults([new AppError('SYS_002', undefined, { retryAfterSeconds })]),
    },
  };
}

function describeErrors(endpoint: Endpoint, shared: SharedResponses): ZodOpenApiResponsesObject {
  const hasBody = endpoint.request?.body !== undefined;
  const own = ownFaults(endpoint);
  const ownStatuses = new Set(own.map(({ httpStatus }) => httpStatus));
  const sharedStatuses = [
    ...(endpoint.isPrivate ? [401] : []),
    ...(hasBody ? [413, 415] : []),
    429,
    500,
    503,
  ];
  const common = Object.entries(shared).filter(([status]) => sharedStatuses.includes(Number(status)));
  const specific = [...ownStatuses].map((status) => {
    const faults = own.filter(({ httpStatus }) => httpStatus === status);
    return [`${status}`, describeFaults(faults)] as const;
  });
  return Object.fromEntries([...common, ...specific]);
}

function ownFaults(endpoint: Endpoint): AppError[] {
  const bodyCodes: ErrorCode[] = endpoint.request?.body ? ['VAL_001', 'VAL_002'] : [];
  const otherBody = new AppError('VAL_001', 'The key was used with another body', { httpStatus: 422 });
  return [
    ...[...bodyCodes, ...endpoint.errors].map((code) => new AppError(code)),
    ...(endpoint.request?.headers ? [otherBody] : []),
  ];
}

const exampleOrigin = { path: `${REST_BASE}/...`, requestId: '0b1e3c5a-7d9f-4b1d-8e3a-5c7f9b1d3e5a' };
const retryAfter = {
  'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' as const } },
};

function describeFaults(faults: readonly AppError[]) {
  const hasRetry = faults.some(({ retryAfterSeconds }) => retryAfterSeconds !== undefined);
  const examples = faults.map((fault) => [
    fault.code,
    { value: errorEnvelopeOf(fault, exampleOrigin, new Date('2024-01-15T10:30:00Z')) },
  ]);
  return {
    description: `${faults.map(({ code, message }) => `${code}: ${message}`).join('. ')}.`,
    headers: hasRetry ? { ...answerHeaders, ...retryAfter } : answerHeaders,
    content: { 'application/json': { schema: errorEnvelope, examples: Object.fromEntries(examples) } },
  };
}
