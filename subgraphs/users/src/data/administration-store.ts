import { type Db, queryRows } from '@commerce/kit/postgres';
import type { Role } from '@commerce/kit/viewer';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';

/** 'refused': who asks is no active administrator at this moment. */
export type AdministrationOutcome = 'changed' | 'absent' | 'refused';

const outcomeRow = z.object({ outcome: z.enum(['changed', 'absent', 'refused']) });

/** Changes that only administrators make: the right is checked in the statement that makes the change. */
export function createAdministrationStore(db: Db) {
  async function change(actorId: string, userId: string, assignments: SQL): Promise<AdministrationOutcome> {
    const [row] = await queryRows(
      db,
      // The lock: of two administrators who demote each other at once, one has to wait and loses the right.
      sql`
        with actor as (
          select user_id from users
          where user_id = ${actorId} and role = 'admin' and is_active
          for share
        ), changed as (
          update users set ${assignments}
          where user_id = ${userId} and erased_at is null and exists (select from actor)
          returning user_id
        )
        select case
          when not exists (select from actor) then 'refused'
          when exists (select from changed) then 'changed'
          else 'absent'
        end as outcome`,
      outcomeRow,
    );
    return row?.outcome ?? 'refused';
  }

  return {
    setRole: async (actorId: string, userId: string, role: Role) =>
      await change(actorId, userId, sql`role = ${role}`),

    /** Deactivation ends all of the user's sessions. */
    setActive: async (actorId: string, userId: string, isActive: boolean) =>
      await change(
        actorId,
        userId,
        isActive ? sql`is_active = true` : sql`is_active = false, session_epoch = session_epoch + 1`,
      ),
  };
}

export type AdministrationStore = ReturnType<typeof createAdministrationStore>;
