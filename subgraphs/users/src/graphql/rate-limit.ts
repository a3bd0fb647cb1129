import { AppError } from '@commerce/kit/errors';
import { type GraphQLSchema, Kind, parse, print } from 'graphql';
import { rateLimitDirective } from 'graphql-rate-limit-directive';
import type { LimiterStore } from '../clients/limiter-store.ts';
import type { UsersContext } from '../context.ts';
import { clientBucket } from './client-bucket.ts';

export type Limits = {
  /** Gives the SDL's @rateLimit the configured values as defaults. */
  configure(sdl: string): string;
  /** Makes the fields count. To be applied to the built schema. */
  transform(schema: GraphQLSchema): GraphQLSchema;
};

/** Implements @rateLimit: each field counts the calls of each client address. */
export function createLimits(
  { max, windowSeconds }: { max: number; windowSeconds: number },
  store: LimiterStore,
): Limits {
  const directive = rateLimitDirective<UsersContext, LimiterStore['limiterOptions']>({
    ...store,
    defaultLimit: String(max),
    defaultDuration: String(windowSeconds),
    keyGenerator: (...[, , , { clientAddress }, info]) => `${info.fieldName}:${clientBucket(clientAddress)}`,
    onLimit: ({ msBeforeNext }) => {
      const retryAfterSeconds = Math.max(1, Math.ceil(msBeforeNext / 1000));
      throw new AppError('RATE_001', undefined, { retryAfterSeconds, details: { retryAfterSeconds } });
    },
  });
  return {
    // The directive reads the limit from the arguments: where the SDL gives none, its definition must.
    configure: (sdl) => {
      const document = parse(sdl);
      const definitions = document.definitions.filter(
        (node) => node.kind !== Kind.DIRECTIVE_DEFINITION || node.name.value !== 'rateLimit',
      );
      return `${print({ ...document, definitions })}\n${directive.rateLimitDirectiveTypeDefs}`;
    },
    transform: directive.rateLimitDirectiveTransformer,
  };
}
