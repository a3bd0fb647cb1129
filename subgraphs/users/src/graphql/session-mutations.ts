import type { UsersContext } from '../context.ts';
import type { Client } from '../data/session-store.ts';
import { changePassword } from '../domain/change-password.ts';
import type { Deps } from '../domain/deps.ts';
import { requestEmailVerification, verifyEmail } from '../domain/email-verification.ts';
import { endOwnSession, endOwnSessions } from '../domain/own-sessions.ts';
import { requestPasswordReset, resetPassword } from '../domain/password-reset.ts';
import { register } from '../domain/register.ts';
import { login, logout, refreshSession, type Session } from '../domain/sessions.ts';
import type { AuthSession, MutationResolvers } from './generated.ts';
import { changedUser } from './user-view.ts';

/** The mutations around credentials: who may do what is decided by what they hand over. */
export function createSessionMutations(deps: Deps): MutationResolvers {
  return {
    async register(_parent, { input }, context) {
      const userId = await register(deps, input, context.clientAddress);
      return { user: await changedUser(context, userId) };
    },

    async login(_parent, { input }, context) {
      return { session: await sessionView(await login(deps, input, clientOf(context)), context) };
    },

    async refreshSession(_parent, { input }, context) {
      return { session: await sessionView(await refreshSession(deps, input, clientOf(context)), context) };
    },

    async logout(_parent, { input }) {
      await logout(deps, input);
      return { loggedOut: true };
    },

    async endSession(_parent, { input }, { viewer }) {
      return { sessionId: await endOwnSession(deps, viewer, input) };
    },

    async endAllSessions(_parent, _args, { viewer }) {
      return { ended: await endOwnSessions(deps, viewer) };
    },

    async changePassword(_parent, { input }, context) {
      const userId = await changePassword(deps, context.viewer, input);
      return { user: await changedUser(context, userId) };
    },

    async requestPasswordReset(_parent, { input }) {
      await requestPasswordReset(deps, input);
      return { accepted: true };
    },

    async resetPassword(_parent, { input }, { clientAddress }) {
      await resetPassword(deps, input, clientAddress);
      return { passwordReset: true };
    },

    async requestEmailVerification(_parent, _args, { viewer }) {
      return { accepted: await requestEmailVerification(deps, viewer) };
    },

    async verifyEmail(_parent, { input }) {
      await verifyEmail(deps, input);
      return { emailVerified: true };
    },
  };
}

function clientOf({ device, clientAddress: address }: UsersContext): Client {
  return { device, address };
}

async function sessionView({ userId, ...tokens }: Session, context: UsersContext): Promise<AuthSession> {
  return { ...tokens, user: await changedUser(context, userId) };
}
