import type { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { Logger } from '@commerce/kit/logger';
import type { RouterContext } from '../data-source.ts';
import type { PersistedDocuments } from '../persisted-documents/persisted-documents.ts';
import type { CostGuard } from './cost-guard.ts';
import { createDocumentStore } from './document-store.ts';
import { createErrorFormatter } from './error-format.ts';
import { createLimitHeadersPlugin } from './limit-headers-plugin.ts';
import { MAX_TOKENS, type OperationLimits } from './operation-limits.ts';
import { createRequestPlugin } from './request-plugin.ts';
import { MAX_FAULTS } from './variable-faults.ts';

export type GraphqlServer = ApolloServer<RouterContext>;

/** The server of the public schema. REST operations run in it as well. */
export function createGraphqlServer(options: {
  gateway: ApolloGateway;
  persistedDocuments: PersistedDocuments;
  costs: CostGuard;
  limits: OperationLimits;
  isProduction: boolean;
  logger: Logger;
}): GraphqlServer {
  return new ApolloServer<RouterContext>({
    gateway: options.gateway,
    nodeEnv: options.isProduction ? 'production' : 'development',
    introspection: !options.isProduction,
    hideSchemaDetailsFromClientErrors: options.isProduction,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    parseOptions: { maxTokens: MAX_TOKENS },
    validationOptions: { maxErrors: MAX_FAULTS },
    allowBatchedHttpRequests: false,
    documentStore: createDocumentStore(),
    persistedQueries: { cache: options.persistedDocuments.cache },
    stopOnTerminationSignals: false,
    formatError: createErrorFormatter(options.logger),
    logger: options.logger.child({ component: 'graphql' }, { level: 'warn' }),
    plugins: [
      createRequestPlugin(options),
      createLimitHeadersPlugin(),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
}
