import { type CacheStore, createCache } from '@commerce/kit/cache';
import { isPlausibleId } from '@commerce/kit/ids';
import { z } from 'zod';
import type { AddressStore } from './address-store.ts';
import type { UserStore } from './user-store.ts';

const PROFILE_TTL_SECONDS = 30 * 60;

/** A time as JSON writes it. */
const timeText = z.iso.datetime().transform((text) => new Date(text));

const addressSchema = z.object({
  addressId: z.string(),
  street: z.string(),
  city: z.string(),
  state: z.string(),
  zipCode: z.string(),
  country: z.string(),
  isDefault: z.boolean(),
});

const profileSchema = z.object({
  userId: z.string(),
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  phoneNumber: z.string().nullable(),
  role: z.enum(['customer', 'admin']),
  isActive: z.boolean(),
  emailVerified: z.boolean(),
  addresses: z.array(addressSchema),
  createdAt: timeText,
  updatedAt: timeText,
});

/** A user as shown: without credentials, with the addresses. */
export type Profile = z.output<typeof profileSchema>;

export type Profiles = {
  /** One statement for the users and one for the addresses, and only for those not cached.
   *  @returns result[i] belongs to userIds[i], null where there is no such user */
  findMany(userIds: readonly string[]): Promise<(Profile | null)[]>;
  /** To be called after each change of a user or an address. */
  forget(userId: string): Promise<void>;
};

/** Profiles, read through the cache. Never to be asked whether somebody may do something. */
export function createProfiles(deps: {
  users: Pick<UserStore, 'findByIds'>;
  addresses: Pick<AddressStore, 'findByUserIds'>;
  cacheStore: CacheStore;
}): Profiles {
  const cache = createCache(deps.cacheStore, { schema: profileSchema, ttlSeconds: PROFILE_TTL_SECONDS });

  async function load(userIds: readonly string[]): Promise<(Profile | null)[]> {
    const plausible = userIds.filter(isPlausibleId);
    if (plausible.length === 0) return userIds.map(() => null);
    const [users, addresses] = await Promise.all([
      deps.users.findByIds(plausible),
      deps.addresses.findByUserIds(plausible),
    ]);
    const profiles = new Map<string, Profile>(users.map((user) => [user.userId, { ...user, addresses: [] }]));
    for (const { userId, ...address } of addresses) profiles.get(userId)?.addresses.push(address);
    return userIds.map((userId) => profiles.get(userId) ?? null);
  }

  return {
    findMany: async (userIds) => await cache.readMany(userIds, cacheKey, load),
    forget: async (userId) => await cache.forget([cacheKey(userId)]),
  };
}

function cacheKey(userId: string): string {
  return `user:${userId}:profile`;
}
