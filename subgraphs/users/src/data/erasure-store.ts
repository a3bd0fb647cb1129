import type { PageRequest } from '@commerce/kit/pagination';
import { type Db, queryRows, timestampColumn } from '@commerce/kit/postgres';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import {
  type Answer,
  type DueTelling,
  type ErasureRecord,
  type OtherSubgraph,
  proofSchema,
  subgraphNames,
} from './erasure-record.ts';

const startedRow = z.object({ erasureId: z.string().nullable() });
const countRow = z.object({ total: z.number() });
const dueRow = z.object({
  erasureId: z.string(),
  userId: z.string(),
  subgraph: z.enum(['cart', 'orders', 'catalog']),
  attempts: z.number(),
});
const erasureRow = z.object({
  erasureId: z.string(),
  userId: z.string(),
  requestedAt: timestampColumn,
  proofs: z.array(
    z.object({
      subgraph: z.enum(subgraphNames),
      proof: proofSchema.nullable(),
      provedAt: timestampColumn.nullable(),
    }),
  ),
});

/** A place in the list. */
export type ErasureKey = { requestedAt: Date; erasureId: string };

type Telling = { erasureId: string; subgraph: OtherSubgraph };

/** Deleted accounts, and what the subgraphs made of them. */
export function createErasureStore(db: Db) {
  return {
    /** Deletes an account and notes which subgraphs are to be told, in one statement.
     *  @param account.passwordHash what the password was checked against
     *  @param account.leaseSeconds for which nobody else tells them
     *  @returns id of the erasure, of an earlier one where the account was deleted meanwhile; null where the password
     *  changed or the account is no active customer's */
    async start(account: {
      userId: string;
      passwordHash: string;
      erasureId: string;
      leaseSeconds: number;
    }): Promise<string | null> {
      const { userId, passwordHash, erasureId, leaseSeconds } = account;
      const [row] = await queryRows(
        db,
        sql`select erase_account(${userId}, ${passwordHash}, ${erasureId}, ${leaseSeconds}::integer) as "erasureId"`,
        startedRow,
      );
      return row?.erasureId ?? null;
    },

    /** Keeps what a subgraph answered; a complete answer stays, another one is asked for again. */
    async prove(
      { erasureId, subgraph }: Telling,
      { isComplete, ...proof }: Answer,
      askAgainSeconds: number,
    ): Promise<void> {
      await db.execute(sql`
        update erasure_proofs set proof = ${JSON.stringify(proof)}::jsonb, proved_at = now(), last_error = null,
          is_complete = ${isComplete}::boolean, attempts = 0,
          due_at = now() + make_interval(secs => ${askAgainSeconds}::float8)
        where erasure_id = ${erasureId} and subgraph = ${subgraph} and not is_complete`);
    },

    async postpone(
      { erasureId, subgraph }: Telling,
      { reason, delaySeconds }: { reason: string; delaySeconds: number },
    ): Promise<void> {
      await db.execute(sql`
        update erasure_proofs
        set last_error = ${reason.slice(0, 500)}, due_at = now() + make_interval(secs => ${delaySeconds}::float8)
        where erasure_id = ${erasureId} and subgraph = ${subgraph} and not is_complete`);
    },

    /** Takes up what is due, each by one teller. */
    async claimDue(limit: number, leaseSeconds: number): Promise<DueTelling[]> {
      return await queryRows(
        db,
        sql`
          with due as (
            select erasure_id, subgraph from erasure_proofs
            where not is_complete and due_at <= now()
            order by due_at, erasure_id, subgraph limit ${limit} for update skip locked
          )
          update erasure_proofs p
          set attempts = p.attempts + 1, due_at = now() + make_interval(secs => ${leaseSeconds}::float8)
          from due, erasures e
          where p.erasure_id = due.erasure_id and p.subgraph = due.subgraph and e.erasure_id = p.erasure_id
          returning p.erasure_id as "erasureId", e.user_id as "userId", p.subgraph, p.attempts`,
        dueRow,
      );
    },

    /** @returns the erasure of an account; null where it was not deleted */
    async findByUser(userId: string): Promise<ErasureRecord | null> {
      const [found] = await queryRows(db, sql`${selectErasures} where e.user_id = ${userId}`, erasureRow);
      return found ?? null;
    },

    async find(erasureId: string): Promise<ErasureRecord | null> {
      const [found] = await queryRows(
        db,
        sql`${selectErasures} where e.erasure_id = ${erasureId}`,
        erasureRow,
      );
      return found ?? null;
    },

    /** A page of the list, newest first, with one too many where there are more. */
    async list(request: PageRequest, after: ErasureKey | null): Promise<ErasureRecord[]> {
      const isBehind =
        after === null
          ? sql`true`
          : sql`(e.requested_at, e.erasure_id) < (${after.requestedAt.toISOString()}::timestamptz, ${after.erasureId})`;
      const offset = request.kind === 'offset' ? request.offset : 0;
      return await queryRows(
        db,
        sql`${selectErasures} where ${isBehind}
          order by e.requested_at desc, e.erasure_id desc limit ${request.size + 1} offset ${offset}`,
        erasureRow,
      );
    },

    async count(): Promise<number> {
      const [row] = await queryRows(db, sql`select count(*)::int as total from erasures`, countRow);
      return row?.total ?? 0;
    },
  };
}

export type ErasureStore = ReturnType<typeof createErasureStore>;

const selectErasures: SQL = sql.raw(`
  select e.erasure_id as "erasureId", e.user_id as "userId", e.requested_at as "requestedAt", (
    select jsonb_agg(jsonb_build_object('subgraph', p.subgraph, 'proof', p.proof, 'provedAt', p.proved_at)
      order by array_position(array[${subgraphNames.map((name) => `'${name}'`).join(', ')}], p.subgraph::text))
    from erasure_proofs p where p.erasure_id = e.erasure_id) as proofs
  from erasures e`);
