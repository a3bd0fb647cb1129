import { createFieldLimits, type FieldCall, type FieldLimits } from '@commerce/kit/field-limits';
import type { LimiterOptions } from '@commerce/kit/limiter';
import { z } from 'zod';
import type { UsersContext } from '../context.ts';
import { email } from '../domain/fields.ts';
import type { RefreshTokens } from '../domain/refresh-tokens.ts';

export type LimitOptions = {
  /** Calls of one client to each field with @rateLimit in one window, and for one account with @accountLimit. */
  max: number;
  /** The same of fields whose limit is called "refresh". */
  refreshMax?: number;
  windowSeconds: number;
  /** Where calls are counted, for all instances together; null: in this process. */
  redis: LimiterOptions['redis'];
};

type AccountNeeds = {
  refreshTokens: RefreshTokens;
  hashKey(text: string): string;
};

/** Implements @rateLimit and @accountLimit of this subgraph. */
export function createLimits(options: LimitOptions, needs: AccountNeeds): FieldLimits {
  const { max, refreshMax = max, windowSeconds, redis } = options;
  return createFieldLimits<UsersContext>({
    redis,
    windowSeconds,
    limits: { auth: max, refresh: refreshMax },
    accountOf: (call) => accountOf(call, needs),
  });
}

const inputWithEmail = z.object({ input: z.object({ email }) });
const inputWithToken = z.object({ input: z.object({ refreshToken: z.string() }) });

/** What a caller only claims must not use up another's calls: a token counts once its signature is right, and for its
 *  session alone, since whoever has one of a session that is over may go on for ever. An address counts as it is; only
 *  what a flood of calls does to its owner may be limited by it. */
function accountOf({ args, context }: FieldCall<UsersContext>, needs: AccountNeeds): string | null {
  const withEmail = inputWithEmail.safeParse(args).data;
  if (withEmail) return needs.hashKey(withEmail.input.email);
  const withToken = inputWithToken.safeParse(args).data;
  if (withToken) {
    const token = needs.refreshTokens.read(withToken.input.refreshToken);
    return token && !token.isExpired ? token.familyId : null;
  }
  return context.viewer.kind === 'user' ? context.viewer.userId : null;
}
