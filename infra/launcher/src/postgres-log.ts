import { open, rm, stat } from 'node:fs/promises';

/** The server's log file, open for appending. */
export type ServerLog = {
  readonly file: string;
  readonly descriptor: number;
  /** Where this run's lines begin. */
  readonly start: number;
  close(): Promise<void>;
};

// The log holds warnings only and would take years to get here, unless something is badly wrong.
const MAX_BYTES = 5_000_000;
const TAIL_BYTES = 2_000;

/** Opens the log; one that has grown too large begins anew. */
export async function openServerLog(file: string): Promise<ServerLog> {
  const size = await stat(file).then(
    (entry) => entry.size,
    () => 0,
  );
  if (size > MAX_BYTES) await rm(file, { force: true });
  const handle = await open(file, 'a', 0o600);
  const start = size > MAX_BYTES ? 0 : size;
  return { file, descriptor: handle.fd, start, close: async () => await handle.close() };
}

/** The last lines that this run has written, for an error message. */
export async function readLogTail(log: ServerLog): Promise<string> {
  const handle = await open(log.file, 'r');
  try {
    const { size } = await handle.stat();
    const from = Math.max(log.start, size - TAIL_BYTES);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - from), 0, size - from, from);
    return buffer.toString('utf8', 0, bytesRead).trim();
  } finally {
    await handle.close();
  }
}
