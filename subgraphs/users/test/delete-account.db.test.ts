import type { Viewer } from '@commerce/kit/viewer';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { seedUsers } from '../src/seed.ts';
import { createUsersFixture, password, type UsersFixture } from './users-fixture.ts';

const rounds = Number(process.env.RACE_ROUNDS ?? 1);
const never = new AbortController().signal;
const service: Viewer = { kind: 'service', name: 'orders' };
const person = { firstName: 'Violetta', lastName: 'Quarrington', phoneNumber: '+12025550177' };
const address = { street: '77 Quillfeather Lane', city: 'Zephyrhollow', state: 'NY', zipCode: '12207-9911' };
const proofFields =
  'erasureId proofs { subgraph state provedAt found { what count reason } erased { what count reason } kept { what count reason } }';

let users: UsersFixture;
/** A second instance of the service on the same database. */
let other: UsersFixture;
let names = 0;
beforeAll(async () => {
  users = await createUsersFixture();
  other = await createUsersFixture({}, users);
});
beforeEach(() => {
  for (const { others } of [users, other]) {
    others.away.clear();
    others.incomplete.clear();
    others.told.length = 0;
  }
});
afterAll(async () => {
  await other.close();
  await users.close();
});

type Customer = Viewer & { kind: 'user' };
type Proof = { subgraph: string; state: string; found: { what: string; count: number }[] };

/** With an address, two sessions, a reset and a verification under way. */
async function customer(): Promise<Customer> {
  names += 1;
  const viewer = await users.register({ ...person, email: `violetta${names}@quarrington.example` });
  await users.mutate('addAddress', { ...address, country: 'USA' }, 'address { addressId }', viewer);
  await users.login(viewer.email);
  await users.login(viewer.email);
  await users.mutate('requestPasswordReset', { email: viewer.email }, 'accepted');
  await users.app.whenIdle();
  return viewer;
}

const remove = async (viewer: Viewer, currentPassword = password, on = users) =>
  await on.mutate('deleteMyAccount', { currentPassword }, proofFields, viewer);
const states = (proofs: Proof[]) =>
  Object.fromEntries(proofs.map(({ subgraph, state }) => [subgraph, state]));

/** Every row of every table as text. */
async function everything(): Promise<string> {
  const tables = await users.db.execute<{ name: string }>(
    sql`select table_name as name from information_schema.tables where table_schema = 'public'`,
  );
  const texts = await Promise.all(
    [...tables].map(async ({ name }) => {
      const rows = await users.db.execute<{ row: string }>(sql.raw(`select t::text as row from "${name}" t`));
      return [...rows].map(({ row }) => row).join('\n');
    }),
  );
  return texts.join('\n');
}
const all = { users: 'DONE', cart: 'DONE', orders: 'DONE', catalog: 'DONE' };

describe('a deleted account', () => {
  it('leaves nothing in any table that names the person, and another customer untouched', async () => {
    const neighbour = await users.register({ firstName: 'Nora', lastName: 'Neighbour' });
    const before = await users.run('{ exportMyData { account { data } } }', { viewer: neighbour });
    const viewer = await customer();
    expect(await everything()).toContain('77 Quillfeather Lane');
    await remove(viewer);
    const text = await everything();
    const marks = [viewer.email, ...Object.values(person), address.street, address.city, address.zipCode];
    expect(marks.filter((mark) => text.includes(mark))).toEqual([]);
    expect(text).not.toContain('192.0.2.1');
    expect(await users.run('{ exportMyData { account { data } } }', { viewer: neighbour })).toEqual(before);
  });

  it('is proved by each subgraph: what was found, erased and kept, and why', async () => {
    const viewer = await customer();
    const { payload } = await remove(viewer);
    expect(payload.erasureId).toMatch(/^ers_/);
    expect(payload.proofs.map(({ subgraph }: Proof) => subgraph)).toEqual([
      'users',
      'cart',
      'orders',
      'catalog',
    ]);
    expect(states(payload.proofs)).toEqual(all);
    const [own, cart] = payload.proofs;
    expect(own.found).toEqual(
      expect.arrayContaining([
        { what: 'addresses', count: 1, reason: null },
        { what: 'sessions', count: 2, reason: null },
        { what: 'password resets', count: 1, reason: null },
        { what: 'e-mail verifications', count: 1, reason: null },
      ]),
    );
    expect(own.erased).toContainEqual({ what: 'addresses', count: 1, reason: null });
    for (const { reason } of own.kept) expect(reason).toEqual(expect.any(String));
    expect(cart.kept).toEqual([{ what: 'rows of cart', count: 1, reason: 'a test' }]);
    expect(users.others.told.filter(({ userId }) => userId === viewer.userId)).toHaveLength(3);
  });

  it('answers a login, a refresh and a reset as an unknown one', async () => {
    const viewer = await customer();
    const { refreshToken } = await users.login(viewer.email);
    const resetToken = await users.mailedToken(viewer.email);
    const mails = users.mails.length;
    await remove(viewer);
    const unknown = await users.mutate(
      'login',
      { email: 'nobody@example.org', password },
      'session { expiresIn }',
    );
    const login = await users.mutate('login', { email: viewer.email, password }, 'session { expiresIn }');
    expect(login).toEqual(unknown);
    expect(login.code).toBe('AUTH_001');
    expect((await users.mutate('refreshSession', { refreshToken }, 'session { expiresIn }')).code).toBe(
      'AUTH_003',
    );
    const reset = { token: resetToken, newPassword: 'Another-Passw0rd1!' };
    expect((await users.mutate('resetPassword', reset, 'passwordReset')).code).toBe('AUTH_003');
    const asked = await users.mutate('requestPasswordReset', { email: viewer.email }, 'accepted');
    expect(asked.payload).toEqual({ accepted: true });
    await users.app.whenIdle();
    expect(users.mails).toHaveLength(mails);
  });

  it('cannot be logged in to by what stands in its place', async () => {
    const viewer = await customer();
    await remove(viewer);
    const [row] = await users.db.execute<{ email: string }>(
      sql`select email from users where user_id = ${viewer.userId}`,
    );
    const login = { email: row?.email, password: '$2-erased' };
    expect((await users.mutate('login', login, 'session { expiresIn }')).code).toBe('AUTH_001');
  });

  it('tells routers which sessions ended, without device and address', async () => {
    const viewer = await customer();
    await remove(viewer);
    const rows = await users.db.execute(
      sql`select ended_at is not null as ended, device, address from refresh_families where user_id = ${viewer.userId}`,
    );
    const ended = { ended: true, device: null, address: null };
    expect([...rows]).toEqual([ended, ended]);
    const { data } = await users.run('{ endedSessions { sessionIds } }', {
      viewer: { kind: 'service', name: 'router' },
    });
    const ids = await users.db.execute<{ id: string }>(
      sql`select family_id as id from refresh_families where user_id = ${viewer.userId}`,
    );
    expect(data.endedSessions.sessionIds).toEqual(expect.arrayContaining([...ids].map(({ id }) => id)));
  });

  it('frees the address for a new registration, which is somebody else', async () => {
    const viewer = await customer();
    await remove(viewer);
    const again = await users.register({ email: viewer.email });
    expect(again.userId).not.toBe(viewer.userId);
    await users.login(viewer.email);
  });

  it('is gone from the cache, and changes nothing any more with a token that still lives', async () => {
    const viewer = await customer();
    const me = '{ me { firstName } }';
    expect((await users.run(me, { viewer })).data.me).toEqual({ firstName: 'Violetta' });
    await remove(viewer);
    expect((await users.run(me, { viewer })).errors[0]?.extensions.code).toBe('AUTH_003');
    const full = { ...address, country: 'USA' };
    for (const { code } of [
      await users.mutate('addAddress', full, 'address { addressId }', viewer),
      await users.mutate('updateProfile', { firstName: 'Violetta' }, 'user { userId }', viewer),
    ])
      expect(code).toBe('AUTH_003');
    const exported = await users.run('{ exportMyData { userId } }', { viewer });
    expect(exported.errors[0]?.extensions.code).toBe('AUTH_003');
    const asked = await users.run('mutation { requestEmailVerification { accepted } }', { viewer });
    expect(asked.errors[0]?.extensions.code).toBe('AUTH_003');
  });

  it('has no contact for other services, and cannot be brought back by an administrator', async () => {
    const viewer = await customer();
    await remove(viewer);
    const contact = await users.run('query ($id: ID!) { contactOf(userId: $id) { email } }', {
      viewer: service,
      variables: { id: viewer.userId },
    });
    expect(contact.data.contactOf).toBeNull();
    const admin = await users.registerAdmin();
    const { userId } = viewer;
    for (const { code } of [
      await users.mutate('setUserActive', { userId, isActive: true }, 'user { userId }', admin),
      await users.mutate('setUserRole', { userId, role: 'ADMIN' }, 'user { userId }', admin),
    ])
      expect(code).toBe('RES_001');
  });

  it('of the demonstration stays deleted at the next start', async () => {
    const seed = { db: users.db, demoPassword: 'Demo-Passw0rd!', now: new Date() };
    await seedUsers(seed);
    const viewer: Viewer = {
      kind: 'user',
      userId: 'usr_demo_customer',
      email: 'customer@example.com',
      role: 'customer',
    };
    expect((await remove(viewer, seed.demoPassword)).code).toBeNull();
    const before = await everything();
    await seedUsers(seed);
    expect(await everything()).toBe(before);
  });
});

describe('deleting an account', () => {
  it('needs the present password, and a guesser has to wait', async () => {
    const viewer = await customer();
    const codes = [];
    for (let tries = 0; tries < 6; tries += 1) codes.push((await remove(viewer, 'Wrong-Passw0rd!')).code);
    expect(codes).toEqual([...Array(5).fill('AUTH_001'), 'RATE_001']);
    expect(users.others.told).toEqual([]);
    expect((await users.run('{ me { firstName } }', { viewer })).data.me).toEqual({ firstName: 'Violetta' });
  });

  it('answers a lost answer again, whatever the password, and nobody else', async () => {
    const viewer = await customer();
    const first = await remove(viewer);
    expect(await remove(viewer, 'Wrong-Passw0rd!')).toEqual(first);
    const deactivated = await customer();
    await users.db.execute(sql`update users set is_active = false where user_id = ${deactivated.userId}`);
    expect((await remove(deactivated)).code).toBe('AUTH_003');
  });

  it('is not for nobody, and not for an administrator', async () => {
    expect((await remove({ kind: 'anonymous', reason: 'missing' })).code).toBe('AUTH_003');
    expect((await remove(await users.registerAdmin())).code).toBe('BUS_002');
  });

  it.each(Array.from({ length: rounds }, (_, round) => round))(
    'many times at once is one erasure, over two instances (round %i)',
    async () => {
      const viewer = await customer();
      const answers = await Promise.all(
        [users, other, users, other, users].map((on) => remove(viewer, password, on)),
      );
      expect(answers.filter(({ code }) => code !== null)).toEqual([]);
      expect(new Set(answers.map(({ payload }) => payload.erasureId)).size).toBe(1);
      const rows = await users.db.execute(sql`select 1 from erasures where user_id = ${viewer.userId}`);
      expect(rows).toHaveLength(1);
    },
  );

  it.each(Array.from({ length: rounds }, (_, round) => round))(
    'leaves nothing of what is written at the same moment (round %i)',
    async () => {
      const viewer = await customer();
      const { refreshToken } = await users.login(viewer.email);
      const full = { ...address, country: 'USA' };
      await Promise.all([
        users.mutate('addAddress', full, 'address { addressId }', viewer),
        users.mutate('updateProfile', { lastName: 'Quarrington' }, 'user { userId }', viewer),
        users.mutate('refreshSession', { refreshToken }, 'session { expiresIn }'),
        users.mutate('login', { email: viewer.email, password }, 'session { expiresIn }'),
        users.mutate('requestPasswordReset', { email: viewer.email }, 'accepted'),
        remove(viewer),
        users.run('mutation { requestEmailVerification { accepted } }', { viewer }),
      ]);
      await users.app.whenIdle();
      const rows = (await everything()).split('\n');
      const text = rows.filter((row) => row.includes(viewer.userId)).join('\n');
      expect(
        [viewer.email, address.street, person.lastName, '192.0.2.1'].filter((mark) => text.includes(mark)),
      ).toEqual([]);
      const [left] = await users.db.execute(sql`
        select (select count(*)::int from refresh_families where user_id = ${viewer.userId} and ended_at is null) as sessions,
          (select count(*)::int from password_resets where user_id = ${viewer.userId}) as resets,
          (select count(*)::int from email_verifications where user_id = ${viewer.userId}) as verifications`);
      expect(left).toEqual({ sessions: 0, resets: 0, verifications: 0 });
    },
  );
});

const makeDue = async () => await users.db.execute(sql`update erasure_proofs set due_at = now()`);
const work = async (on = users) => await on.app.tasks['tell-erasures']?.run(never);

describe('a subgraph that is away', () => {
  it('stays pending, is told again until it answers, and then no more', async () => {
    const viewer = await customer();
    users.others.away.add('orders');
    const { payload } = await remove(viewer);
    expect(states(payload.proofs)).toEqual({ ...all, orders: 'PENDING' });
    const admin = await users.registerAdmin();
    const read = async () => {
      const query = `query ($id: ID!) { erasure(erasureId: $id) { userId state ${proofFields.slice(9)} } }`;
      const { data } = await users.run(query, { viewer: admin, variables: { id: payload.erasureId } });
      return data.erasure;
    };
    expect(await read()).toMatchObject({ userId: viewer.userId, state: 'PENDING' });

    await makeDue();
    await work();
    expect((await read()).state).toBe('PENDING');
    await work();
    users.others.away.clear();
    users.others.told.length = 0;
    await work();
    // It waits for its time.
    expect(users.others.told).toEqual([]);
    await makeDue();
    await work();
    await makeDue();
    await work();

    expect(users.others.told).toEqual([{ subgraph: 'orders', userId: viewer.userId }]);
    const done = await read();
    expect(done.state).toBe('DONE');
    expect(states(done.proofs)).toEqual(all);
  });

  it('is told by one of two instances at a time, also where the one that began has died', async () => {
    const viewer = await customer();
    // As if the process had ended between writing and telling: the lease has run out.
    await users.db.execute(
      sql`select erase_account(${viewer.userId}, password_hash, 'ers_crash', 0) from users where user_id = ${viewer.userId}`,
    );
    await Promise.all([work(), work(other), work(), work(other)]);
    const told = [...users.others.told, ...other.others.told].map(({ subgraph }) => subgraph);
    expect(told.sort()).toEqual(['cart', 'catalog', 'orders']);
  });

  it('that has answered and is not through is asked again until it is', async () => {
    const viewer = await customer();
    users.others.incomplete.add('orders');
    const { payload } = await remove(viewer);
    expect(states(payload.proofs)).toEqual(all);
    users.others.told.length = 0;
    await work();
    // It waits for its time.
    expect(users.others.told).toEqual([]);
    await makeDue();
    await work();
    users.others.incomplete.clear();
    await makeDue();
    users.others.away.add('orders');
    await work();
    // What it said stands while it is away.
    expect(states((await remove(viewer)).payload.proofs)).toEqual(all);
    users.others.away.clear();
    await makeDue();
    await work();
    await makeDue();
    await work();
    expect(users.others.told).toEqual(Array(2).fill({ subgraph: 'orders', userId: viewer.userId }));
  });

  it('does not keep the answer from the customer for what others did', async () => {
    const viewer = await customer();
    for (const name of ['cart', 'orders', 'catalog'] as const) users.others.away.add(name);
    const { payload } = await remove(viewer);
    expect(states(payload.proofs)).toEqual({
      users: 'DONE',
      cart: 'PENDING',
      orders: 'PENDING',
      catalog: 'PENDING',
    });
    expect(payload.proofs.slice(1).map(({ found }: Proof) => found)).toEqual([[], [], []]);
  });
});

describe('the list of erasures', () => {
  it('is for administrators, newest first, page by page', async () => {
    const newest = (await remove(await customer())).payload.erasureId;
    const admin = await users.registerAdmin();
    const query = `query ($after: String) {
      erasures(first: 1, after: $after) { totalCount nodes { erasureId state } pageInfo { endCursor hasNextPage } }
    }`;
    const first = (await users.run(query, { viewer: admin })).data.erasures;
    expect(first.nodes).toEqual([{ erasureId: newest, state: 'DONE' }]);
    const after = first.pageInfo.endCursor;
    const second = (await users.run(query, { viewer: admin, variables: { after } })).data.erasures;
    expect(second.nodes[0].erasureId).not.toBe(newest);
    expect(second.totalCount).toBe(first.totalCount);
    for (const field of ['erasures { totalCount }', `erasure(erasureId: "${newest}") { state }`]) {
      const { errors } = await users.run(`{ ${field} }`, { viewer: await users.register() });
      expect(errors[0]?.extensions.code).toBe('AUTH_004');
    }
  });
});

describe('the export of an account', () => {
  const ask = '{ exportMyData { userId account { subgraph found { what count } data nextCursor } } }';

  it('holds everything but hashes', async () => {
    const viewer = await customer();
    const { data } = await users.run(ask, { viewer });
    const { account } = data.exportMyData;
    expect(account.found).toEqual([
      { what: 'account', count: 1 },
      { what: 'addresses', count: 1 },
      { what: 'sessions', count: 2 },
      { what: 'passwordResets', count: 1 },
      { what: 'emailVerifications', count: 1 },
      { what: 'auditEntries', count: 0 },
    ]);
    expect(account.data.account).toMatchObject({ ...person, email: viewer.email, role: 'customer' });
    expect(account.data.addresses).toMatchObject([address]);
    expect(account.data.sessions).toMatchObject([{ address: '192.0.2.1' }, { address: '192.0.2.1' }]);
    expect(JSON.stringify(data)).not.toMatch(/\$2[aby]\$|[0-9a-f]{64}/);
  });

  it('is nobody else’s, not even an administrator’s', async () => {
    const viewer = await customer();
    const entity = `query ($r: [_Any!]!) {
      _entities(representations: $r) { ... on DataExport { userId account { data } } }
    }`;
    const variables = { r: [{ __typename: 'DataExport', userId: viewer.userId }] };
    for (const stranger of [await users.register(), await users.registerAdmin(), service]) {
      expect((await users.run(entity, { viewer: stranger, variables })).data._entities).toEqual([null]);
    }
    const own = await users.run(entity, { viewer, variables });
    expect(own.data._entities[0].account.data.account.email).toBe(viewer.email);
    expect((await users.run(ask)).errors[0]?.extensions.code).toBe('AUTH_003');
  });

  it('holds what oneself tried of what is for administrators, as does the proof of its erasure', async () => {
    const viewer = await customer();
    for (const own of [viewer, await users.register()]) {
      const input = { userId: own.userId, role: 'ADMIN' };
      expect((await users.mutate('setUserRole', input, 'user { userId }', own)).code).toBe('AUTH_004');
    }
    const { account } = (await users.run(ask, { viewer })).data.exportMyData;
    expect(account.found).toContainEqual({ what: 'auditEntries', count: 1 });
    expect(account.data.auditEntries).toMatchObject([
      { action: 'setUserRole', target: viewer.userId, outcome: 'AUTH_004', clientAddress: '192.0.2.1' },
    ]);
    const [own] = (await remove(viewer)).payload.proofs;
    expect(own.kept).toContainEqual({
      what: 'entries of the audit log',
      count: 1,
      reason: expect.stringContaining('network address'),
    });
  });
});
