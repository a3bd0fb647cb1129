import { z } from 'zod';
import type { ZodOpenApiOverrideMetaContext } from 'zod-openapi';
import { idOf, timestamp } from './common.ts';

const userId = idOf('usr_');
const name = z.string().trim().min(1, 'must not be empty').max(100, 'must have at most 100 characters');

/** Characters that are neither letter, digit nor space, in any script. */
const special = /[^\p{L}\p{N}\s]/u;

const newPassword = z
  .string()
  .min(8, 'must have at least 8 characters')
  .max(128, { error: 'must have at most 128 characters', abort: true })
  .regex(/\p{Lu}/u, 'must contain an upper-case letter')
  .regex(/\p{Ll}/u, 'must contain a lower-case letter')
  .regex(/\p{N}/u, 'must contain a digit')
  .regex(special, 'must contain a special character')
  .meta({
    description:
      'Upper-case and lower-case letter, digit and special character: any that is neither letter, digit nor space.',
    override: ({ jsonSchema }: ZodOpenApiOverrideMetaContext) => {
      // Rules of Unicode classes, which not every reader of patterns knows.
      Reflect.deleteProperty(jsonSchema, 'allOf');
      Reflect.deleteProperty(jsonSchema, 'pattern');
      Object.assign(jsonSchema, { format: 'password' });
    },
  });

const email = z
  .string()
  .trim()
  .max(255, { error: 'must have at most 255 characters', abort: true })
  .regex(/^[^\s@]+@[^\s@]+$/, 'must be an e-mail address')
  .meta({ description: 'Kept trimmed and in lower case.', example: 'user@example.com' });

export const registration = z
  .object({
    email,
    password: newPassword,
    firstName: name,
    lastName: name,
    phoneNumber: z
      .string()
      .regex(/^\+\d{7,15}$/, 'must be + and 7 to 15 digits')
      .nullish()
      .meta({ description: 'E.164.', example: '+1234567890' }),
  })
  .meta({ id: 'Registration' });

export const credentials = z
  .object({
    email: z.string().min(1, 'must not be empty').max(255, 'must have at most 255 characters'),
    password: z.string().min(1, 'must not be empty').max(1_000, 'must have at most 1000 characters'),
  })
  .meta({ id: 'Credentials' });

const person = { userId, email: z.string(), firstName: z.string(), lastName: z.string() };

export const newUser = z.object({ ...person, createdAt: timestamp }).meta({ id: 'NewUser' });

export const session = z
  .object({
    accessToken: z.string().meta({ description: 'Bearer token for the Authorization header.' }),
    refreshToken: z
      .string()
      .meta({ description: 'For the GraphQL mutation refreshSession; seven days, single use.' }),
    expiresIn: z.int().meta({ description: 'Seconds until the access token expires.' }),
    user: z.object(person).meta({ id: 'Person' }),
  })
  .meta({ id: 'Session' });

const savedAddress = z
  .object({
    addressId: idOf('addr_'),
    street: z.string(),
    city: z.string(),
    state: z.string(),
    zipCode: z.string(),
    country: z.string(),
    isDefault: z.boolean(),
  })
  .meta({ id: 'SavedAddress' });

export const profile = z
  .object({
    ...person,
    phoneNumber: z.string().nullable(),
    addresses: z.array(savedAddress),
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: 'Profile' });
