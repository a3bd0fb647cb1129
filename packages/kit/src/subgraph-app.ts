import { ApolloServer, type BaseContext } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/resolverMap.js';
import { type GraphQLSchema, parse } from 'graphql';
import type { Registry } from 'prom-client';
import { createErrorLog, formatSubgraphError } from './graphql-errors.ts';
import type { Logger } from './logger.ts';
import { scalarResolvers } from './scalars.ts';
import type { Caller } from './viewer.ts';

/** A subgraph without its listener: the executable server and what one request needs. */
export type SubgraphApp<Context extends BaseContext = BaseContext> = {
  name: string;
  server: ApolloServer<Context>;
  /** Makes the viewer and the loaders of one request. */
  createContext(caller: Caller): Context;
  /** @throws AppError SYS_002 while something the subgraph cannot work without is away */
  checkReady(): Promise<void>;
  /** Adds metrics of the subgraph's own to those that every service has. */
  registerMetrics?(registry: Registry): void;
};

export type SubgraphServerOptions = {
  /** The subgraph's SDL, Federation 2. */
  typeDefs: string;
  // biome-ignore lint/suspicious/noExplicitAny: generated resolver types fit only the widest map
  resolvers: Record<string, any>;
  logger: Logger;
  /** Applied to the built schema, for directives that wrap resolvers. */
  transformSchema?: (schema: GraphQLSchema) => GraphQLSchema;
};

/** Builds a subgraph's Apollo Server. Introspection stays off: composition reads the SDL file. */
export function createSubgraphServer<Context extends BaseContext>(
  options: SubgraphServerOptions,
): ApolloServer<Context> {
  const resolvers: GraphQLResolverMap<unknown> = { ...scalarResolvers, ...options.resolvers };
  const schema = buildSubgraphSchema({ typeDefs: parse(options.typeDefs), resolvers });
  return new ApolloServer<Context>({
    schema: options.transformSchema ? options.transformSchema(schema) : schema,
    formatError: formatSubgraphError,
    introspection: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    // The router is the only caller: it sends JSON and a token that no browser has.
    csrfPrevention: false,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    plugins: [
      createErrorLog(options.logger),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
    logger: options.logger,
  });
}
