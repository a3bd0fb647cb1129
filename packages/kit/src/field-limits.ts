import { createHmac } from 'node:crypto';
import {
  type ASTNode,
  type ConstDirectiveNode,
  type GraphQLSchema,
  Kind,
  parse,
  print,
  visit,
} from 'graphql';
import { rateLimitDirective } from 'graphql-rate-limit-directive';
import type { Redis } from 'ioredis';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { clientBucket } from './client-bucket.ts';
import { limitError, openBuckets } from './limiter.ts';
import type { Viewer } from './viewer.ts';

export type FieldLimits = {
  /** Writes the configured limits into an SDL's uses of @rateLimit and @accountLimit. */
  configure(sdl: string): string;
  /** Makes the fields count. To be applied to the built schema. */
  transform(schema: GraphQLSchema): GraphQLSchema;
};

type LimitedContext = { viewer: Viewer; clientAddress: string };

export type FieldCall<Context> = {
  field: string;
  args: Readonly<Record<string, unknown>>;
  context: Context;
};

export type FieldLimitOptions<Context> = {
  /** Where calls are counted, for all instances together; null: in this process. */
  redis: Redis | null;
  windowSeconds: number;
  /** Calls allowed in one window, by the name that the SDL calls the limit by. */
  limits: Readonly<Record<string, number>>;
  /** Whose account a call is about: null where that cannot be told, and @accountLimit counts nothing. */
  accountOf(call: FieldCall<Context>): string | null;
};

/** Implements @rateLimit, which counts the calls of each client, and @accountLimit, which counts those for each account,
 *  by graphql-rate-limit-directive. Both count every use of a field: aliases, too. */
export function createFieldLimits<Context extends LimitedContext>(
  options: FieldLimitOptions<Context>,
): FieldLimits {
  const { redis, accountOf } = options;
  // The directive makes its limiters by `new`, one for each number of calls allowed.
  const limiterClass = new Proxy(RateLimiterMemory, {
    construct: (_, [{ keyPrefix: name, points: limit, duration: windowSeconds }]) =>
      openBuckets({ redis, name, limit, windowSeconds }),
  });
  const onLimit = ({ msBeforeNext }: { msBeforeNext: number }, args: { limit: number; duration: number }) => {
    const resetSeconds = Math.max(1, Math.ceil(msBeforeNext / 1000));
    throw limitError({ limit: args.limit, windowSeconds: args.duration, resetSeconds });
  };
  const shared = { limiterClass, onLimit };
  const byClient = rateLimitDirective<Context, { keyPrefix: string }>({
    ...shared,
    name: CLIENT_DIRECTIVE,
    limiterOptions: { keyPrefix: 'client' },
    keyGenerator: (...[, , , { clientAddress }, info]) =>
      `${info.fieldName}:${clientBucket(clientAddress) ?? clientAddress}`,
  });
  const byAccount = rateLimitDirective<Context, { keyPrefix: string }>({
    ...shared,
    name: ACCOUNT_DIRECTIVE,
    limiterOptions: { keyPrefix: 'account' },
    pointsCalculator: (...[, , args, context, info]) =>
      accountOf({ field: info.fieldName, args, context }) === null ? 0 : 1,
    keyGenerator: (...[, , args, context, info]) =>
      `${info.fieldName}:${accountOf({ field: info.fieldName, args, context })}`,
  });
  return {
    configure: (sdl) => print(visit(parse(sdl), { enter: (node) => configured(node, options) })),
    // The client's turn comes first: whom it refuses must not use up what the account may.
    transform: (schema) =>
      byClient.rateLimitDirectiveTransformer(byAccount.rateLimitDirectiveTransformer(schema)),
  };
}

/** Hides whom a key is about: Redis holds no addresses of people.
 *  @returns a function of the text, under a key of its own that follows from the secret */
export function createKeyHash(secret: string): (text: string) => string {
  const key = createHmac('sha256', secret).update('keys of limits').digest();
  return (text) => createHmac('sha256', key).update(text).digest('base64url').slice(0, 22);
}

const CLIENT_DIRECTIVE = 'rateLimit';
const ACCOUNT_DIRECTIVE = 'accountLimit';
const directives = new Set([CLIENT_DIRECTIVE, ACCOUNT_DIRECTIVE]);
const argumentDefinitions = parse('directive @numbers(limit: Int!, duration: Int!) on FIELD_DEFINITION');

type Configuration = Pick<FieldLimitOptions<never>, 'limits' | 'windowSeconds'>;

/** The directive reads numbers where the SDL has a name.
 *  @returns undefined for what stays as it is */
function configured(node: ASTNode, { limits, windowSeconds }: Configuration): ASTNode | undefined {
  if (node.kind === Kind.DIRECTIVE_DEFINITION && directives.has(node.name.value)) {
    const [definition] = argumentDefinitions.definitions;
    if (definition?.kind !== Kind.DIRECTIVE_DEFINITION) throw new Error('No definition');
    return { ...node, arguments: definition.arguments ?? [] };
  }
  if (node.kind !== Kind.DIRECTIVE || !directives.has(node.name.value)) return undefined;
  const limit = limits[limitName(node)];
  if (limit === undefined) throw new Error(`No limit is configured for ${print(node)}`);
  return { ...node, arguments: [intArgument('limit', limit), intArgument('duration', windowSeconds)] };
}

function limitName(node: ASTNode & { kind: Kind.DIRECTIVE }): string {
  const value = node.arguments?.find(({ name }) => name.value === 'limit')?.value;
  return value?.kind === Kind.STRING ? value.value : '';
}

type Argument = NonNullable<ConstDirectiveNode['arguments']>[number];

function intArgument(name: string, value: number): Argument {
  return {
    kind: Kind.ARGUMENT,
    name: { kind: Kind.NAME, value: name },
    value: { kind: Kind.INT, value: String(value) },
  };
}
