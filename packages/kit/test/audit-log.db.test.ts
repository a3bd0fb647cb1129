import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
// By path: the testkit depends on the kit, and a dependency back would be a cycle of workspaces.
import { createTestDatabase, type TestDatabase } from '../../testkit/src/database.ts';
import { type AuditAttempt, type AuditLog, createAuditLog } from '../src/audit-log.ts';
import { readAuditPage } from '../src/audit-page.ts';

let database: TestDatabase;
let client: postgres.Sql;
let log: AuditLog;
let entries: { entryId: string; actorId: string; action: string; recordedAt: Date }[];

const attempt: AuditAttempt = {
  actorId: 'usr_a',
  byAdministrator: true,
  action: 'sell',
  target: null,
  arguments: '{}',
  requestId: 'r',
  clientAddress: '192.0.2.1',
};

beforeAll(async () => {
  database = await createTestDatabase('users');
  client = postgres(database.url, { max: 10, onnotice: () => {} });
  log = createAuditLog(drizzle(client));
  // Many at one moment, such as those of one document.
  await client`
    insert into audit_log (entry_id, recorded_at, actor_id, by_administrator, action, arguments, request_id, client_address)
    select 'aud_' || i, timestamptz '2024-01-01 00:00:00Z' + i / 10 * interval '1 second',
      'usr_' || i % 3, true, 'act_' || i % 2, '{}', 'r', '192.0.2.1'
    from generate_series(1, 57) i`;
  const rows = await client`
    select entry_id, actor_id, action, recorded_at from audit_log order by recorded_at desc, sequence desc`;
  entries = rows.map((row) => ({
    entryId: row.entry_id,
    actorId: row.actor_id,
    action: row.action,
    recordedAt: new Date(row.recorded_at),
  }));
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

async function readAll(filter: object, first: number): Promise<string[]> {
  const found: string[] = [];
  let after: string | null = null;
  do {
    const { nodes, pageInfo, totalCount } = await readAuditPage(log, { filter, first, after });
    found.push(...nodes.map(({ entryId }) => entryId));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    if (after === null) expect(await totalCount()).toBe(found.length);
  } while (after !== null);
  return found;
}

describe('pages of the log', () => {
  const time = (seconds: number) => new Date(Date.UTC(2024, 0, 1, 0, 0, seconds));

  it.each([1, 7, 19, 57, 100])('have every entry once, newest first, by %i', async (first) => {
    expect(await readAll({ until: time(60) }, first)).toEqual(entries.map(({ entryId }) => entryId));
  });

  it.each<[string, object, (entry: (typeof entries)[number]) => boolean]>([
    ['an actor', { actorId: 'usr_1' }, ({ actorId }) => actorId === 'usr_1'],
    ['an action', { action: 'act_1' }, ({ action }) => action === 'act_1'],
    ['a time', { since: time(2), until: time(4) }, ({ recordedAt: at }) => at >= time(2) && at < time(4)],
    [
      'all of these',
      { actorId: 'usr_1', action: 'act_1', since: time(1), until: time(5) },
      ({ actorId, action, recordedAt: at }) =>
        actorId === 'usr_1' && action === 'act_1' && at >= time(1) && at < time(5),
    ],
    ['nobody', { actorId: 'usr_7' }, () => false],
  ])('have what a filter by %s lets through', async (_, filter, isWanted) => {
    const expected = entries.filter(isWanted).map(({ entryId }) => entryId);
    expect(await readAll(filter, 3)).toEqual(expected);
  });

  it.each([
    ['a cursor of another list', { after: Buffer.from('["1","2","3"]').toString('base64url') }],
    ['a made-up time', { after: Buffer.from('["now","1"]').toString('base64url') }],
    ['a made-up place', { after: Buffer.from('["2024-01-01T00:00:00.000Z","1e9"]').toString('base64url') }],
    ['a page that is too large', { first: 101 }],
    ['an actor with a NUL', { filter: { actorId: 'usr_\0' } }],
    ['a year that Postgres does not know', { filter: { since: new Date('0000-01-01T00:00:00Z') } }],
    ['a year after all others', { filter: { until: new Date(Date.UTC(10_000, 0)) } }],
  ])('are VAL_001 for %s', async (_, args) => {
    await expect(readAuditPage(log, args)).rejects.toMatchObject({ code: 'VAL_001' });
  });
});

describe('an attempt', () => {
  it('is recorded as often as an administrator makes it', async () => {
    const ids = await Promise.all(Array.from({ length: 30 }, async () => await log.recordAttempt(attempt)));
    expect(ids).not.toContain(null);
    expect(await log.count({ actorId: 'usr_a' })).toBe(30);
  });

  it('of somebody else is recorded ten times an hour, also of one who was an administrator', async () => {
    const refused = { ...attempt, byAdministrator: false };
    const ids = [];
    for (let tries = 0; tries < 15; tries += 1) ids.push(await log.recordAttempt(refused));
    expect(ids.filter((id) => id !== null)).toHaveLength(10);
    expect(await log.recordAttempt({ ...refused, actorId: 'usr_b' })).not.toBeNull();
  });

  it('has one outcome, and there is none without an attempt', async () => {
    const entryId = await log.recordAttempt(attempt);
    if (entryId === null) throw new Error('It was not recorded');
    await log.recordOutcome(entryId, 'DONE', 'prod_1');
    await expect(log.recordOutcome(entryId, 'SYS_001', null)).rejects.toThrow();
    await expect(log.recordOutcome('aud_of_nothing', 'DONE', null)).rejects.toThrow();
    expect(await log.list({ actorId: 'usr_a' }, { kind: 'cursor', size: 1, after: null })).toMatchObject([
      { entryId, outcome: 'DONE', target: 'prod_1' },
      {},
    ]);
  });

  it.each([
    ['without an actor', { actorId: '' }],
    ['with arguments that are too long', { arguments: 'a'.repeat(4_097) }],
  ])('is refused %s', async (_, fault) => {
    await expect(log.recordAttempt({ ...attempt, ...fault })).rejects.toThrow();
  });

  it('has no outcome that is none', async () => {
    const entryId = await log.recordAttempt(attempt);
    await expect(
      client`insert into audit_outcomes (entry_id, outcome) values (${entryId}, 'fine')`,
    ).rejects.toThrow(/audit_outcomes_outcome_is_known/);
  });
});
