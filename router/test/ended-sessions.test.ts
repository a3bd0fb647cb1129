import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { POLL_MS, watchEndedSessions } from '../src/ended-sessions.ts';
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
    expect(['fam_1', 'fam_2', 'fam_3'].map(watch.standingOf)).toEqual(['ended', 'ended', 'live']);
  });

  it('stay known while users is away, and are asked for until it is back', async () => {
    const { users, cursors } = usersOf(
      { sessionIds: ['fam_1'], cursor: 'a' },
      new Error('Away'),
      new Error('Away'),
      { sessionIds: ['fam_2'], cursor: 'b' },
    );
    const watch = watchEndedSessions(users, quiet, quick);
    await vi.waitFor(() => expect(watch.standingOf('fam_2')).toBe('ended'));
    await watch.close();
    expect(watch.standingOf('fam_1')).toBe('ended');
    expect(cursors.slice(0, 4)).toEqual([null, 'a', 'a', 'a']);
  });

  it('are unknown until the first answer', async () => {
    const { users } = usersOf(new Error('Away'), new Error('Away'), { sessionIds: [], cursor: 'a' });
    const watch = watchEndedSessions(users, quiet, quick);
    expect(watch.standingOf('fam_1')).toBe('unknown');
    await watch.heard;
    expect(watch.standingOf('fam_1')).toBe('live');
    await watch.close();
  });

  it('are asked for on and on while pages are full', async () => {
    const full = Array.from({ length: 5_000 }, (_, index) => `fam_${index}`);
    const { users, cursors } = usersOf(
      { sessionIds: full, cursor: 'a' },
      { sessionIds: full, cursor: 'b' },
      { sessionIds: ['fam_last'], cursor: 'c' },
    );
    // The next poll would be an hour later.
    const watch = watchEndedSessions(users, quiet, { pollMs: 3_600_000, retryMs: 3_600_000 });
    await watch.heard;
    expect(cursors).toEqual([null, 'a', 'b']);
    expect(watch.standingOf('fam_last')).toBe('ended');
    await watch.close();
  });

  it('are not asked for at once again where the cursor of a full page leads nowhere', async () => {
    const full = Array.from({ length: 5_000 }, (_, index) => `fam_${index}`);
    const { users, cursors } = usersOf({ sessionIds: full, cursor: 'a' });
    const watch = watchEndedSessions(users, quiet, { pollMs: 3_600_000, retryMs: 3_600_000 });
    await watch.heard;
    await watch.close();
    expect(cursors).toEqual([null, 'a']);
  });

  it('are asked for so often that access ends within a minute, answers that are late included', () => {
    expect(POLL_MS).toBeLessThanOrEqual(20_000);
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

  const codeOf = async (sessionId: string, role: 'customer' | 'admin' = 'customer') => {
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

  it('of another one is taken', async () => {
    await vi.waitFor(async () => expect(await codeOf('fam_gone')).toBe('AUTH_003'), { timeout: 10_000 });
    expect(await codeOf('fam_alive')).toBeNull();
  });
});

describe('a router that starts', () => {
  const name = '{ me { firstName } product(productId: "prod_001") { name } }';
  const tokenOf = (session: string) => signToken('customer', 'usr_1', new Date(), session);

  it('takes no token of a session that had ended, from the first request on', async () => {
    const fakes = await startFakes();
    fakes.users.override({ Query: { endedSessions: () => ({ sessionIds: ['fam_gone'], cursor: 'a' }) } });
    const router = await startTestRouter(fakes);
    const answers = [
      await router.graphql(name, { token: tokenOf('fam_gone') }),
      await router.graphql(name, { token: tokenOf('fam_live') }),
    ];
    expect(answers.map(({ body }) => body.errors?.[0]?.extensions.code)).toEqual([undefined, undefined]);
    expect(fakes.catalog.callers.map(({ viewer }) => viewer.kind)).toEqual(['anonymous', 'user']);
    await router.close();
    await closeFakes(fakes);
  });

  it('without a users service confirms no session, and gives what is everybody’s', async () => {
    const fakes = await startFakes();
    fakes.users.override({
      Query: {
        endedSessions: () => {
          throw new Error('Away');
        },
      },
    });
    const router = await startTestRouter(fakes);
    const answer = await router.graphql(name, { token: tokenOf('fam_unheard') });
    expect(answer.body.data.product.name).toBe('Wireless Headphones');
    expect(fakes.catalog.callers.at(-1)?.viewer).toEqual({ kind: 'anonymous', reason: 'unconfirmed' });
    await router.close();
    await closeFakes(fakes);
  });
});

it('what a client calls itself is told to users alone, and nobody can pretend', async () => {
  const fakes = await startFakes();
  const router = await startTestRouter(fakes);
  const headers = { 'user-agent': `Phone${'x'.repeat(15_000)}`, 'x-internal-user-agent': 'Forged' };
  await router.graphql('{ me { userId } product(productId: "prod_001") { name } }', { headers });
  const agents = [fakes.users, fakes.catalog].map((fake) => fake.callers.map(({ userAgent }) => userAgent));
  expect(agents[0]).toContain(`Phone${'x'.repeat(195)}`);
  expect(agents[0]).not.toContain('Forged');
  expect(agents[1]).toEqual([undefined]);
  await router.close();
  await closeFakes(fakes);
});
