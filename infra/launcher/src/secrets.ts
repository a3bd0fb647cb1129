import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { StartError } from './start-error.ts';

const secret = z.string().min(32);

const secretsSchema = z.object({
  /** Password of the embedded server's superuser. */
  postgresPassword: secret,
  /** Passwords of the four roles, by the subgraph's name. */
  rolePasswords: z.object({ users: secret, catalog: secret, cart: secret, orders: secret }),
  jwtSecret: secret,
  jwtRefreshSecret: secret,
  internalTokenSecret: secret,
});

export type Secrets = z.infer<typeof secretsSchema>;

/** Reads the data folder's secrets, which are made at the first start and kept: tokens that were
 *  given out before a restart stay valid, and the passwords fit the databases.
 *  @throws StartError when the file is damaged */
export async function loadSecrets(file: string): Promise<Secrets> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new StartError(`${file} cannot be read: ${error.message}`, { cause: error });
  });
  return text === null ? await createSecrets(file) : parseSecrets(file, text);
}

function parseSecrets(file: string, text: string): Secrets {
  try {
    return secretsSchema.parse(JSON.parse(text));
  } catch {
    // Without the cause: it would print the file's contents.
    throw new StartError(
      `${file} is damaged. It holds the databases' passwords: restore it, or empty the data folder with npm run reset.`,
    );
  }
}

async function createSecrets(file: string): Promise<Secrets> {
  const random = () => randomBytes(32).toString('base64url');
  const secrets: Secrets = {
    postgresPassword: random(),
    rolePasswords: { users: random(), catalog: random(), cart: random(), orders: random() },
    jwtSecret: random(),
    jwtRefreshSecret: random(),
    internalTokenSecret: random(),
  };
  // Renamed into place: a start that is killed here leaves no half of a file.
  await writeFile(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
  return secrets;
}
