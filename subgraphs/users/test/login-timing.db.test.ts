import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { createPasswords } from '../src/domain/passwords.ts';
import { createUsersFixture, password } from './users-fixture.ts';

const ROUNDS = 6;

/** By the quickest of each kind: what else the machine does only ever adds. */
it('an answer to a login tells by its time neither whether there is an account nor whether it is active', async () => {
  const users = await createUsersFixture({ passwords: createPasswords() });
  try {
    const active = (await users.register()).email;
    const inactive = (await users.register()).email;
    await users.db.execute(sql`update users set is_active = false where email = ${inactive}`);
    const attempts = {
      'a wrong password': { email: active, secret: 'Wrong-Passw0rd!' },
      'no account': { email: 'nobody@example.com', secret: password },
      'a deactivated account': { email: inactive, secret: password },
    };
    const quickest = new Map<string, number>();
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [kind, { email, secret }] of Object.entries(attempts)) {
        const query = `mutation { login(input: { email: "${email}", password: "${secret}" }) { session { expiresIn } } }`;
        const startedAt = performance.now();
        const { errors } = await users.run(query, { clientAddress: `192.0.2.${round}` });
        const durationMs = performance.now() - startedAt;
        expect(errors[0]?.extensions.code).toBe('AUTH_001');
        quickest.set(kind, Math.min(quickest.get(kind) ?? Number.POSITIVE_INFINITY, durationMs));
      }
    }

    const durations = [...quickest.values()];
    expect(Math.min(...durations)).toBeGreaterThan(50);
    expect(Math.max(...durations) / Math.min(...durations)).toBeLessThan(1.3);
  } finally {
    await users.close();
  }
});
