import { createLogReader, describeAuditLog } from '@commerce/testkit/audit-log-suite';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createUsersFixture, type UsersFixture } from './users-fixture.ts';

let fixture: UsersFixture;
beforeAll(async () => {
  fixture = await createUsersFixture();
});
afterAll(async () => await fixture.close());

describeAuditLog('userAuditLog', () => ({
  run: async (document, viewer) => await fixture.run(document, { viewer }),
  execute: async (statement) => [...(await fixture.db.execute(sql.raw(statement)))],
  createAdmin: async () => await fixture.registerAdmin(),
  createCustomer: async () => await fixture.register(),
  async createAct() {
    const { userId } = await fixture.register();
    return {
      field: `setUserActive(input: { userId: "${userId}", isActive: false }) { user { userId } }`,
      action: 'setUserActive',
      target: userId,
      state: async () => await fixture.db.execute(sql`select is_active from users where user_id = ${userId}`),
    };
  },
}));

const read = createLogReader('userAuditLog', {
  run: async (document, viewer) => await fixture.run(document, { viewer }),
});

describe('an administrator who was demoted meanwhile', () => {
  it('reads no audit log, and what they try is there', async () => {
    const [admin, demoted, target] = [
      await fixture.registerAdmin(),
      await fixture.registerAdmin(),
      await fixture.register(),
    ];
    await fixture.mutate('setUserRole', { userId: demoted.userId, role: 'CUSTOMER' }, 'user { role }', admin);

    // Their token still says what they were.
    expect(await read(demoted)).toEqual({ page: null, codes: ['AUTH_004'] });
    await fixture.mutate('setUserRole', { userId: target.userId, role: 'ADMIN' }, 'user { role }', demoted);

    const { page } = await read(admin, `(filter: { actorId: "${demoted.userId}" })`);
    expect(page.nodes).toMatchObject([
      { action: 'setUserRole', target: target.userId, outcome: 'AUTH_004', byAdministrator: true },
    ]);
  });
});

describe('an entry', () => {
  it('holds ids and no e-mail address', async () => {
    const [admin, target] = [await fixture.registerAdmin(), await fixture.register()];
    await fixture.mutate(
      'setUserActive',
      { userId: target.userId, isActive: false },
      'user { email }',
      admin,
    );
    await fixture.mutate('setUserActive', { userId: target.email, isActive: false }, 'user { email }', admin);
    const { page } = await read(admin, `(filter: { actorId: "${admin.userId}" })`);
    expect(page.nodes).toMatchObject([
      { target: null, outcome: 'RES_001', arguments: '{"input":{"userId":"…","isActive":false}}' },
      { target: target.userId, outcome: 'DONE' },
    ]);
    expect(JSON.stringify(page)).not.toContain('@');
  });

  it('has the code of what was wrong, odd text included', async () => {
    const admin = await fixture.registerAdmin();
    const inputs = [
      { userId: admin.userId, isActive: false },
      { userId: 'usr_nobody', isActive: false },
      { userId: 'usr_\0', isActive: false },
      { userId: `usr_\uD800${'ü'.repeat(5_000)}`, isActive: false },
    ];
    const codes = [];
    for (const input of inputs)
      codes.push((await fixture.mutate('setUserActive', input, 'user { userId }', admin)).code);
    const { page } = await read(admin, `(filter: { actorId: "${admin.userId}" })`);
    const outcomes = page.nodes.map(({ outcome }: { outcome: string }) => outcome).reverse();
    expect(codes).not.toContain('SYS_001');
    expect(codes).not.toContain('SYS_002');
    expect(outcomes).toEqual(codes);
  });
});
