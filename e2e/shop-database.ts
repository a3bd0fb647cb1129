import { openDatabase } from '@commerce/kit/postgres';
import { z } from 'zod';

/** A database of a shop under test, past its service. */
export type ShopDatabase = {
  /** @param statement with nothing from outside: it is sent as it is */
  query<Row extends z.ZodType>(statement: string, row: Row): Promise<z.output<Row>[]>;
  run(statement: string): Promise<void>;
  close(): Promise<void>;
};

export function openShopDatabase(url: string): ShopDatabase {
  const database = openDatabase({ url, applicationName: 'e2e', poolSize: 2, statementTimeoutMs: 10_000 });
  return {
    query: async (statement, row) => z.array(row).parse([...(await database.db.execute(statement))]),
    run: async (statement) => void (await database.db.execute(statement)),
    close: database.close,
  };
}
