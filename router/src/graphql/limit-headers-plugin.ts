import type { ApolloServerPlugin } from '@apollo/server';
import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import { z } from 'zod';
import type { RouterContext } from '../data-source.ts';
import { errorHeaders } from '../http/headers.ts';

/** Lets limits of single fields reach the answer's head, where HTTP clients and proxies look. The longest wait is told:
 *  who keeps it finds every field open again. */
export function createLimitHeadersPlugin(): ApolloServerPlugin<RouterContext> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ response }) {
          if (response.body.kind !== 'single') return;
          const { singleResult } = response.body;
          const refusals = refusalsOf(singleResult.errors ?? []);
          const [longest] = refusals.map(({ extensions }) => extensions).sort(byWait);
          if (!longest) return;
          for (const [name, value] of Object.entries(errorHeaders(longest))) {
            response.http.headers.set(name.toLowerCase(), value);
          }
          if (isRefusedWhole(singleResult.data, refusals)) response.http.status = 429;
        },
      };
    },
  };
}

const refusalSchema = z.object({
  path: z.array(z.unknown()).min(1),
  extensions: z.object({
    code: z.literal('RATE_001'),
    retryAfterSeconds: z.number(),
    details: z.unknown(),
  }),
});

type Refusal = z.output<typeof refusalSchema>;

function refusalsOf(errors: readonly GraphQLFormattedError[]): Refusal[] {
  return errors.flatMap((error) => refusalSchema.safeParse(error).data ?? []);
}

const byWait = (a: Refusal['extensions'], b: Refusal['extensions']) =>
  b.retryAfterSeconds - a.retryAfterSeconds;

/** Where every field of the operation was refused. An answer that holds anything else stays 200: clients read no data
 *  of a 429. */
function isRefusedWhole(data: FormattedExecutionResult['data'], refusals: readonly Refusal[]): boolean {
  const refused = new Set(refusals.map(({ path }) => path[0]));
  return Object.entries(data ?? {}).every(([field, value]) => value === null && refused.has(field));
}
