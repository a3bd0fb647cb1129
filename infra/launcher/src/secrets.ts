import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { StartError } from './start-error.ts';

const secret = z.string().min(32);

const secretsSchema = z.object({
  /** Password of the embedded server's superuser. */
  postgresPassword: secret,
  /** Passwords of the roles, by the database's name. */
  rolePasswords: z.object({ users: secret, catalog: secret, cart: secret, orders: secret, payments: secret }),
  jwtSecret: secret,
  jwtRefreshSecret: secret,
  internalTokenSecret: secret,
  paymentProviderSecret: secret,
});

export type Secrets = z.infer<typeof secretsSchema>;

// Files of before the payment provider had a database and a secret of its own.
const olderSecretsSchema = secretsSchema.extend({
  rolePasswords: secretsSchema.shape.rolePasswords.partial({ payments: true }),
  paymentProviderSecret: secret.optional(),
});

/** Reads the data folder's secrets, which are made at the first start and kept: tokens that were
 *  given out before a restart stay valid, and the passwords fit the databases. What an older version
 *  did not make is added.
 *  @throws StartError when the file is damaged */
export async function loadSecrets(file: string): Promise<Secrets> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new StartError(`${file} cannot be read: ${error.message}`, { cause: error });
  });
  if (text === null) return await keepSecrets(file, createSecrets());
  const found = parseSecrets(file, text);
  const complete = secretsSchema.safeParse(found);
  return complete.success ? complete.data : await keepSecrets(file, completeSecrets(found));
}

type OlderSecrets = z.infer<typeof olderSecretsSchema>;

function parseSecrets(file: string, text: string): OlderSecrets {
  try {
    return olderSecretsSchema.parse(JSON.parse(text));
  } catch {
    // Without the cause: it would print the file's contents.
    throw new StartError(
      `${file} is damaged. It holds the databases' passwords: restore it, or empty the data folder with npm run reset.`,
    );
  }
}

function createSecrets(): Secrets {
  const rolePasswords = { users: random(), catalog: random(), cart: random(), orders: random() };
  return completeSecrets({
    postgresPassword: random(),
    rolePasswords,
    jwtSecret: random(),
    jwtRefreshSecret: random(),
    internalTokenSecret: random(),
  });
}

function completeSecrets(found: OlderSecrets): Secrets {
  const { rolePasswords, paymentProviderSecret = random() } = found;
  const { payments = random() } = rolePasswords;
  return { ...found, rolePasswords: { ...rolePasswords, payments }, paymentProviderSecret };
}

function random(): string {
  return randomBytes(32).toString('base64url');
}

async function keepSecrets(file: string, secrets: Secrets): Promise<Secrets> {
  // Renamed into place: a start that is killed here leaves no half of a file.
  await writeFile(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
  return secrets;
}
