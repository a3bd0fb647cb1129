import type { SignAccessToken } from '@commerce/kit/access-token';
import type { AuditLog } from '@commerce/kit/audit-log';
import type { Clock } from '@commerce/kit/clock';
import type { NewId } from '@commerce/kit/ids';
import type { Logger } from '@commerce/kit/logger';
import type { Mailer } from '@commerce/kit/mail';
import type { Erasers } from '../clients/erasers.ts';
import type { AddressStore } from '../data/address-store.ts';
import type { AdministrationStore } from '../data/administration-store.ts';
import type { CredentialStore } from '../data/credential-store.ts';
import type { ErasureStore } from '../data/erasure-store.ts';
import type { ExportStore } from '../data/export-store.ts';
import type { Profiles } from '../data/profiles.ts';
import type { SessionStore } from '../data/session-store.ts';
import type { UserStore } from '../data/user-store.ts';
import type { VerificationStore } from '../data/verification-store.ts';
import type { AccountMail } from './account-mails.ts';
import type { AfterAnswer } from './after-answer.ts';
import type { LoginGuard } from './login-guard.ts';
import type { Passwords } from './passwords.ts';
import type { RefreshTokens } from './refresh-tokens.ts';

/** What the use cases work with; each names the part it needs. */
export type Deps = {
  users: UserStore;
  credentials: CredentialStore;
  verifications: VerificationStore;
  administration: AdministrationStore;
  auditLog: AuditLog;
  addresses: AddressStore;
  sessions: SessionStore;
  erasures: ErasureStore;
  erasers: Erasers;
  exports: ExportStore;
  profiles: Profiles;
  passwords: Passwords;
  loginGuard: LoginGuard;
  signAccessToken: SignAccessToken;
  refreshTokens: RefreshTokens;
  mailer: Mailer<AccountMail>;
  /** Origin that links in mails begin with. */
  publicUrl: string;
  afterAnswer: AfterAnswer;
  clock: Clock;
  newId: NewId;
  logger: Logger;
};
