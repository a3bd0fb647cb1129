import type { Viewer } from '@commerce/kit/viewer';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymous, createUsersFixture, type UsersFixture } from './users-fixture.ts';

let users: UsersFixture;
beforeAll(async () => {
  users = await createUsersFixture();
});
afterAll(async () => await users.close());

const home = { street: '123 Main St', city: 'New York', state: 'NY', zipCode: '10001', country: 'USA' };
const selection =
  'address { addressId street city state zipCode country isDefault } user { addresses { street isDefault } }';
const add = async (viewer: Viewer, fields: object = {}) =>
  await users.mutate('addAddress', { ...home, ...fields }, selection, viewer);
const update = async (viewer: Viewer, input: object) =>
  await users.mutate('updateAddress', input, selection, viewer);
const remove = async (viewer: Viewer, addressId: unknown) =>
  await users.mutate(
    'removeAddress',
    { addressId },
    'removedAddressId user { addresses { street isDefault } }',
    viewer,
  );
const addId = async (viewer: Viewer, fields: object = {}): Promise<string> =>
  (await add(viewer, fields)).payload.address.addressId;
const streets = async (viewer: Viewer) => {
  const { data } = await users.run('{ me { addresses { street isDefault } } }', { viewer });
  return data.me.addresses.map(
    (a: { street: string; isDefault: boolean }) => `${a.street}${a.isDefault ? ' *' : ''}`,
  );
};

describe('adding an address', () => {
  it('makes the first one the default', async () => {
    const user = await users.register();
    const { payload } = await add(user);
    expect(payload.address).toEqual({
      addressId: expect.stringMatching(/^addr_\w{22}$/),
      ...home,
      isDefault: true,
    });
    await add(user, { street: 'Second' });
    await add(user, { street: 'Third', isDefault: true });
    await add(user, { street: 'Fourth', isDefault: null });
    expect(await streets(user)).toEqual(['Third *', '123 Main St', 'Second', 'Fourth']);
  });

  it('keeps one default and at most fifty where sixty are added at once', async () => {
    const user = await users.register();
    const added = await Promise.all(
      Array.from(
        { length: 60 },
        async (_, i) => await add(user, { street: `Street ${i}`, isDefault: i % 2 === 0 }),
      ),
    );
    expect(added.filter(({ payload }) => payload)).toHaveLength(50);
    expect(new Set(added.map(({ code }) => code))).toEqual(new Set([null, 'BUS_002']));
    const kept = await streets(user);
    expect(kept).toHaveLength(50);
    expect(kept.filter((street: string) => street.endsWith('*'))).toHaveLength(1);
  });

  it.each([
    [{ street: '' }, 'VAL_001'],
    [{ street: '\u3164' }, 'VAL_001'],
    [{ street: 'x'.repeat(201) }, 'VAL_001'],
    [{ zipCode: 'x'.repeat(21) }, 'VAL_001'],
    [{ city: 'a\0b' }, 'VAL_001'],
    [{ country: undefined }, 'VAL_002'],
    [{ state: null }, 'VAL_002'],
  ])('refuses %j by %s', async (fields, code) => {
    expect((await add(await users.register(), fields)).code).toBe(code);
  });

  it('takes an empty state', async () => {
    expect((await add(await users.register(), { state: '' })).payload.address.state).toBe('');
  });

  it('is for active users only', async () => {
    const user = await users.register();
    await users.db.execute(sql`update users set is_active = false where user_id = ${user.userId}`);
    expect((await add(user)).code).toBe('AUTH_003');
    expect((await add(anonymous)).code).toBe('AUTH_003');
  });
});

describe('changing an address', () => {
  it('changes what is given and keeps the rest', async () => {
    const user = await users.register();
    const addressId = await addId(user);
    const { payload } = await update(user, { addressId, city: 'Albany', state: '' });
    expect(payload.address).toEqual({ addressId, ...home, city: 'Albany', state: '', isDefault: true });
  });

  it('moves the default', async () => {
    const user = await users.register();
    await addId(user);
    await update(user, { addressId: await addId(user, { street: 'Second' }), isDefault: true });
    expect(await streets(user)).toEqual(['Second *', '123 Main St']);
  });

  it('does not unset the default', async () => {
    const user = await users.register();
    const addressId = await addId(user);
    expect((await update(user, { addressId, isDefault: false })).code).toBe('BUS_002');
    expect((await update(user, { addressId, isDefault: true })).code).toBeNull();
    const second = await addId(user, { street: 'Second' });
    expect((await update(user, { addressId: second, isDefault: false })).code).toBeNull();
    expect(await streets(user)).toEqual(['123 Main St *', 'Second']);
  });

  it("answers somebody else's address like one that is not there", async () => {
    const [owner, other] = [await users.register(), await users.register()];
    const addressId = await addId(owner);
    const foreign = await update(other, { addressId, city: 'Gotham' });
    expect(foreign).toEqual(await update(other, { addressId: 'addr_none', city: 'Gotham' }));
    expect(foreign).toMatchObject({ code: 'RES_001', message: 'Address not found' });
    expect((await remove(other, addressId)).code).toBe('RES_001');
    expect((await update(owner, { addressId })).payload.address.city).toBe('New York');
  });

  it.each([
    [{ addressId: 'addr_1', city: '' }, 'VAL_001'],
    [{ addressId: 'a\0b' }, 'VAL_001'],
    [{ addressId: null }, 'VAL_002'],
  ])('refuses %j by %s', async (input, code) => {
    expect((await update(await users.register(), input)).code).toBe(code);
  });

  it('is for those who are logged in', async () => {
    expect((await update(anonymous, { addressId: 'addr_1' })).code).toBe('AUTH_003');
    expect((await remove(anonymous, 'addr_1')).code).toBe('AUTH_003');
  });
});

describe('removing an address', () => {
  it('makes the oldest one left the default where the default goes', async () => {
    const user = await users.register();
    const first = await addId(user);
    await addId(user, { street: 'Second' });
    await addId(user, { street: 'Third' });
    const { payload } = await remove(user, first);
    expect(payload.removedAddressId).toBe(first);
    expect(await streets(user)).toEqual(['Second *', 'Third']);
    expect((await remove(user, first)).code).toBe('RES_001');
  });

  it('may take the last one', async () => {
    const user = await users.register();
    await remove(user, await addId(user));
    expect(await streets(user)).toEqual([]);
    await add(user, { street: 'New' });
    expect(await streets(user)).toEqual(['New *']);
  });
});
