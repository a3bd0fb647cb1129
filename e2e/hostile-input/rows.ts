import { z } from 'zod';
import { openShopDatabase, type ShopDatabase } from '../shop-database.ts';

/** How often each row stands in each table: `orders public.refunds` -> row as JSON -> count. */
type Snapshot = ReadonlyMap<string, ReadonlyMap<string, number>>;

export type RowChanges = { table: string; removed: string[]; added: string[] }[];

/** All rows of all databases of a shop. */
export type ShopRows = {
  read(): Promise<Snapshot>;
  /** Reads until nothing has changed for a while: what goes on behind an answer has then come to its end. */
  readSettled(quietMs?: number): Promise<Snapshot>;
  close(): Promise<void>;
};

const MAX_READS = 50;

const namedTable = z.object({ name: z.string() });
const namedRow = z.object({ name: z.string(), row: z.string() });

// Left out is what makes the background tasks come round again, several times a second and whether or not anybody
// asks for anything: what such a task does stands in the tables of the shop. So are the audit logs, which tell of refused
// attempts as well, and which triggers keep from anything but growing.
const TABLES = `select format('%I.%I', schemaname, tablename) as name from pg_tables
  where schemaname not in ('pg_catalog', 'information_schema', 'graphile_worker')
    and tablename not in ('audit_log', 'audit_outcomes')`;

export async function openShopRows(databaseUrls: Readonly<Record<string, string>>): Promise<ShopRows> {
  const databases = await Promise.all(Object.entries(databaseUrls).map(openReader));

  async function read(): Promise<Snapshot> {
    const parts = await Promise.all(databases.map((database) => database.read()));
    return new Map(parts.flatMap((part) => [...part]));
  }

  return {
    read,
    async readSettled(quietMs = 20) {
      let last = await read();
      for (let attempt = 0; attempt < MAX_READS; attempt += 1) {
        await new Promise((resolve) => setTimeout(resolve, quietMs));
        const next = await read();
        if (findChanges(last, next).length === 0) return next;
        last = next;
      }
      throw new Error('Rows go on changing though nobody asks for anything');
    },
    close: async () => void (await Promise.all(databases.map(({ database }) => database.close()))),
  };
}

async function openReader([name, url]: [string, string]) {
  const database: ShopDatabase = openShopDatabase(url);
  const tables = await database.query(TABLES, namedTable);
  const statement = tables
    .map((table) => `select '${table.name}' as name, to_jsonb(t)::text as row from ${table.name} t`)
    .join(' union all ');
  return {
    database,
    async read() {
      const found = new Map(tables.map((table) => [`${name} ${table.name}`, new Map<string, number>()]));
      for (const { name: table, row } of await database.query(statement, namedRow)) {
        const rows = found.get(`${name} ${table}`);
        rows?.set(row, (rows.get(row) ?? 0) + 1);
      }
      return found;
    },
  };
}

/** Rows that are only in one of two snapshots, by table; a changed row is one removed and one added. */
export function findChanges(before: Snapshot, after: Snapshot): RowChanges {
  return [...after].flatMap(([table, rows]) => {
    const earlier = before.get(table) ?? new Map<string, number>();
    const added = rowsMissingIn(earlier, rows);
    const removed = rowsMissingIn(rows, earlier);
    return added.length + removed.length === 0 ? [] : [{ table, removed, added }];
  });
}

function rowsMissingIn(other: ReadonlyMap<string, number>, rows: ReadonlyMap<string, number>): string[] {
  return [...rows].filter(([row, count]) => (other.get(row) ?? 0) < count).map(([row]) => row);
}
