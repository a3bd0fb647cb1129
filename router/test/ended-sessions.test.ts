import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchEndedSessions } from '../src/ended-sessions.ts';
import { quiet } from './support/fake-subgraphs.ts';
import { closeFakes, signToken, startFakes, startTestRouter, type TestRouter } from './support/router.ts';

type Answer = { sessionIds: string[]; cursor: string } | Error;

/** A users service that gives one answer after the other, and the last one for ever. */
function usersOf(...answers: Answer[]) {
  const cursors: unknown[] = [];
  const users: Parameters<typeof watchEndedSessions>[0] = {
    async execute({ variables, schema }) {
      cursors.push(variables.cursor);
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      if (answer instanceof Error) throw answer;
      return schema.parse({ endedSessions: answer }) as never;
    },
    close: async () => {},
  };
  return { users, cursors };
}

const quick = { pollMs: 5, retryMs: 5 };

describe('the sessions that ended', () => {
  it('are asked for from the start, and then behind the cursor', async () => {
    const { users, cursors } = usersOf(
      { sessionIds: ['fam_1'], cursor: 'a' },
      { sessionIds: ['fam_2'], cursor: 'b' },
    );
    const watch = watchEndedSessions(users, quiet, quick);
    await vi.waitFor(() => expect(cursors.length).toBeGreaterThan(3));
    await watch.close();
    expect(cursors.slice(0, 3)).toEqual([null, 'a', 'b']);
    expect(['fam_1', 'fam_2', 'fam_3'].map(watch.has)).toEqual([true, true, false]);
  });

  it('stay known while users is away, and are asked for until it is back', async () => {
    const { users, cursors } = usersOf(
      { sessionIds: ['fam_1'], cursor: 'a' },
      new Error('Away'),
      new Error('Away'),
      { sessionIds: ['fam_2'], cursor: 'b' },
    );
    const watch = watchEndedSessions(users, quiet, quick);
    await vi.waitFor(() => expect(watch.has('fam_2')).toBe(true));
    await watch.close();
    expect(watch.has('fam_1')).toBe(true);
    expect(cursors.slice(0, 4)).toEqual([null, 'a', 'a', 'a']);
  });

  it('are not asked for any more once it is closed, however long it would have waited', async () => {
    const { users, cursors } = usersOf({ sessionIds: [], cursor: 'a' });
    const watch = watchEndedSessions(users, quiet);
    await vi.waitFor(() => expect(cursors).toHaveLength(1));
    await watch.close();
    expect(cursors).toHaveLength(1);
  });
});

describe('a token', () => {
  let fakes: Awaited<ReturnType<typeof startFakes>>;
  let router: TestRouter;
  beforeAll(async () => {
    fakes = await startFakes();
    fakes.users.override({ Query: { endedSessions: () => ({ sessionIds: ['fam_gone'], cursor: 'a' }) } });
  });
  beforeEach(async () => {
    router = await startTestRouter(fakes);
  });
  afterEach(async () => await router.close());
  afterAll(async () => await closeFakes(fakes));

  const codeOf = async (sessionId?: string, role: 'customer' | 'admin' = 'customer') => {
    const token = signToken(role, 'usr_1', new Date(), sessionId);
    const { status, body } = await router.rest('GET', '/users/profile', { token });
    return status === 200 ? null : body.error.code;
  };

  it('of a session that ended is refused, whatever its role', async () => {
    await vi.waitFor(async () => expect(await codeOf('fam_gone')).toBe('AUTH_003'), { timeout: 10_000 });
    expect(await codeOf('fam_gone', 'admin')).toBe('AUTH_003');
    await router.graphql('{ product(productId: "prod_001") { name } }', {
      token: signToken('customer', 'usr_1', new Date(), 'fam_gone'),
    });
    expect(fakes.catalog.callers.at(-1)?.viewer).toEqual({ kind: 'anonymous', reason: 'invalid' });
  });

  it('of another one, or of none, is taken', async () => {
    await vi.waitFor(async () => expect(await codeOf('fam_gone')).toBe('AUTH_003'), { timeout: 10_000 });
    expect(await codeOf('fam_alive')).toBeNull();
    expect(await codeOf()).toBeNull();
  });
});

it('what a client calls itself is told to users alone, and nobody can pretend', async () => {
  const fakes = await startFakes();
  const router = await startTestRouter(fakes);
  const headers = { 'user-agent': 'Phone', 'x-internal-user-agent': 'Forged' };
  await router.graphql('{ me { userId } product(productId: "prod_001") { name } }', { headers });
  const agents = [fakes.users, fakes.catalog].map((fake) => fake.callers.map(({ userAgent }) => userAgent));
  expect(agents[0]).toContain('Phone');
  expect(agents[0]).not.toContain('Forged');
  expect(agents[1]).toEqual([undefined]);
  await router.close();
  await closeFakes(fakes);
});
