import { connect, type Socket } from 'node:net';
import postgres from 'postgres';

/** How long a connection may take until it has answered a first statement. */
const CONNECT_MS = 2_000;

export type ConnectionOptions = {
  url: string;
  /** Settings of the session. */
  session: Partial<postgres.ConnectionParameters>;
  /** How values are read and written. */
  types: Pick<postgres.Sql['options'], 'parsers' | 'serializers'>;
  /** Which of the URL's hosts, modulo their number. */
  attempt: number;
  /** Is called once, as soon as it can carry no statement any more. */
  onDead(): void;
};

/** Gives a client one statement. */
export type Send<Result> = (client: postgres.Sql) => PromiseLike<Result>;

/** One session of Postgres, which does not outlive its socket. */
export type GuardedConnection = {
  readonly openedAt: number;
  isDead(): boolean;
  /** @throws the reason why there is no session; it is dead then */
  open(): Promise<void>;
  /** Runs one statement; only when that has settled may there be another.
   *  @throws Postgres's error, or after `timeoutMs` ANSWER_TIMEOUT: whether it was done is unknown then */
  run<Result>(send: Send<Result>, timeoutMs: number): Promise<Result>;
  /** Ends it after the statement under way, at the latest after `graceMs`. */
  end(graceMs: number): Promise<void>;
};

/** Holds postgres.js 3.4.9 to what it does well. When a connection is lost, that version may keep a statement
 *  waiting without end, write to the socket that is gone from a timer (which ends the process), or connect
 *  again and send the new session what was left for the old one (which then never answers). So here a client
 *  has one connection, gets one socket and one statement at a time, and is thrown away with the socket. */
export function createConnection(options: ConnectionOptions): GuardedConnection {
  let socket: Socket | null = null;
  let isDead = false;
  let abort: ((error: unknown) => void) | null = null;

  const client = postgresClient(options, { onclose: () => die(connectionLost()), socket: dial });

  function dial(address: Address): Socket {
    // Lost while the session was being made: left alone, the client would try again without end.
    if (isDead || socket !== null) throw connectionLost();
    socket = connectTo(address, options.attempt);
    return socket;
  }

  function die(error: unknown): void {
    if (isDead) return;
    isDead = true;
    // Not ended in order: a server that hangs would never answer that.
    socket?.destroy();
    abort?.(error);
    options.onDead();
  }

  async function run<Result>(send: Send<Result>, timeoutMs: number): Promise<Result> {
    if (isDead) throw connectionLost();
    const query = send(client);
    const fail = rejecting(query);
    const giveUp = () => fail(answerTimeout(timeoutMs));
    // Where this process was busy the answer lies unread: timers come before sockets, this after both.
    const timer = setTimeout(() => setImmediate(giveUp), timeoutMs);
    abort = fail;
    try {
      return await query;
    } catch (error) {
      if (!isRefusal(error)) die(error);
      throw error;
    } finally {
      clearTimeout(timer);
      abort = null;
    }
  }

  return {
    openedAt: performance.now(),
    isDead: () => isDead,
    async open() {
      try {
        await run((sql) => sql.unsafe('select 1'), CONNECT_MS);
      } catch (error) {
        die(error);
        throw error;
      }
    },
    run,
    async end(graceMs) {
      await client.end({ timeout: graceMs / 1_000 });
      die(connectionLost());
    },
  };
}

/** What postgres.js tells of where to connect to. */
type Address = { path?: string | false; host: readonly string[]; port: readonly number[] };

type Hooks = { onclose(): void; socket(address: Address): Socket };

function postgresClient({ url, session, types }: ConnectionOptions, hooks: Hooks): postgres.Sql {
  const client = postgres(url, {
    ...hooks,
    max: 1,
    // The pool ends connections: by itself one could end in the moment when it is given a statement.
    idle_timeout: 0,
    max_lifetime: null,
    connect_timeout: CONNECT_MS / 1_000,
    // Else each session begins with a statement of the client's own whose failure, such as by a lost
    // connection, nobody handles: an unhandled rejection ends the process.
    fetch_types: false,
    onnotice: () => {},
    connection: session,
  });
  Object.assign(client.options.parsers, types.parsers);
  Object.assign(client.options.serializers, types.serializers);
  return client;
}

function connectTo({ path, host, port }: Address, attempt: number): Socket {
  if (path) return connect(path);
  const index = attempt % host.length;
  const name = host[index] ?? 'localhost';
  // postgres.js takes the name from the socket where it checks the server's certificate.
  return Object.assign(connect(port[index] ?? 5432, name), { host: name });
}

/** Fails a query from outside, where it has not settled; what comes later is dropped. Through a method that the
 *  types do not show: a promise around each query costs 10 us of some 40 where ten are under way. */
function rejecting(query: object): (error: unknown) => void {
  if (!('reject' in query) || typeof query.reject !== 'function') {
    throw new TypeError('This version of postgres.js has no Query.reject');
  }
  return query.reject.bind(query);
}

/** Whether the server has refused the statement and the session goes on. All else, an error within the client
 *  too, leaves it uncertain in which state the session is. */
function isRefusal(error: unknown): boolean {
  return error instanceof postgres.PostgresError && error.severity === 'ERROR';
}

function connectionLost(): Error {
  return databaseFailure('CONNECTION_CLOSED', 'The connection to Postgres was lost');
}

function answerTimeout(timeoutMs: number): Error {
  return databaseFailure('ANSWER_TIMEOUT', `Postgres did not answer within ${timeoutMs} ms`);
}

/** An error with a code, as those of Postgres and its client have one. */
export function databaseFailure(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
