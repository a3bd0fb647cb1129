import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { AuditRecord } from '@commerce/kit/audit-log';
import type { AuditPage, AuditPageEdge } from '@commerce/kit/audit-page';
import type { UserPage } from './user-view.ts';
import type { ErasureRecord, SubgraphProof } from '../data/erasure-record.ts';
import type { ErasurePage, ErasurePageEdge } from './erasure-page.ts';
import type { UsersContext } from '../context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
export type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type MakeOptional<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]?: Maybe<T[SubKey]> };
export type MakeMaybe<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]: Maybe<T[SubKey]> };
export type MakeEmpty<T extends { [key: string]: unknown }, K extends keyof T> = { [_ in K]?: never };
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A point in time: ISO 8601 in UTC without milliseconds, such as 2024-01-15T10:30:00Z. */
  DateTime: { input: Date; output: Date; }
  /** Data as JSON: objects, lists, text, numbers. */
  Json: { input: never; output: unknown; }
  _FieldSet: { input: any; output: any; }
};

/** The present standing of an account, for other services. */
export type AccountState = {
  __typename?: 'AccountState';
  /** False once deactivated. */
  isActive: Scalars['Boolean']['output'];
  /** The user's present role. */
  role: Role;
  /** Id of the user. */
  userId: Scalars['ID']['output'];
};

/** An address to save. */
export type AddAddressInput = {
  /** 1 to 100 characters. */
  city: Scalars['String']['input'];
  /** 1 to 100 characters. */
  country: Scalars['String']['input'];
  /** True makes it the default. */
  isDefault?: InputMaybe<Scalars['Boolean']['input']>;
  /** At most 100 characters. */
  state: Scalars['String']['input'];
  /** 1 to 200 characters. */
  street: Scalars['String']['input'];
  /** 1 to 20 characters. */
  zipCode: Scalars['String']['input'];
};

/** The saved address. */
export type AddAddressPayload = {
  __typename?: 'AddAddressPayload';
  /** The new address. */
  address: Address;
  /** Its owner with all addresses. */
  user: User;
};

/** A saved postal address of a user. */
export type Address = {
  __typename?: 'Address';
  /** Opaque id, prefix addr_. */
  addressId: Scalars['ID']['output'];
  /** City or town. */
  city: Scalars['String']['output'];
  /** Country, as the customer wrote it. */
  country: Scalars['String']['output'];
  /** True for the one address that forms are filled with. */
  isDefault: Scalars['Boolean']['output'];
  /** State, province or region; empty where the country has none. */
  state: Scalars['String']['output'];
  /** Street and house number. */
  street: Scalars['String']['output'];
  /** Postal code. */
  zipCode: Scalars['String']['output'];
};

/** A privileged act, or somebody's attempt at one, as the audit log of its subgraph has it. Nothing in it is changed or removed later. */
export type AuditEntry = {
  __typename?: 'AuditEntry';
  /** Name of the mutation, such as setUserRole. */
  action: Scalars['String']['output'];
  /** Id of the user who acted. */
  actorId: Scalars['ID']['output'];
  /** The mutation's arguments as JSON, cut after 4,096 bytes. … stands for what was cut or left out: all but the origin of URLs, e-mail addresses, long numbers, secrets, and what people write of people, such as notes. */
  arguments: Scalars['String']['output'];
  /** True where the actor was an administrator; false where a customer tried, of which at most ten an hour are recorded. */
  byAdministrator: Scalars['Boolean']['output'];
  /** Client address behind the trusted proxies. */
  clientAddress: Scalars['String']['output'];
  /** When its outcome was recorded; null where there is none. */
  completedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Opaque id, prefix aud_. */
  entryId: Scalars['ID']['output'];
  /** DONE, or the code of the error that the actor was told: after SYS_001 and SYS_002 the act may be done all the same. Null where that is not known, as after a crash, or not yet. */
  outcome?: Maybe<Scalars['String']['output']>;
  /** When the act was about to begin, by the database's clock. */
  recordedAt: Scalars['DateTime']['output'];
  /** Id of the request, as in its answer's X-Request-Id. */
  requestId: Scalars['String']['output'];
  /** Id of what the act is about, or has made. Null where the input named nothing that could be an id, and where nothing was made. */
  target?: Maybe<Scalars['ID']['output']>;
};

/** A page of an audit log. */
export type AuditLogConnection = {
  __typename?: 'AuditLogConnection';
  /** Entries with their cursors. */
  edges: Array<AuditLogEdge>;
  /** The same entries without cursors. */
  nodes: Array<AuditEntry>;
  /** Where this page stands. */
  pageInfo: PageInfo;
  /** How many entries the filter lets through. */
  totalCount: Scalars['Int']['output'];
};

/** An entry at a place in the log. */
export type AuditLogEdge = {
  __typename?: 'AuditLogEdge';
  /** Pass as after to go on behind it. */
  cursor: Scalars['String']['output'];
  /** The entry. */
  node: AuditEntry;
};

/** Which entries of an audit log; all of what is given must hold. */
export type AuditLogFilter = {
  /** Only this mutation, such as setUserRole. */
  action?: InputMaybe<Scalars['String']['input']>;
  /** Only acts of this user. */
  actorId?: InputMaybe<Scalars['ID']['input']>;
  /** Only what was recorded then or later. */
  since?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only what was recorded before. */
  until?: InputMaybe<Scalars['DateTime']['input']>;
};

/** Tokens of one session. */
export type AuthSession = {
  __typename?: 'AuthSession';
  /** Bearer token for the Authorization header, valid for expiresIn seconds. */
  accessToken: Scalars['String']['output'];
  /** Lifetime of the access token in seconds. */
  expiresIn: Scalars['Int']['output'];
  /** Token for refreshSession, traded once; valid for seven days. */
  refreshToken: Scalars['String']['output'];
  /** The user who logged in. */
  user: User;
};

/** Both passwords. */
export type ChangePasswordInput = {
  /** The password so far. */
  currentPassword: Scalars['String']['input'];
  /** The new one; rules as in register. */
  newPassword: Scalars['String']['input'];
};

/** That the password was changed. */
export type ChangePasswordPayload = {
  __typename?: 'ChangePasswordPayload';
  /** The user; all sessions have ended. */
  user: User;
};

/** How to reach a user, for other services. */
export type Contact = {
  __typename?: 'Contact';
  /** E-mail address. */
  email: Scalars['String']['output'];
  /** Given name. */
  firstName: Scalars['String']['output'];
  /** Family name. */
  lastName: Scalars['String']['output'];
};

/** All that a shop keeps of one person, a part from each subgraph. Only that person gets it. */
export type DataExport = {
  __typename?: 'DataExport';
  /** Account, addresses, sessions, requests to reset the password and to verify the address. Null to anybody else. */
  account?: Maybe<ExportedPart>;
  /** Whose data it is. */
  userId: Scalars['ID']['output'];
};

/** Who deletes an account knows its password. */
export type DeleteMyAccountInput = {
  /** The present password. */
  currentPassword: Scalars['String']['input'];
};

/** What became of a deleted account. */
export type DeleteMyAccountPayload = {
  __typename?: 'DeleteMyAccountPayload';
  /** Id of the erasure, prefix ers_, to be named to administrators. */
  erasureId: Scalars['ID']['output'];
  /** Of each subgraph. */
  proofs: Array<ErasureProof>;
};

/** That all sessions have ended. */
export type EndAllSessionsPayload = {
  __typename?: 'EndAllSessionsPayload';
  /** How many there were. */
  ended: Scalars['Int']['output'];
};

/** Which session to end. */
export type EndSessionInput = {
  /** Id of one of one's own sessions. */
  sessionId: Scalars['ID']['input'];
};

/** The session that has ended. */
export type EndSessionPayload = {
  __typename?: 'EndSessionPayload';
  /** Its id. */
  sessionId: Scalars['ID']['output'];
};

/** Sessions whose access tokens are valid no more. */
export type EndedSessions = {
  __typename?: 'EndedSessions';
  /** To go on behind, at once where the page is full. */
  cursor: Scalars['String']['output'];
  /** Their ids; 5,000 at most. */
  sessionIds: Array<Scalars['ID']['output']>;
};

/** An account that its owner deleted. */
export type Erasure = {
  __typename?: 'Erasure';
  /** Opaque id, prefix ers_. */
  erasureId: Scalars['ID']['output'];
  /** Of each subgraph. */
  proofs: Array<ErasureProof>;
  /** When it was deleted. */
  requestedAt: Scalars['DateTime']['output'];
  /** DONE once all subgraphs have answered. */
  state: ErasureState;
  /** Id of the account: orders still name it, and it leads to nobody any more. */
  userId: Scalars['ID']['output'];
};

/** A page of erasures. */
export type ErasureConnection = {
  __typename?: 'ErasureConnection';
  /** Erasures with their cursors. */
  edges: Array<ErasureEdge>;
  /** The same erasures without cursors. */
  nodes: Array<Erasure>;
  /** Where this page stands. */
  pageInfo: PageInfo;
  /** How many there are in all. */
  totalCount: Scalars['Int']['output'];
};

/** An erasure at a place in a list. */
export type ErasureEdge = {
  __typename?: 'ErasureEdge';
  /** Pass as after to go on behind this erasure. */
  cursor: Scalars['String']['output'];
  /** The erasure. */
  node: Erasure;
};

/** What was found, erased or kept of a person. */
export type ErasureEntry = {
  __typename?: 'ErasureEntry';
  /** How many there were. */
  count: Scalars['Int']['output'];
  /** Why it is kept, and until when; null where it is not. */
  reason?: Maybe<Scalars['String']['output']>;
  /** What it is. */
  what: Scalars['String']['output'];
};

/** What a subgraph did for an erasure. */
export type ErasureProof = {
  __typename?: 'ErasureProof';
  /** What is there no more. */
  erased: Array<ErasureEntry>;
  /** What there was. */
  found: Array<ErasureEntry>;
  /** What stays, and why. */
  kept: Array<ErasureEntry>;
  /** When it last answered; null until then. */
  provedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Whether it has answered; until then the lists are empty. */
  state: ErasureState;
  /** Its name. */
  subgraph: Scalars['String']['output'];
};

/** Whether something was done. */
export type ErasureState =
  /** The subgraph has answered. Where it keeps what names the person until later, it is asked again each hour. */
  | 'DONE'
  /** It could not be reached yet and is told again, until it answers. */
  | 'PENDING';

/** How many there are of a kind. */
export type ExportedCount = {
  __typename?: 'ExportedCount';
  /** How many. */
  count: Scalars['Int']['output'];
  /** The kind. */
  what: Scalars['String']['output'];
};

/** What one subgraph keeps of a person. */
export type ExportedPart = {
  __typename?: 'ExportedPart';
  /** The data itself, complete where nextCursor is null; of the audit log the newest 100 entries. */
  data: Scalars['Json']['output'];
  /** How much there is in all, by kind. */
  found: Array<ExportedCount>;
  /** Pass as after to get what follows; null where nothing does. */
  nextCursor?: Maybe<Scalars['String']['output']>;
  /** Its name. */
  subgraph: Scalars['String']['output'];
};

/** Credentials. */
export type LoginInput = {
  /** E-mail address in any case. */
  email: Scalars['String']['input'];
  /** Password. */
  password: Scalars['String']['input'];
};

/** The new session. */
export type LoginPayload = {
  __typename?: 'LoginPayload';
  /** Tokens and user. */
  session: AuthSession;
};

/** The session to end. */
export type LogoutInput = {
  /** Any refresh token of the session. */
  refreshToken: Scalars['String']['input'];
};

/** That the session has ended. */
export type LogoutPayload = {
  __typename?: 'LogoutPayload';
  /** Always true. */
  loggedOut: Scalars['Boolean']['output'];
};

/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type Mutation = {
  __typename?: 'Mutation';
  /** Saves an address of one's own; the first becomes the default. */
  addAddress?: Maybe<AddAddressPayload>;
  /** Changes one's own password and ends all sessions. AUTH_001 where the current password is wrong. */
  changePassword?: Maybe<ChangePasswordPayload>;
  /** Deletes one's own account for good: what names a person is erased in all subgraphs, orders stay without the person, and the e-mail address is free. AUTH_001 where the current password is wrong; BUS_002 for an administrator. Where the account is deleted already, as after a lost answer, it tells what became of it, whatever the password. */
  deleteMyAccount?: Maybe<DeleteMyAccountPayload>;
  /** Ends all of one's own sessions, this one too. */
  endAllSessions?: Maybe<EndAllSessionsPayload>;
  /** Ends one of one's own sessions: it refreshes no more, and its access tokens end within a minute. RES_001 where one has no such session. */
  endSession?: Maybe<EndSessionPayload>;
  /** Logs in. AUTH_001 alike for a wrong password, an unknown address and a deactivated account. RATE_001 also where too many attempts on the account failed: from this client, or from all those that never logged in to it. */
  login?: Maybe<LoginPayload>;
  /** Ends the session of a refresh token: neither it nor its successors refresh any more. Succeeds also where it had ended already. */
  logout?: Maybe<LogoutPayload>;
  /** Trades a refresh token for a new session. Using the old token again gives the same new one for 10 seconds while that is unused; afterwards it ends the whole family. */
  refreshSession?: Maybe<RefreshSessionPayload>;
  /** Registers an account and mails a verification link. RES_002 where the e-mail address is taken. */
  register?: Maybe<RegisterPayload>;
  /** Removes an address of one's own; where it was the default, the oldest left becomes it. RES_001 where one has no such address. */
  removeAddress?: Maybe<RemoveAddressPayload>;
  /** Mails another link to verify one's own address (single use, 24 hours); the links of older mails end. AUTH_003 without a valid access token. */
  requestEmailVerification?: Maybe<RequestEmailVerificationPayload>;
  /** Mails a reset link where the address has an account, at most ten in a day; answers alike where it has none. */
  requestPasswordReset?: Maybe<RequestPasswordResetPayload>;
  /** Sets a new password by the token of a reset mail (single use, 15 minutes) and ends all sessions. AUTH_003 for any other token. */
  resetPassword?: Maybe<ResetPasswordPayload>;
  /** Activates or deactivates an account; deactivation ends its sessions. For administrators, else AUTH_004; not for oneself (BUS_002). */
  setUserActive?: Maybe<SetUserActivePayload>;
  /** Gives a user another role. For administrators, else AUTH_004; not for oneself (BUS_002). */
  setUserRole?: Maybe<SetUserRolePayload>;
  /** Changes an address of one's own; fields left out stay. RES_001 where one has no such address. */
  updateAddress?: Maybe<UpdateAddressPayload>;
  /** Changes one's own names or phone number; fields left out stay. */
  updateProfile?: Maybe<UpdateProfilePayload>;
  /** Marks the address as verified by the token of a verification mail. AUTH_003 for any other token. */
  verifyEmail?: Maybe<VerifyEmailPayload>;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationAddAddressArgs = {
  input: AddAddressInput;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationChangePasswordArgs = {
  input: ChangePasswordInput;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationDeleteMyAccountArgs = {
  input: DeleteMyAccountInput;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationEndSessionArgs = {
  input: EndSessionInput;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationLoginArgs = {
  input: LoginInput;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationLogoutArgs = {
  input: LogoutInput;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationRefreshSessionArgs = {
  input: RefreshSessionInput;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationRegisterArgs = {
  input: RegisterInput;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationRemoveAddressArgs = {
  input: RemoveAddressInput;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationRequestPasswordResetArgs = {
  input: RequestPasswordResetInput;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationResetPasswordArgs = {
  input: ResetPasswordInput;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationSetUserActiveArgs = {
  input: SetUserActiveInput;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationSetUserRoleArgs = {
  input: SetUserRoleInput;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationUpdateAddressArgs = {
  input: UpdateAddressInput;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationUpdateProfileArgs = {
  input: UpdateProfileInput;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationVerifyEmailArgs = {
  input: VerifyEmailInput;
};

/** Where a page of a list stands. */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** Cursor of the last item; null on an empty page. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** True where more items follow. */
  hasNextPage: Scalars['Boolean']['output'];
  /** True where items precede. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the first item; null on an empty page. */
  startCursor?: Maybe<Scalars['String']['output']>;
};

/** Reading. A field that fails is null, with the reason in errors: one dead part leaves the others their answers. */
export type Query = {
  __typename?: 'Query';
  /** For other services: the present role and state of an account, so that a demoted or deactivated user is out. Null where there is none. */
  accountState?: Maybe<AccountState>;
  /** For other services: where to write to a user, and by which name, read fresh; deactivated accounts included, since their orders still ship. Null where there is none, or its owner deleted it. */
  contactOf?: Maybe<Contact>;
  /** For those who verify access tokens: the sessions that ended within the last 65 minutes, or since a cursor. Some may come twice. A page holds 5,000 at most: whoever gets a full one asks again at once. */
  endedSessions?: Maybe<EndedSessions>;
  /** A deleted account and what became of its data; null where there is none. For administrators, else AUTH_004. */
  erasure?: Maybe<Erasure>;
  /** Deleted accounts, newest first. For administrators, else AUTH_004. */
  erasures?: Maybe<ErasureConnection>;
  /** All that the shop keeps of oneself, machine-readable: each subgraph gives its own part. AUTH_003 without a valid access token. */
  exportMyData?: Maybe<DataExport>;
  /** The logged-in user. AUTH_003 without a valid access token. */
  me?: Maybe<User>;
  /** One's own sessions, the one used last first: 100 at most, since the one used longest ago ends when another begins. AUTH_003 without a valid access token. */
  sessions?: Maybe<Array<Session>>;
  /** A user by id; null where there is none. For administrators, else AUTH_004. */
  user?: Maybe<User>;
  /** Privileged acts on users, newest first. For administrators, else AUTH_004. */
  userAuditLog?: Maybe<AuditLogConnection>;
  /** All users, newest first. For administrators, else AUTH_004. */
  users?: Maybe<UserConnection>;
};


/** Reading. A field that fails is null, with the reason in errors: one dead part leaves the others their answers. */
export type QueryAccountStateArgs = {
  userId: Scalars['ID']['input'];
};


/** Reading. A field that fails is null, with the reason in errors: one dead part leaves the others their answers. */
export type QueryContactOfArgs = {
  userId: Scalars['ID']['input'];
};


/** Reading. A field that fails is null, with the reason in errors: one dead part leaves the others their answers. */
export type QueryEndedSessionsArgs = {
  cursor?: InputMaybe<Scalars['String']['input']>;
};


/** Reading. A field that fails is null, with the reason in errors: one dead part leaves the others their answers. */
export type QueryErasureArgs = {
  erasureId: Scalars['ID']['input'];
};


/** Reading. A field that fails is null, with the reason in errors: one dead part leaves the others their answers. */
export type QueryErasuresArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  limit?: InputMaybe<Scalars['Int']['input']>;
  page?: InputMaybe<Scalars['Int']['input']>;
};


/** Reading. A field that fails is null, with the reason in errors: one dead part leaves the others their answers. */
export type QueryUserArgs = {
  userId: Scalars['ID']['input'];
};


/** Reading. A field that fails is null, with the reason in errors: one dead part leaves the others their answers. */
export type QueryUserAuditLogArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AuditLogFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Reading. A field that fails is null, with the reason in errors: one dead part leaves the others their answers. */
export type QueryUsersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  limit?: InputMaybe<Scalars['Int']['input']>;
  page?: InputMaybe<Scalars['Int']['input']>;
  role?: InputMaybe<Role>;
  search?: InputMaybe<Scalars['String']['input']>;
};

/** The refresh token to trade. */
export type RefreshSessionInput = {
  /** The newest refresh token of the session. */
  refreshToken: Scalars['String']['input'];
};

/** The refreshed session. */
export type RefreshSessionPayload = {
  __typename?: 'RefreshSessionPayload';
  /** New tokens and the user. */
  session: AuthSession;
};

/** Who registers. */
export type RegisterInput = {
  /** E-mail address, at most 255 characters; trimmed and lower-cased. */
  email: Scalars['String']['input'];
  /** 1 to 100 characters after trimming. */
  firstName: Scalars['String']['input'];
  /** 1 to 100 characters after trimming. */
  lastName: Scalars['String']['input'];
  /** 8 to 128 characters with an upper-case letter, a lower-case letter, a digit and a special character. */
  password: Scalars['String']['input'];
  /** E.164: + and 7 to 15 digits. */
  phoneNumber?: InputMaybe<Scalars['String']['input']>;
};

/** The new account. */
export type RegisterPayload = {
  __typename?: 'RegisterPayload';
  /** The new user; log in to get tokens. */
  user: User;
};

/** The address to remove. */
export type RemoveAddressInput = {
  /** Which address. */
  addressId: Scalars['ID']['input'];
};

/** The addresses left. */
export type RemoveAddressPayload = {
  __typename?: 'RemoveAddressPayload';
  /** Id of the removed address. */
  removedAddressId: Scalars['ID']['output'];
  /** The owner with the addresses left. */
  user: User;
};

/** Whether another verification mail is on its way. */
export type RequestEmailVerificationPayload = {
  __typename?: 'RequestEmailVerificationPayload';
  /** False where no mail is sent: the address is verified already, or five mails went there within a day. */
  accepted: Scalars['Boolean']['output'];
};

/** Whose password is to be reset. */
export type RequestPasswordResetInput = {
  /** E-mail address of the account. */
  email: Scalars['String']['input'];
};

/** That the request was taken. */
export type RequestPasswordResetPayload = {
  __typename?: 'RequestPasswordResetPayload';
  /** Always true, whether or not the address has an account. */
  accepted: Scalars['Boolean']['output'];
};

/** Proof and new password. */
export type ResetPasswordInput = {
  /** The new password; rules as in register. */
  newPassword: Scalars['String']['input'];
  /** Token of the reset mail. */
  token: Scalars['String']['input'];
};

/** That the password was set. */
export type ResetPasswordPayload = {
  __typename?: 'ResetPasswordPayload';
  /** Always true. */
  passwordReset: Scalars['Boolean']['output'];
};

/** What a user may do. */
export type Role =
  /** Runs the shop: sees all users and orders, changes the catalog and order statuses. */
  | 'ADMIN'
  /** Buys: sees and changes only what is theirs. */
  | 'CUSTOMER';

/** A login that is alive. */
export type Session = {
  __typename?: 'Session';
  /** Where it was last heard of: an IPv4 address, or of an IPv6 address its network, the /64, such as 2001:db8:0:1::/64. Null of sessions from before addresses were kept. */
  address?: Maybe<Scalars['String']['output']>;
  /** When it began. */
  createdAt: Scalars['DateTime']['output'];
  /** As the client called itself (User-Agent) when it was last heard of; null where it did not. */
  device?: Maybe<Scalars['String']['output']>;
  /** True for the session that asks. */
  isCurrent: Scalars['Boolean']['output'];
  /** When its tokens were last traded. */
  lastUsedAt: Scalars['DateTime']['output'];
  /** Opaque id, prefix fam_. */
  sessionId: Scalars['ID']['output'];
};

/** Whether an account may be used. */
export type SetUserActiveInput = {
  /** False deactivates. */
  isActive: Scalars['Boolean']['input'];
  /** Which user. */
  userId: Scalars['ID']['input'];
};

/** The changed user. */
export type SetUserActivePayload = {
  __typename?: 'SetUserActivePayload';
  /** The user after the change. */
  user: User;
};

/** A role to give. */
export type SetUserRoleInput = {
  /** The new role. */
  role: Role;
  /** Which user. */
  userId: Scalars['ID']['input'];
};

/** The changed user. */
export type SetUserRolePayload = {
  __typename?: 'SetUserRolePayload';
  /** The user after the change. */
  user: User;
};

/** Changes to an address. */
export type UpdateAddressInput = {
  /** Which address. */
  addressId: Scalars['ID']['input'];
  /** 1 to 100 characters. */
  city?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 100 characters. */
  country?: InputMaybe<Scalars['String']['input']>;
  /** True makes it the default; false is refused for the present default (BUS_002). */
  isDefault?: InputMaybe<Scalars['Boolean']['input']>;
  /** At most 100 characters. */
  state?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 200 characters. */
  street?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 20 characters. */
  zipCode?: InputMaybe<Scalars['String']['input']>;
};

/** The changed address. */
export type UpdateAddressPayload = {
  __typename?: 'UpdateAddressPayload';
  /** The address after the change. */
  address: Address;
  /** Its owner with all addresses. */
  user: User;
};

/** Changes to one's profile. */
export type UpdateProfileInput = {
  /** 1 to 100 characters after trimming. */
  firstName?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 100 characters after trimming. */
  lastName?: InputMaybe<Scalars['String']['input']>;
  /** E.164; null removes it. */
  phoneNumber?: InputMaybe<Scalars['String']['input']>;
};

/** The changed profile. */
export type UpdateProfilePayload = {
  __typename?: 'UpdateProfilePayload';
  /** The user after the change. */
  user: User;
};

/** A person with an account. */
export type User = {
  __typename?: 'User';
  /** Saved addresses, the default one first, then oldest first; at most 50. Null where the viewer may not see them. */
  addresses?: Maybe<Array<Address>>;
  /** When the account was registered. Null where the viewer may not see it. */
  createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** E-mail address, trimmed and lower-cased; unique. Null unless it is one's own account or the viewer is an administrator. */
  email?: Maybe<Scalars['String']['output']>;
  /** True once the link of the verification mail was followed. Null where the viewer may not see it. */
  emailVerified?: Maybe<Scalars['Boolean']['output']>;
  /** Given name. Null where the viewer may not see it, as for email. */
  firstName?: Maybe<Scalars['String']['output']>;
  /** False once an administrator deactivated the account: it can no longer log in. Null where the viewer may not see it. */
  isActive?: Maybe<Scalars['Boolean']['output']>;
  /** Family name. Null where the viewer may not see it, as for email. */
  lastName?: Maybe<Scalars['String']['output']>;
  /** E.164 number such as +1234567890. Null where none was given, or as for email. */
  phoneNumber?: Maybe<Scalars['String']['output']>;
  /** The user's role. Null where the viewer may not see it. */
  role?: Maybe<Role>;
  /** When the account or its profile last changed. Null where the viewer may not see it. */
  updatedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Opaque id, prefix usr_. */
  userId: Scalars['ID']['output'];
};

/** A page of users. */
export type UserConnection = {
  __typename?: 'UserConnection';
  /** Users with their cursors. */
  edges: Array<UserEdge>;
  /** The same users without cursors. */
  nodes: Array<User>;
  /** Where this page stands. */
  pageInfo: PageInfo;
  /** How many users match in all. */
  totalCount: Scalars['Int']['output'];
};

/** A user at a place in a list. */
export type UserEdge = {
  __typename?: 'UserEdge';
  /** Pass as after to go on behind this user. */
  cursor: Scalars['String']['output'];
  /** The user. */
  node: User;
};

/** Proof of an address. */
export type VerifyEmailInput = {
  /** Token of the verification mail. */
  token: Scalars['String']['input'];
};

/** The verified account. */
export type VerifyEmailPayload = {
  __typename?: 'VerifyEmailPayload';
  /** Always true. */
  emailVerified: Scalars['Boolean']['output'];
};



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  DataExport: DataExport;
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  DataExport:
    ( { __typename: 'DataExport' }
    & GraphQLRecursivePick<FederationTypes['DataExport'], {"userId":true}> );
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"userId":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AccountState: ResolverTypeWrapper<Partial<AccountState>>;
  ID: ResolverTypeWrapper<Partial<Scalars['ID']['output']>>;
  AddAddressInput: ResolverTypeWrapper<Partial<AddAddressInput>>;
  AddAddressPayload: ResolverTypeWrapper<Partial<AddAddressPayload>>;
  Address: ResolverTypeWrapper<Partial<Address>>;
  AuditEntry: ResolverTypeWrapper<AuditRecord>;
  AuditLogConnection: ResolverTypeWrapper<AuditPage>;
  Int: ResolverTypeWrapper<Partial<Scalars['Int']['output']>>;
  AuditLogEdge: ResolverTypeWrapper<AuditPageEdge>;
  AuditLogFilter: ResolverTypeWrapper<Partial<AuditLogFilter>>;
  AuthSession: ResolverTypeWrapper<Partial<AuthSession>>;
  ChangePasswordInput: ResolverTypeWrapper<Partial<ChangePasswordInput>>;
  ChangePasswordPayload: ResolverTypeWrapper<Partial<ChangePasswordPayload>>;
  Contact: ResolverTypeWrapper<Partial<Contact>>;
  DataExport: ResolverTypeWrapper<Partial<DataExport>>;
  DateTime: ResolverTypeWrapper<Partial<Scalars['DateTime']['output']>>;
  DeleteMyAccountInput: ResolverTypeWrapper<Partial<DeleteMyAccountInput>>;
  DeleteMyAccountPayload: ResolverTypeWrapper<Partial<Omit<DeleteMyAccountPayload, 'proofs'> & { proofs: Array<ResolversTypes['ErasureProof']> }>>;
  EndAllSessionsPayload: ResolverTypeWrapper<Partial<EndAllSessionsPayload>>;
  EndSessionInput: ResolverTypeWrapper<Partial<EndSessionInput>>;
  EndSessionPayload: ResolverTypeWrapper<Partial<EndSessionPayload>>;
  EndedSessions: ResolverTypeWrapper<Partial<EndedSessions>>;
  Erasure: ResolverTypeWrapper<ErasureRecord>;
  ErasureConnection: ResolverTypeWrapper<ErasurePage>;
  ErasureEdge: ResolverTypeWrapper<ErasurePageEdge>;
  ErasureEntry: ResolverTypeWrapper<Partial<ErasureEntry>>;
  ErasureProof: ResolverTypeWrapper<SubgraphProof>;
  ErasureState: ResolverTypeWrapper<Partial<ErasureState>>;
  ExportedCount: ResolverTypeWrapper<Partial<ExportedCount>>;
  ExportedPart: ResolverTypeWrapper<Partial<ExportedPart>>;
  Json: ResolverTypeWrapper<Partial<Scalars['Json']['output']>>;
  LoginInput: ResolverTypeWrapper<Partial<LoginInput>>;
  LoginPayload: ResolverTypeWrapper<Partial<LoginPayload>>;
  LogoutInput: ResolverTypeWrapper<Partial<LogoutInput>>;
  LogoutPayload: ResolverTypeWrapper<Partial<LogoutPayload>>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  PageInfo: ResolverTypeWrapper<Partial<PageInfo>>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RefreshSessionInput: ResolverTypeWrapper<Partial<RefreshSessionInput>>;
  RefreshSessionPayload: ResolverTypeWrapper<Partial<RefreshSessionPayload>>;
  RegisterInput: ResolverTypeWrapper<Partial<RegisterInput>>;
  RegisterPayload: ResolverTypeWrapper<Partial<RegisterPayload>>;
  RemoveAddressInput: ResolverTypeWrapper<Partial<RemoveAddressInput>>;
  RemoveAddressPayload: ResolverTypeWrapper<Partial<RemoveAddressPayload>>;
  RequestEmailVerificationPayload: ResolverTypeWrapper<Partial<RequestEmailVerificationPayload>>;
  RequestPasswordResetInput: ResolverTypeWrapper<Partial<RequestPasswordResetInput>>;
  RequestPasswordResetPayload: ResolverTypeWrapper<Partial<RequestPasswordResetPayload>>;
  ResetPasswordInput: ResolverTypeWrapper<Partial<ResetPasswordInput>>;
  ResetPasswordPayload: ResolverTypeWrapper<Partial<ResetPasswordPayload>>;
  Role: ResolverTypeWrapper<Partial<Role>>;
  Session: ResolverTypeWrapper<Partial<Session>>;
  SetUserActiveInput: ResolverTypeWrapper<Partial<SetUserActiveInput>>;
  SetUserActivePayload: ResolverTypeWrapper<Partial<SetUserActivePayload>>;
  SetUserRoleInput: ResolverTypeWrapper<Partial<SetUserRoleInput>>;
  SetUserRolePayload: ResolverTypeWrapper<Partial<SetUserRolePayload>>;
  UpdateAddressInput: ResolverTypeWrapper<Partial<UpdateAddressInput>>;
  UpdateAddressPayload: ResolverTypeWrapper<Partial<UpdateAddressPayload>>;
  UpdateProfileInput: ResolverTypeWrapper<Partial<UpdateProfileInput>>;
  UpdateProfilePayload: ResolverTypeWrapper<Partial<UpdateProfilePayload>>;
  User: ResolverTypeWrapper<Partial<User>>;
  UserConnection: ResolverTypeWrapper<UserPage>;
  UserEdge: ResolverTypeWrapper<Partial<UserEdge>>;
  VerifyEmailInput: ResolverTypeWrapper<Partial<VerifyEmailInput>>;
  VerifyEmailPayload: ResolverTypeWrapper<Partial<VerifyEmailPayload>>;
  String: ResolverTypeWrapper<Partial<Scalars['String']['output']>>;
  Boolean: ResolverTypeWrapper<Partial<Scalars['Boolean']['output']>>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AccountState: Partial<AccountState>;
  ID: Partial<Scalars['ID']['output']>;
  AddAddressInput: Partial<AddAddressInput>;
  AddAddressPayload: Partial<AddAddressPayload>;
  Address: Partial<Address>;
  AuditEntry: AuditRecord;
  AuditLogConnection: AuditPage;
  Int: Partial<Scalars['Int']['output']>;
  AuditLogEdge: AuditPageEdge;
  AuditLogFilter: Partial<AuditLogFilter>;
  AuthSession: Partial<AuthSession>;
  ChangePasswordInput: Partial<ChangePasswordInput>;
  ChangePasswordPayload: Partial<ChangePasswordPayload>;
  Contact: Partial<Contact>;
  DataExport: Partial<DataExport | FederationReferenceTypes['DataExport']>;
  DateTime: Partial<Scalars['DateTime']['output']>;
  DeleteMyAccountInput: Partial<DeleteMyAccountInput>;
  DeleteMyAccountPayload: Partial<Omit<DeleteMyAccountPayload, 'proofs'> & { proofs: Array<ResolversParentTypes['ErasureProof']> }>;
  EndAllSessionsPayload: Partial<EndAllSessionsPayload>;
  EndSessionInput: Partial<EndSessionInput>;
  EndSessionPayload: Partial<EndSessionPayload>;
  EndedSessions: Partial<EndedSessions>;
  Erasure: ErasureRecord;
  ErasureConnection: ErasurePage;
  ErasureEdge: ErasurePageEdge;
  ErasureEntry: Partial<ErasureEntry>;
  ErasureProof: SubgraphProof;
  ExportedCount: Partial<ExportedCount>;
  ExportedPart: Partial<ExportedPart>;
  Json: Partial<Scalars['Json']['output']>;
  LoginInput: Partial<LoginInput>;
  LoginPayload: Partial<LoginPayload>;
  LogoutInput: Partial<LogoutInput>;
  LogoutPayload: Partial<LogoutPayload>;
  Mutation: Record<PropertyKey, never>;
  PageInfo: Partial<PageInfo>;
  Query: Record<PropertyKey, never>;
  RefreshSessionInput: Partial<RefreshSessionInput>;
  RefreshSessionPayload: Partial<RefreshSessionPayload>;
  RegisterInput: Partial<RegisterInput>;
  RegisterPayload: Partial<RegisterPayload>;
  RemoveAddressInput: Partial<RemoveAddressInput>;
  RemoveAddressPayload: Partial<RemoveAddressPayload>;
  RequestEmailVerificationPayload: Partial<RequestEmailVerificationPayload>;
  RequestPasswordResetInput: Partial<RequestPasswordResetInput>;
  RequestPasswordResetPayload: Partial<RequestPasswordResetPayload>;
  ResetPasswordInput: Partial<ResetPasswordInput>;
  ResetPasswordPayload: Partial<ResetPasswordPayload>;
  Session: Partial<Session>;
  SetUserActiveInput: Partial<SetUserActiveInput>;
  SetUserActivePayload: Partial<SetUserActivePayload>;
  SetUserRoleInput: Partial<SetUserRoleInput>;
  SetUserRolePayload: Partial<SetUserRolePayload>;
  UpdateAddressInput: Partial<UpdateAddressInput>;
  UpdateAddressPayload: Partial<UpdateAddressPayload>;
  UpdateProfileInput: Partial<UpdateProfileInput>;
  UpdateProfilePayload: Partial<UpdateProfilePayload>;
  User: Partial<User | FederationReferenceTypes['User']>;
  UserConnection: UserPage;
  UserEdge: Partial<UserEdge>;
  VerifyEmailInput: Partial<VerifyEmailInput>;
  VerifyEmailPayload: Partial<VerifyEmailPayload>;
  String: Partial<Scalars['String']['output']>;
  Boolean: Partial<Scalars['Boolean']['output']>;
};

export type AccountLimitDirectiveArgs = {
  limit: Scalars['String']['input'];
};

export type AccountLimitDirectiveResolver<Result, Parent, ContextType = UsersContext, Args = AccountLimitDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type AuditedDirectiveArgs = {
  made?: Maybe<Scalars['String']['input']>;
  openToOthers?: Scalars['Boolean']['input'];
  target?: Maybe<Scalars['String']['input']>;
};

export type AuditedDirectiveResolver<Result, Parent, ContextType = UsersContext, Args = AuditedDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type RateLimitDirectiveArgs = {
  limit: Scalars['String']['input'];
};

export type RateLimitDirectiveResolver<Result, Parent, ContextType = UsersContext, Args = RateLimitDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type AccountStateResolvers<ContextType = UsersContext, ParentType extends ResolversParentTypes['AccountState'] = ResolversParentTypes['AccountState']> = {
  isActive?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['Role'], ParentType, ContextType>;
  userId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type AddAddressPayloadResolvers<ContextType = UsersContext, ParentType extends ResolversParentTypes['AddAddressPayload'] = ResolversParentTypes['AddAddressPayload']> = {
  address?: Resolver<ResolversTypes['Address'], ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type AddressResolvers<ContextType = UsersContext, ParentType extends ResolversParentTypes['Address'] = ResolversParentTypes['Address']> = {
  addressId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  city?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  country?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  isDefault?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  street?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  zipCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AuditEntryResolvers<ContextType = UsersContext, ParentType extends ResolversParentTypes['AuditEntry'] = ResolversParentTypes['AuditEntry']> = {
  action?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  arguments?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  byAdministrator?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  clientAddress?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  completedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  entryId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  outcome?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  requestId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  target?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type AuditLogConnectionResolvers<ContextType = UsersContext, ParentType extends ResolversParentTypes['AuditLogConnection'] = ResolversParentTypes['AuditLogConnection']> = {
  edges?: Resolver<Array<ResolversTypes['AuditLogEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['AuditEntry']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type AuditLogEdgeResolvers<ContextType = UsersContext, ParentType extends ResolversParentTypes['AuditLogEdge'] = ResolversParentTypes['AuditLogEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AuditEntry'], ParentType, ContextType>;
};

export type AuthSessionResolvers<ContextType = UsersContext, ParentType extends ResolversParentTypes['AuthSession'] = ResolversParentTypes['AuthSession']> = {
  accessToken?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expiresIn?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  refreshToken?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type ChangePasswordPayloadResolvers<ContextType = UsersContext, ParentType extends ResolversParentTypes['ChangePasswordPayload'] = ResolversParentTypes['ChangePasswordPayload']> = {
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type ContactResolvers<ContextType = UsersContext, ParentType extends ResolversParentTypes['Contact'] = ResolversParentTypes['Contact']> = {
  email?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  firstName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lastName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type DataExportResolvers<ContextType = UsersContext, ParentType extends ResolversParentTypes['DataExport'] = ResolversParentTypes['DataExport'], FederationReferenceType extends FederationReferenceTypes['DataExport'] = FederationReferenceTypes['DataExport']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['DataExport']> | FederationReferenceType, FederationReferenceType, ContextType>;
  account?: Resolver<Maybe<ResolversTypes['ExportedPart']>, ParentType, ContextType>;
  userId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DeleteMyAccountPayloadResolvers<ContextType = UsersContext, ParentType extends ResolversParentTypes['DeleteMyAccountPayload'] = ResolversParentTypes['DeleteMyAccountPayload']> = {
  erasureId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  proofs?: Resolver<Array<ResolversTypes['ErasureProof']>, ParentType, ContextType>;
};

export type EndAllSessionsPayloadResolvers<ContextType = UsersContext, ParentType extends ResolversParentTypes['EndAllSessionsPayload'] = ResolversParentTypes['EndAllSessionsPayload']> = {
  ended?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type EndSessionPayloadResolvers<ContextType = UsersContext, ParentType extends ResolversParentTypes['EndSessionPayload'] = ResolversParentTypes['EndSessionPayload']> = {
  sessionId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type EndedSessionsResolvers<ContextType = UsersContext, ParentType extends ResolversParentTypes['EndedSessions'] = ResolversParentTypes['EndedSessions']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sessionIds?: Resolver<Array<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type ErasureResolvers<ContextType = UsersContext, ParentType extends ResolversParentTypes['Erasure'] = ResolversParentTypes['Erasure']> = {
  erasureId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  proofs?: Resolver<Array<ResolversTypes['ErasureProof']>, ParentType, ContextType>;
  requestedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ErasureState'], ParentType, ContextType>;
  userId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type ErasureConnectionResolvers<ContextType = UsersContext, ParentType extends ResolversParentTypes['ErasureConnection'] = ResolversParentTypes['ErasureConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ErasureEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Erasure']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ErasureEdgeResolvers<ContextType = UsersContext, ParentType extends ResolversParentTypes['ErasureEdge'] = ResolversParentTypes['ErasureEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Erasure'], ParentType, ContextType>;
};

export type ErasureEntryResolvers<ContextType = UsersContext, ParentType extends ResolversParentTypes['ErasureEntry'] = ResolversParentTypes['ErasureEntry']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  what?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ErasureProofResolvers<ContextType = UsersContext, ParentType extends ResolversParentTypes['ErasureProof'] = ResolversParentTypes['ErasureProof']> = {
  erased?: Resolver<Array<ResolversTypes['ErasureEntry']>, ParentType, ContextType>;
  found?: Resolver<Array<ResolversTypes['ErasureEntry']>, ParentType, ContextType>;
  kept?: Resolver<Array<ResolversTypes['ErasureEntry']>, ParentType, ContextType>;
  provedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ErasureState'], ParentType, ContextType>;
  subgraph?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ExportedCountResolvers<ContextType = UsersContext, ParentType extends ResolversParentTypes['ExportedCount'] = ResolversParentTypes['ExportedCount']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  what?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ExportedPartResolvers<ContextType = UsersContext, ParentType extends ResolversParentTypes['ExportedPart'] = ResolversParentTypes['ExportedPart']> = {
  data?: Resolver<ResolversTypes['Json'], ParentType, ContextType>;
  found?: Resolver<Array<ResolversTypes['ExportedCount']>, ParentType, ContextType>;
  nextCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  subgraph?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Json'], any> {
  name: 'Json';
}

export type LoginPayloadResolvers<ContextType = UsersContext, ParentType extends ResolversParentTypes['LoginPayload'] = ResolversParentTypes['LoginPayload']> = {
  session?: Resolver<ResolversTypes['AuthSession'], ParentType, ContextType>;
};

export type LogoutPayloadResolvers<ContextType = UsersContext, ParentType extends ResolversParentTypes['LogoutPayload'] = ResolversParentTypes['LogoutPayload']> = {
  loggedOut?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = UsersContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  addAddress?: Resolver<Maybe<ResolversTypes['AddAddressPayload']>, ParentType, ContextType, RequireFields<MutationAddAddressArgs, 'input'>>;
  changePassword?: Resolver<Maybe<ResolversTypes['ChangePasswordPayload']>, ParentType, ContextType, RequireFields<MutationChangePasswordArgs, 'input'>>;
  deleteMyAccount?: Resolver<Maybe<ResolversTypes['DeleteMyAccountPayload']>, ParentType, ContextType, RequireFields<MutationDeleteMyAccountArgs, 'input'>>;
  endAllSessions?: Resolver<Maybe<ResolversTypes['EndAllSessionsPayload']>, ParentType, ContextType>;
  endSession?: Resolver<Maybe<ResolversTypes['EndSessionPayload']>, ParentType, ContextType, RequireFields<MutationEndSessionArgs, 'input'>>;
  login?: Resolver<Maybe<ResolversTypes['LoginPayload']>, ParentType, ContextType, RequireFields<MutationLoginArgs, 'input'>>;
  logout?: Resolver<Maybe<ResolversTypes['LogoutPayload']>, ParentType, ContextType, RequireFields<MutationLogoutArgs, 'input'>>;
  refreshSession?: Resolver<Maybe<ResolversTypes['RefreshSessionPayload']>, ParentType, ContextType, RequireFields<MutationRefreshSessionArgs, 'input'>>;
  register?: Resolver<Maybe<ResolversTypes['RegisterPayload']>, ParentType, ContextType, RequireFields<MutationRegisterArgs, 'input'>>;
  removeAddress?: Resolver<Maybe<ResolversTypes['RemoveAddressPayload']>, ParentType, ContextType, RequireFields<MutationRemoveAddressArgs, 'input'>>;
  requestEmailVerification?: Resolver<Maybe<ResolversTypes['RequestEmailVerificationPayload']>, ParentType, ContextType>;
  requestPasswordReset?: Resolver<Maybe<ResolversTypes['RequestPasswordResetPayload']>, ParentType, ContextType, RequireFields<MutationRequestPasswordResetArgs, 'input'>>;
  resetPassword?: Resolver<Maybe<ResolversTypes['ResetPasswordPayload']>, ParentType, ContextType, RequireFields<MutationResetPasswordArgs, 'input'>>;
  setUserActive?: Resolver<Maybe<ResolversTypes['SetUserActivePayload']>, ParentType, ContextType, RequireFields<MutationSetUserActiveArgs, 'input'>>;
  setUserRole?: Resolver<Maybe<ResolversTypes['SetUserRolePayload']>, ParentType, ContextType, RequireFields<MutationSetUserRoleArgs, 'input'>>;
  updateAddress?: Resolver<Maybe<ResolversTypes['UpdateAddressPayload']>, ParentType, ContextType, RequireFields<MutationUpdateAddressArgs, 'input'>>;
  updateProfile?: Resolver<Maybe<ResolversTypes['UpdateProfilePayload']>, ParentType, ContextType, RequireFields<MutationUpdateProfileArgs, 'input'>>;
  verifyEmail?: Resolver<Maybe<ResolversTypes['VerifyEmailPayload']>, ParentType, ContextType, RequireFields<MutationVerifyEmailArgs, 'input'>>;
};

export type PageInfoResolvers<ContextType = UsersContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = UsersContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  accountState?: Resolver<Maybe<ResolversTypes['AccountState']>, ParentType, ContextType, RequireFields<QueryAccountStateArgs, 'userId'>>;
  contactOf?: Resolver<Maybe<ResolversTypes['Contact']>, ParentType, ContextType, RequireFields<QueryContactOfArgs, 'userId'>>;
  endedSessions?: Resolver<Maybe<ResolversTypes['EndedSessions']>, ParentType, ContextType, Partial<QueryEndedSessionsArgs>>;
  erasure?: Resolver<Maybe<ResolversTypes['Erasure']>, ParentType, ContextType, RequireFields<QueryErasureArgs, 'erasureId'>>;
  erasures?: Resolver<Maybe<ResolversTypes['ErasureConnection']>, ParentType, ContextType, Partial<QueryErasuresArgs>>;
  exportMyData?: Resolver<Maybe<ResolversTypes['DataExport']>, ParentType, ContextType>;
  me?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  sessions?: Resolver<Maybe<Array<ResolversTypes['Session']>>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, RequireFields<QueryUserArgs, 'userId'>>;
  userAuditLog?: Resolver<Maybe<ResolversTypes['AuditLogConnection']>, ParentType, ContextType, Partial<QueryUserAuditLogArgs>>;
  users?: Resolver<Maybe<ResolversTypes['UserConnection']>, ParentType, ContextType, Partial<QueryUsersArgs>>;
};

export type RefreshSessionPayloadResolvers<ContextType = UsersContext, ParentType extends ResolversParentTypes['RefreshSessionPayload'] = ResolversParentTypes['RefreshSessionPayload']> = {
  session?: Resolver<ResolversTypes['AuthSession'], ParentType, ContextType>;
};

export type RegisterPayloadResolvers<ContextType = UsersContext, ParentType extends ResolversParentTypes['RegisterPayload'] = ResolversParentTypes['RegisterPayload']> = {
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type RemoveAddressPayloadResolvers<ContextType = UsersContext, ParentType extends ResolversParentTypes['RemoveAddressPayload'] = ResolversParentTypes['RemoveAddressPayload']> = {
  removedAddressId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type RequestEmailVerificationPayloadResolvers<ContextType = UsersContext, ParentType extends ResolversParentTypes['RequestEmailVerificationPayload'] = ResolversParentTypes['RequestEmailVerificationPayload']> = {
  accepted?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type RequestPasswordResetPayloadResolvers<ContextType = UsersContext, ParentType extends ResolversParentTypes['RequestPasswordResetPayload'] = ResolversParentTypes['RequestPasswordResetPayload']> = {
  accepted?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ResetPasswordPayloadResolvers<ContextType = UsersContext, ParentType extends ResolversParentTypes['ResetPasswordPayload'] = ResolversParentTypes['ResetPasswordPayload']> = {
  passwordReset?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type SessionResolvers<ContextType = UsersContext, ParentType extends ResolversParentTypes['Session'] = ResolversParentTypes['Session']> = {
  address?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  device?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  isCurrent?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  lastUsedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  sessionId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type SetUserActivePayloadResolvers<ContextType = UsersContext, ParentType extends ResolversParentTypes['SetUserActivePayload'] = ResolversParentTypes['SetUserActivePayload']> = {
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type SetUserRolePayloadResolvers<ContextType = UsersContext, ParentType extends ResolversParentTypes['SetUserRolePayload'] = ResolversParentTypes['SetUserRolePayload']> = {
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type UpdateAddressPayloadResolvers<ContextType = UsersContext, ParentType extends ResolversParentTypes['UpdateAddressPayload'] = ResolversParentTypes['UpdateAddressPayload']> = {
  address?: Resolver<ResolversTypes['Address'], ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type UpdateProfilePayloadResolvers<ContextType = UsersContext, ParentType extends ResolversParentTypes['UpdateProfilePayload'] = ResolversParentTypes['UpdateProfilePayload']> = {
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type UserResolvers<ContextType = UsersContext, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  addresses?: Resolver<Maybe<Array<ResolversTypes['Address']>>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  emailVerified?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  firstName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  isActive?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  lastName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  phoneNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  role?: Resolver<Maybe<ResolversTypes['Role']>, ParentType, ContextType>;
  updatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  userId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type UserConnectionResolvers<ContextType = UsersContext, ParentType extends ResolversParentTypes['UserConnection'] = ResolversParentTypes['UserConnection']> = {
  edges?: Resolver<Array<ResolversTypes['UserEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['User']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type UserEdgeResolvers<ContextType = UsersContext, ParentType extends ResolversParentTypes['UserEdge'] = ResolversParentTypes['UserEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type VerifyEmailPayloadResolvers<ContextType = UsersContext, ParentType extends ResolversParentTypes['VerifyEmailPayload'] = ResolversParentTypes['VerifyEmailPayload']> = {
  emailVerified?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type Resolvers<ContextType = UsersContext> = {
  AccountState?: AccountStateResolvers<ContextType>;
  AddAddressPayload?: AddAddressPayloadResolvers<ContextType>;
  Address?: AddressResolvers<ContextType>;
  AuditEntry?: AuditEntryResolvers<ContextType>;
  AuditLogConnection?: AuditLogConnectionResolvers<ContextType>;
  AuditLogEdge?: AuditLogEdgeResolvers<ContextType>;
  AuthSession?: AuthSessionResolvers<ContextType>;
  ChangePasswordPayload?: ChangePasswordPayloadResolvers<ContextType>;
  Contact?: ContactResolvers<ContextType>;
  DataExport?: DataExportResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  DeleteMyAccountPayload?: DeleteMyAccountPayloadResolvers<ContextType>;
  EndAllSessionsPayload?: EndAllSessionsPayloadResolvers<ContextType>;
  EndSessionPayload?: EndSessionPayloadResolvers<ContextType>;
  EndedSessions?: EndedSessionsResolvers<ContextType>;
  Erasure?: ErasureResolvers<ContextType>;
  ErasureConnection?: ErasureConnectionResolvers<ContextType>;
  ErasureEdge?: ErasureEdgeResolvers<ContextType>;
  ErasureEntry?: ErasureEntryResolvers<ContextType>;
  ErasureProof?: ErasureProofResolvers<ContextType>;
  ExportedCount?: ExportedCountResolvers<ContextType>;
  ExportedPart?: ExportedPartResolvers<ContextType>;
  Json?: GraphQLScalarType;
  LoginPayload?: LoginPayloadResolvers<ContextType>;
  LogoutPayload?: LogoutPayloadResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RefreshSessionPayload?: RefreshSessionPayloadResolvers<ContextType>;
  RegisterPayload?: RegisterPayloadResolvers<ContextType>;
  RemoveAddressPayload?: RemoveAddressPayloadResolvers<ContextType>;
  RequestEmailVerificationPayload?: RequestEmailVerificationPayloadResolvers<ContextType>;
  RequestPasswordResetPayload?: RequestPasswordResetPayloadResolvers<ContextType>;
  ResetPasswordPayload?: ResetPasswordPayloadResolvers<ContextType>;
  Session?: SessionResolvers<ContextType>;
  SetUserActivePayload?: SetUserActivePayloadResolvers<ContextType>;
  SetUserRolePayload?: SetUserRolePayloadResolvers<ContextType>;
  UpdateAddressPayload?: UpdateAddressPayloadResolvers<ContextType>;
  UpdateProfilePayload?: UpdateProfilePayloadResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  UserConnection?: UserConnectionResolvers<ContextType>;
  UserEdge?: UserEdgeResolvers<ContextType>;
  VerifyEmailPayload?: VerifyEmailPayloadResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = UsersContext> = {
  accountLimit?: AccountLimitDirectiveResolver<any, any, ContextType>;
  audited?: AuditedDirectiveResolver<any, any, ContextType>;
  rateLimit?: RateLimitDirectiveResolver<any, any, ContextType>;
};
