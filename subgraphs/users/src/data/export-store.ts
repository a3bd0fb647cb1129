import { type Db, queryRows } from '@commerce/kit/postgres';
import { sql } from 'drizzle-orm';
import { z } from 'zod';

const list = z.array(z.unknown());
const exportRow = z.object({
  account: z.record(z.string(), z.unknown()),
  addresses: list,
  sessions: list,
  passwordResets: list,
  emailVerifications: list,
});

/** All that is kept of a user, times as text; no hashes. */
export type AccountExport = z.output<typeof exportRow>;

/** Sessions of the last days, ended ones too: more than a person has. */
const MAX_SESSIONS = 1_000;

export type ExportStore = {
  /** @returns null where there is no such active user */
  find(userId: string): Promise<AccountExport | null>;
};

export function createExportStore(db: Db): ExportStore {
  return {
    async find(userId) {
      const [found = null] = await queryRows(db, exportStatement(userId), exportRow);
      return found;
    },
  };
}

function exportStatement(userId: string) {
  return sql`
    select jsonb_build_object('userId', u.user_id, 'email', u.email, 'firstName', u.first_name,
        'lastName', u.last_name, 'phoneNumber', u.phone_number, 'role', u.role, 'isActive', u.is_active,
        'emailVerified', u.email_verified, 'createdAt', u.created_at, 'updatedAt', u.updated_at) as account,
      (select coalesce(jsonb_agg(jsonb_build_object('addressId', a.address_id, 'street', a.street, 'city', a.city,
          'state', a.state, 'zipCode', a.zip_code, 'country', a.country, 'isDefault', a.is_default,
          'createdAt', a.created_at, 'updatedAt', a.updated_at) order by a.created_at, a.address_id), '[]')
        from addresses a where a.user_id = u.user_id) as addresses,
      (select coalesce(jsonb_agg(jsonb_build_object('sessionId', f.family_id, 'device', f.device,
          'address', f.address, 'createdAt', f.created_at, 'lastUsedAt', f.last_used_at,
          'expiresAt', f.expires_at, 'endedAt', f.ended_at, 'endedFor', f.revoked_for)
          order by f.last_used_at desc, f.family_id), '[]')
        from (select family_id, device, address, created_at, last_used_at, expires_at, ended_at, revoked_for
          from refresh_families where user_id = u.user_id
          order by last_used_at desc, family_id limit ${MAX_SESSIONS}) f) as sessions,
      (select coalesce(jsonb_agg(jsonb_build_object('createdAt', r.created_at, 'expiresAt', r.expires_at,
          'usedAt', r.used_at) order by r.created_at), '[]')
        from password_resets r where r.user_id = u.user_id) as "passwordResets",
      (select coalesce(jsonb_agg(jsonb_build_object('createdAt', v.created_at, 'expiresAt', v.expires_at,
          'usedAt', v.used_at) order by v.created_at), '[]')
        from email_verifications v where v.user_id = u.user_id) as "emailVerifications"
    from users u where u.user_id = ${userId} and u.is_active`;
}
