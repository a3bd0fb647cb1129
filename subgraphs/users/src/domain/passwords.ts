import { createHmac, randomBytes } from 'node:crypto';
import bcrypt from 'bcrypt';
import { createGate } from './gate.ts';

/** 273 ms of one core, measured. */
const COST = 12;
/** Of the thread pool's four threads: the others stay free for files and names of hosts. */
const RUNNING = 2;
/** At two at a time the last in the queue waits about 6 s, within what a client still waits for. */
const WAITING = 40;
const RETRY_AFTER_SECONDS = 5;

export type Passwords = {
  /** @throws AppError SYS_002 where too many hashes are waited for already */
  hash(password: string): Promise<string>;
  /** @param hash null where there is no account: takes as long and answers false
   *  @throws AppError as hash */
  verify(password: string, hash: string | null): Promise<boolean>;
};

export type PasswordOptions = { cost?: number; running?: number; waiting?: number };

/** Slow hashes, made outside the event loop. */
export function createPasswords(options: PasswordOptions = {}): Passwords {
  const cost = options.cost ?? COST;
  const gate = createGate({
    running: options.running ?? RUNNING,
    waiting: options.waiting ?? WAITING,
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
  const dummy = dummyHash(cost);
  return {
    hash: async (password) => await gate(() => bcrypt.hash(condense(password), cost)),
    async verify(password, hash) {
      const isRight = await gate(() => bcrypt.compare(condense(password), hash ?? dummy));
      return isRight && hash !== null;
    },
  };
}

/** bcrypt reads 72 bytes and stops at a NUL: it gets 44 characters that depend on every byte. Keyed, so that
 *  plain SHA-256 hashes stolen elsewhere cannot be tried here. Canonical form: keyboards differ in how
 *  they compose letters. */
function condense(password: string): string {
  return createHmac('sha256', 'commerce/users/password').update(password.normalize('NFC')).digest('base64');
}

/** Looks like a hash of this cost, and no password is known for it. */
function dummyHash(cost: number): string {
  return bcrypt.genSaltSync(cost) + randomBytes(32).toString('hex').slice(0, 31);
}
