import { type Db, queryRows } from '@commerce/kit/postgres';
import { asc, desc, inArray, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { addresses } from './tables.ts';

export type AddressFields = {
  street: string;
  city: string;
  state: string;
  zipCode: string;
  country: string;
};

export type AddressRow = AddressFields & { addressId: string; userId: string; isDefault: boolean };

/** Fields that are undefined stay. */
export type AddressChanges = { [Name in keyof AddressFields]: AddressFields[Name] | undefined } & {
  isDefault: boolean | undefined;
};

const addOutcome = z.enum(['saved', 'full', 'no_account']);
const updateOutcome = z.enum(['saved', 'absent', 'default_stays', 'no_account']);
const removeOutcome = z.enum(['removed', 'absent', 'no_account']);

const columns = {
  addressId: addresses.addressId,
  userId: addresses.userId,
  street: addresses.street,
  city: addresses.city,
  state: addresses.state,
  zipCode: addresses.zipCode,
  country: addresses.country,
  isDefault: addresses.isDefault,
};

export function createAddressStore(db: Db) {
  /** Runs one of the functions of the migrations: each is one statement with a named outcome. */
  async function call<Outcome extends string>(call: SQL, outcomes: z.ZodType<Outcome>): Promise<Outcome> {
    const [row] = await queryRows(db, sql`select ${call} as outcome`, z.object({ outcome: outcomes }));
    if (!row) throw new Error('A function gave no row');
    return row.outcome;
  }

  return {
    /** @returns the addresses of all these users, each user's default first, then oldest first */
    findByUserIds: async (userIds: readonly string[]): Promise<AddressRow[]> =>
      await db
        .select(columns)
        .from(addresses)
        .where(inArray(addresses.userId, [...userIds]))
        .orderBy(
          asc(addresses.userId),
          desc(addresses.isDefault),
          asc(addresses.createdAt),
          asc(addresses.addressId),
        ),

    /** The first address becomes the default in any case.
     *  @returns 'full' where the user has `limit` addresses */
    add: async ({ limit, ...row }: AddressRow & { limit: number }) =>
      await call(
        sql`add_address(${row.userId}, ${row.addressId}, ${row.street}, ${row.city}, ${row.state},
                        ${row.zipCode}, ${row.country}, ${row.isDefault}, ${limit})`,
        addOutcome,
      ),

    /** @returns 'absent' also for another user's address; 'default_stays' where the default would be unset */
    update: async (userId: string, addressId: string, changes: AddressChanges) =>
      await call(
        sql`update_address(${userId}, ${addressId}, ${changes.street ?? null}, ${changes.city ?? null},
                           ${changes.state ?? null}, ${changes.zipCode ?? null}, ${changes.country ?? null},
                           ${changes.isDefault ?? null})`,
        updateOutcome,
      ),

    /** The oldest address left becomes the default where the default was removed.
     *  @returns 'absent' also for another user's address */
    remove: async (userId: string, addressId: string) =>
      await call(sql`remove_address(${userId}, ${addressId})`, removeOutcome),
  };
}

export type AddressStore = ReturnType<typeof createAddressStore>;
