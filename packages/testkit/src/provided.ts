/** What the global setup hands to test files, by vitest's `provide` and `inject`. */
declare module 'vitest' {
  export interface ProvidedContext {
    testPostgres: TestPostgres;
    testRedis: TestRedis;
  }
}

export type TestPostgres = {
  /** URL of the server by a role that may create databases, of its maintenance database. */
  adminUrl: string;
  /** Begins the name of every database of this run. */
  prefix: string;
  /** Folder for whatever a test writes to disk; it goes with the run. */
  scratchFolder: string;
};

export type TestRedis =
  | { kind: 'server'; url: string; databases: number }
  | { kind: 'absent'; reason: string };
