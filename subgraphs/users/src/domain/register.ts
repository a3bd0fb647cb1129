import { AppError, parseInput } from '@commerce/kit/errors';
import { line } from '@commerce/kit/text';
import { z } from 'zod';
import { verificationMail } from './account-mails.ts';
import type { Deps } from './deps.ts';
import { VERIFICATION_LIFETIME_SECONDS } from './email-verification.ts';
import { email, newPassword, phoneNumber } from './fields.ts';
import { createSingleUseToken } from './single-use-token.ts';

const registration = z.object({
  email,
  password: newPassword,
  firstName: line(1, 100),
  lastName: line(1, 100),
  phoneNumber: phoneNumber.nullish().transform((value) => value ?? null),
});

type Needs = Pick<
  Deps,
  'loginGuard' | 'users' | 'passwords' | 'mailer' | 'publicUrl' | 'afterAnswer' | 'clock' | 'newId'
>;

/** @returns the id of the new user
 *  @throws AppError VAL_001, VAL_002; RES_002 where the address is taken; SYS_002 */
export async function register(deps: Needs, input: unknown, clientAddress: string): Promise<string> {
  const { password, ...person } = parseInput(registration, input);
  const userId = deps.newId('usr');
  const passwordHash = await deps.passwords.hash(password);
  const { token, proof } = createSingleUseToken(VERIFICATION_LIFETIME_SECONDS, deps.clock());
  const isNew = await deps.users.register({ userId, passwordHash, ...person }, proof);
  if (!isNew) throw new AppError('RES_002', 'Email already exists', { details: [emailFault] });
  await deps.loginGuard.trust({ email: person.email, clientAddress });
  const mail = verificationMail(person.email, token, deps.publicUrl);
  deps.afterAnswer.run('verification mail', async () => await deps.mailer.send(mail));
  return userId;
}

const emailFault = { field: 'email', message: 'is already registered' };
