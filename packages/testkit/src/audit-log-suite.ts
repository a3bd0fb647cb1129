import type { UserViewer, Viewer } from '@commerce/kit/viewer';
import { beforeAll, describe, expect, it } from 'vitest';

type Answer = {
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of many shapes
  data: any;
  errors: readonly { extensions?: Record<string, unknown> | undefined }[];
};

/** Something that an administrator does. */
export type AuditedAct = {
  /** The mutation's field with its arguments and its selection. */
  field: string;
  action: string;
  /** Id of what it is about. */
  target: string;
  /** What the act changes. */
  state(): Promise<unknown>;
};

export type AuditedSubgraph = {
  /** Asks with the request id `test` from 192.0.2.1. */
  run(document: string, viewer: Viewer): Promise<Answer>;
  /** @returns the rows */
  execute(statement: string): Promise<readonly Record<string, unknown>[]>;
  createAdmin(): Promise<UserViewer>;
  createCustomer(): Promise<UserViewer>;
  /** An act on something new, which changes it. */
  createAct(): Promise<AuditedAct>;
};

const entryFields =
  'entryId actorId byAdministrator action target arguments outcome requestId clientAddress recordedAt completedAt';

/** @param query such as userAuditLog */
export function createLogReader(query: string, { run }: Pick<AuditedSubgraph, 'run'>) {
  return async (viewer: Viewer, args = '') => {
    const { data, errors } = await run(
      `{ ${query}${args} { totalCount pageInfo { hasNextPage endCursor } nodes { ${entryFields} } edges { cursor } } }`,
      viewer,
    );
    return { page: data?.[query] ?? null, codes: codesOf({ errors }) };
  };
}

function codesOf({ errors }: Pick<Answer, 'errors'>): unknown[] {
  return errors.map(({ extensions }) => extensions?.code);
}

type Tools = {
  subgraph: AuditedSubgraph;
  read: ReturnType<typeof createLogReader>;
  admin: UserViewer;
  // biome-ignore lint/suspicious/noExplicitAny: entries, as they were answered
  entriesOf(actor: UserViewer): Promise<any[]>;
  createActorAndAct(): Promise<[UserViewer, AuditedAct]>;
};

/** What holds of the audit log of every subgraph that has one.
 *  @param query such as userAuditLog
 *  @param open gives the subgraph, once the tests run */
export function describeAuditLog(query: string, open: () => AuditedSubgraph): void {
  let tools: Tools;
  beforeAll(async () => {
    const subgraph = open();
    const read = createLogReader(query, subgraph);
    const admin = await subgraph.createAdmin();
    tools = {
      subgraph,
      read,
      admin,
      entriesOf: async ({ userId }) =>
        (await read(admin, `(filter: { actorId: "${userId}" }, first: 100)`)).page.nodes,
      createActorAndAct: async () => [await subgraph.createAdmin(), await subgraph.createAct()],
    };
  });
  describe('the audit log', () => {
    testActs(() => tools);
    testOutages(() => tools);
    testAttempts(() => tools);
    testTables(() => tools);
  });
}

function testActs(tools: () => Tools): void {
  it('has who did what, to what, from where, and that it was done', async () => {
    const { subgraph, entriesOf, createActorAndAct } = tools();
    const [actor, act] = await createActorAndAct();
    const { errors } = await subgraph.run(`mutation { ${act.field} }`, actor);
    expect(errors).toEqual([]);
    const [entry, ...others] = await entriesOf(actor);
    expect(others).toEqual([]);
    expect(entry).toEqual({
      entryId: expect.stringMatching(/^aud_/),
      actorId: actor.userId,
      byAdministrator: true,
      action: act.action,
      target: act.target,
      arguments: expect.stringContaining(act.target),
      outcome: 'DONE',
      requestId: 'test',
      clientAddress: '192.0.2.1',
      recordedAt: expect.any(String),
      completedAt: expect.any(String),
    });
  });

  it('has an entry for each alias', async () => {
    const { subgraph, entriesOf } = tools();
    const [actor, one, other] = [
      await subgraph.createAdmin(),
      await subgraph.createAct(),
      await subgraph.createAct(),
    ];
    await subgraph.run(`mutation { a: ${one.field} b: ${other.field} c: ${one.field} }`, actor);
    const entries: { target: string }[] = await entriesOf(actor);
    expect(entries.map(({ target }) => target)).toEqual([one.target, other.target, one.target]);
  });
}

function testOutages(tools: () => Tools): void {
  /** Does something while a table cannot be written. */
  async function without(table: string, task: () => Promise<void>): Promise<void> {
    const { subgraph } = tools();
    await subgraph.execute(`alter table ${table} rename to away`);
    try {
      await task();
    } finally {
      await subgraph.execute(`alter table away rename to ${table}`);
    }
  }

  it('refuses an act that it cannot record, and nothing is done', async () => {
    const { subgraph, createActorAndAct } = tools();
    const [actor, act] = await createActorAndAct();
    const before = await act.state();
    await without('audit_log', async () => {
      expect(codesOf(await subgraph.run(`mutation { ${act.field} }`, actor))).toEqual(['SYS_002']);
    });
    expect(await act.state()).toEqual(before);
    await subgraph.run(`mutation { ${act.field} }`, actor);
    expect(await act.state()).not.toEqual(before);
  });

  it('does not make a failure of an act whose outcome it cannot record', async () => {
    const { subgraph, entriesOf, createActorAndAct } = tools();
    const [actor, act] = await createActorAndAct();
    const before = await act.state();
    await without('audit_outcomes', async () => {
      expect(codesOf(await subgraph.run(`mutation { ${act.field} }`, actor))).toEqual([]);
    });
    expect(await act.state()).not.toEqual(before);
    expect(await entriesOf(actor)).toMatchObject([{ outcome: null, completedAt: null }]);
  });
}

function testAttempts(tools: () => Tools): void {
  it('has what customers try, ten times an hour, and refuses them beyond that too', async () => {
    const { subgraph, entriesOf } = tools();
    const [actor, act] = [await subgraph.createCustomer(), await subgraph.createAct()];
    const before = await act.state();
    for (let tries = 0; tries < 13; tries += 1)
      expect(codesOf(await subgraph.run(`mutation { ${act.field} }`, actor))).toEqual(['AUTH_004']);
    expect(await act.state()).toEqual(before);
    const attempt = { byAdministrator: false, outcome: 'AUTH_004', target: act.target };
    expect(await entriesOf(actor)).toMatchObject(Array(10).fill(attempt));
  });

  it('has nothing of what nobody tries', async () => {
    const { subgraph, admin, read } = tools();
    const act = await subgraph.createAct();
    const count = async () => (await read(admin)).page.totalCount;
    const before = await count();
    const { errors } = await subgraph.run(`mutation { ${act.field} }`, {
      kind: 'anonymous',
      reason: 'missing',
    });
    expect(codesOf({ errors })).toEqual(['AUTH_003']);
    expect(await count()).toBe(before);
  });

  it('is read by administrators only', async () => {
    const { subgraph, read } = tools();
    const refused = (code: string) => ({ page: null, codes: [code] });
    expect(await read(await subgraph.createCustomer())).toEqual(refused('AUTH_004'));
    expect(await read({ kind: 'anonymous', reason: 'missing' })).toEqual(refused('AUTH_003'));
    expect(await read({ kind: 'service', name: 'orders' })).toEqual(refused('AUTH_003'));
  });
}

function testTables(tools: () => Tools): void {
  it.each(['audit_log', 'audit_outcomes'])('only grows: %s', async (table) => {
    const { subgraph, admin } = tools();
    const act = await subgraph.createAct();
    await subgraph.run(`mutation { ${act.field} }`, admin);
    const rows = async () => await subgraph.execute(`select * from ${table} order by entry_id`);
    const before = await rows();
    expect(before).not.toEqual([]);
    for (const statement of [
      `update ${table} set target = 'prod_2'`,
      `update ${table} set target = 'prod_2' where false`,
      `delete from ${table}`,
      `truncate ${table} cascade`,
      `insert into ${table} overriding system value select * from ${table} on conflict (entry_id) do update set target = 'prod_2'`,
    ])
      await expect(subgraph.execute(statement)).rejects.toMatchObject({
        cause: { message: `${table} is append-only` },
      });
    expect(await rows()).toEqual(before);
  });
}
