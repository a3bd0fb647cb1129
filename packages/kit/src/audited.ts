import { getDirective, MapperKind, mapSchema } from '@graphql-tools/utils';
import {
  type GraphQLFieldConfig,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
} from 'graphql';
import { z } from 'zod';
import { recordedArguments } from './audit-arguments.ts';
import type { AuditLog, AuditOutcome } from './audit-log.ts';
import { AppError } from './errors.ts';
import { describeError, errorCodeOf } from './graphql-errors.ts';
import { isPlausibleId } from './ids.ts';
import type { Logger } from './logger.ts';
import type { UserViewer, Viewer } from './viewer.ts';

/** What the log has to know of a request. */
export type AuditedContext = { viewer: Viewer; requestId: string; clientAddress: string };

type Needs = { log: Pick<AuditLog, 'recordAttempt' | 'recordOutcome'>; logger: Logger };
type Args = Readonly<Record<string, unknown>>;
type Act = { action: string; marks: Marks; args: Args; actor: UserViewer; context: AuditedContext };

const marks = z.object({
  target: z.string().optional(),
  made: z.string().optional(),
  openToOthers: z.boolean(),
});
type Marks = z.output<typeof marks>;

const DIRECTIVE = 'audited';

/** Implements @audited, which stands on mutations for administrators: who wants to do what is recorded before it is done,
 *  what became of it afterwards, for each use of the field. Where the first cannot be recorded, the call is SYS_002 and
 *  nothing is done. Refused attempts of users are recorded too, of each only so many an hour.
 *  @returns what is to be applied to the built schema, before what limits its fields
 *  @throws Error where a directive names an argument that is not there */
export function createAuditTransform(needs: Needs): (schema: GraphQLSchema) => GraphQLSchema {
  return (schema) =>
    mapSchema(schema, {
      [MapperKind.MUTATION_ROOT_FIELD]: (field, action) => {
        const [directive] = getDirective(schema, field, DIRECTIVE) ?? [];
        return directive === undefined
          ? field
          : audited(needs, action, { field, marks: marks.parse(directive) });
      },
    });
}

type Field = GraphQLFieldConfig<unknown, AuditedContext, Args>;

function audited(needs: Needs, action: string, { field, marks }: { field: Field; marks: Marks }): Field {
  const { resolve } = field;
  if (!resolve) throw new Error(`${action} is audited and does nothing`);
  if (marks.target !== undefined && !hasArgument(field, marks.target))
    throw new Error(`${action} has no argument ${marks.target}`);
  return {
    ...field,
    async resolve(...given) {
      const [, args, context] = given;
      const { viewer: actor } = context;
      const call = async () => await resolve(...given);
      // The field itself refuses nobody in particular, and other services.
      if (actor.kind !== 'user' || (marks.openToOthers && actor.role !== 'admin')) return await call();
      return await recorded(needs, { action, marks, args, actor, context }, call);
    },
  };
}

async function recorded(needs: Needs, act: Act, call: () => Promise<unknown>): Promise<unknown> {
  const entryId = await recordAttempt(needs, act);
  // Nothing was recorded, so nothing must happen either, whatever the field itself would say.
  if (entryId === null) throw new AppError('AUTH_004');
  const conclude = async (outcome: AuditOutcome, made: string | null) =>
    await recordOutcome(needs, { entryId, outcome, made });
  try {
    const result = await call();
    await conclude('DONE', idAt(result, act.marks.made));
    return result;
  } catch (error) {
    await conclude(errorCodeOf(error), null);
    throw error;
  }
}

async function recordAttempt({ log }: Needs, { action, marks, args, actor, context }: Act) {
  try {
    return await log.recordAttempt({
      actorId: actor.userId,
      byAdministrator: actor.role === 'admin',
      action,
      target: idAt(args, marks.target),
      arguments: recordedArguments(args),
      requestId: context.requestId.slice(0, 128),
      clientAddress: context.clientAddress.slice(0, 64),
    });
  } catch (cause) {
    throw new AppError('SYS_002', undefined, { cause, retryAfterSeconds: 2 });
  }
}

/** The act is done by then: that its outcome cannot be recorded must not be told as its failure. */
async function recordOutcome(
  { log, logger }: Needs,
  { entryId, outcome, made }: { entryId: string; outcome: AuditOutcome; made: string | null },
): Promise<void> {
  try {
    await log.recordOutcome(entryId, outcome, made);
  } catch (error) {
    logger.error({ entryId, outcome, reason: describeError(error) }, 'Cannot record the outcome of an act');
  }
}

/** @param path such as input.orderId
 *  @returns null where there is nothing that could be an id */
function idAt(value: unknown, path: string | undefined): string | null {
  if (path === undefined) return null;
  const found = path.split('.').reduce<unknown>((at, name) => Object(at)[name], value);
  return typeof found === 'string' && isPlausibleId(found) ? found : null;
}

function hasArgument(field: Field, path: string): boolean {
  const [name = '', ...below] = path.split('.');
  const type = below.reduce<GraphQLInputType | undefined>((at, step) => {
    const named = at && getNamedType(at);
    return isInputObjectType(named) ? named.getFields()[step]?.type : undefined;
  }, field.args?.[name]?.type);
  return type !== undefined;
}
