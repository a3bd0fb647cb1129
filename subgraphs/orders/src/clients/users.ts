import type { ServiceClient } from '@commerce/kit/service-client';
import { z } from 'zod';
import type { CallOrigin } from './call-origin.ts';
import { callService } from './call-service.ts';

/** How a user is reached and addressed. */
export type Contact = { email: string; firstName: string; lastName: string };

export type UsersClient = {
  /** @returns null where there is no such user
   *  @throws AppError SYS_002 where the users service is away */
  findContact(userId: string, origin: CallOrigin): Promise<Contact | null>;
};

const contactAnswer = z.object({
  contactOf: z.object({ email: z.string(), firstName: z.string(), lastName: z.string() }).nullable(),
});

const contactDocument = /* GraphQL */ `
  query Contact($userId: ID!) { contactOf(userId: $userId) { email firstName lastName } }`;

export function createUsersClient(service: ServiceClient): UsersClient {
  const execute = callService(service);
  return {
    async findContact(userId, caller) {
      const request = { document: contactDocument, variables: { userId }, schema: contactAnswer, caller };
      return (await execute(request)).contactOf;
    },
  };
}
