import type { ErrorCode } from '@commerce/kit/error-catalogue';
import type { z } from 'zod';
import type { Execute } from './operations.ts';

export type RestRequest = {
  /** Decoded; a path's parameters are never absent. */
  params: Readonly<Record<string, string>>;
  query: unknown;
  /** Parsed JSON; undefined without a body. */
  body: unknown;
  headers: Readonly<Record<string, string | undefined>>;
};

export type EndpointAnswer<Data> = { data: Data; headers?: Record<string, string> };

type EndpointRequest = {
  params?: z.ZodObject;
  query?: z.ZodObject;
  headers?: z.ZodObject;
  body?: z.ZodType;
  /** The design's example of the body. */
  bodyExample?: unknown;
};

type EndpointOptions<Data> = {
  method: 'get' | 'post' | 'put' | 'delete';
  /** As OpenAPI writes it, below /api/v1: `/cart/items/{itemId}`. */
  path: string;
  operationId: string;
  tag: string;
  summary: string;
  description?: string;
  /** Needs an access token. */
  isPrivate: boolean;
  /** What validates the request and describes it. */
  request?: EndpointRequest;
  status: 200 | 201;
  /** What `data` of the answer looks like. */
  data: z.ZodType<Data>;
  /** Where the design's example has a message. */
  message?: string;
  /** The design's example of `data`. */
  example: Data;
  /** Codes that this endpoint adds to those that all give. */
  errors: readonly ErrorCode[];
  handle(request: RestRequest, execute: Execute): Promise<EndpointAnswer<Data>>;
};

export type Endpoint = EndpointOptions<unknown>;

/** One REST endpoint: what it takes and gives, for the documentation, and the function that does it. */
export function defineEndpoint<Data>(options: EndpointOptions<Data>): Endpoint {
  return options;
}
