import postgres from 'postgres';
import { z } from 'zod';

export const subgraphs = ['users', 'catalog', 'cart', 'orders'] as const;
export type Subgraph = (typeof subgraphs)[number];

/** The databases, each with a role of its own name: the subgraphs', and the demonstration payment provider's. */
export const databaseNames = [...subgraphs, 'payments'] as const;
export type DatabaseName = (typeof databaseNames)[number];

/** Without `payments` where the payment provider is elsewhere. */
export type DatabaseUrls = Readonly<Record<Subgraph, string> & { payments?: string }>;

type Server = { port: number; adminUrl(database?: string): string };

const stateRow = z.object({
  name: z.enum(databaseNames),
  hasRole: z.boolean(),
  hasDatabase: z.boolean(),
  isPublic: z.boolean(),
});
type State = z.infer<typeof stateRow>;

/** Creates what is missing of the named databases and their roles. A role owns its own
 *  database and can connect to no other.
 *  @param passwords of the roles; those that exist keep the one they were made with
 *  @returns each database's URL, by its own role */
export async function ensureDatabases(
  server: Server,
  names: readonly DatabaseName[],
  passwords: Readonly<Record<DatabaseName, string>>,
): Promise<Partial<Record<DatabaseName, string>>> {
  const max = Math.max(names.length, 1);
  const sql = postgres(server.adminUrl(), { max, onnotice: () => {}, fetch_types: false });
  try {
    const states = await readStates(sql, names);
    // The maintenance databases first: they are what an outsider role could still connect to.
    if (states.some((state) => !state.hasDatabase)) {
      await sql`revoke all on database postgres, template1 from public`;
    }
    await Promise.all(states.map((state) => ensureDatabase(sql, state, passwords[state.name])));
  } finally {
    await sql.end({ timeout: 2 });
  }
  const urlOf = (name: DatabaseName) =>
    `postgres://${name}:${passwords[name]}@127.0.0.1:${server.port}/${name}`;
  return Object.fromEntries(names.map((name) => [name, urlOf(name)]));
}

async function readStates(sql: postgres.Sql, names: readonly DatabaseName[]): Promise<State[]> {
  const rows = await sql`
    select wanted.name,
           r.oid is not null as "hasRole",
           d.oid is not null as "hasDatabase",
           coalesce(has_database_privilege('public', d.oid, 'connect'), false) as "isPublic"
    from unnest(string_to_array(${names.join(',')}, ',')) as wanted (name)
    left join pg_roles r on r.rolname = wanted.name
    left join pg_database d on d.datname = wanted.name
    order by wanted.name`;
  return z.array(stateRow).parse([...rows]);
}

// DDL takes no parameters: the name is one of five words and the password is base64url.
// Three statements, since CREATE DATABASE runs in no transaction; each is skipped once it is done.
async function ensureDatabase(sql: postgres.Sql, state: State, password: string): Promise<void> {
  const name = `"${state.name}"`;
  if (!state.hasRole) await sql.unsafe(`create role ${name} login password '${password}'`);
  if (!state.hasDatabase) await sql.unsafe(`create database ${name} owner ${name}`);
  if (!state.hasDatabase || state.isPublic) {
    await sql.unsafe(`revoke all on database ${name} from public`);
  }
}
