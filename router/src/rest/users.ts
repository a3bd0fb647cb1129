import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { examples, requestExamples } from './examples.ts';
import { parseBody } from './request.ts';
import { credentials, newUser, profile, registration, session } from './schemas/users.ts';

const registerUser = defineEndpoint({
  method: 'post',
  path: '/users/register',
  operationId: 'registerUser',
  tag: 'Users',
  summary: 'Registers an account',
  isPrivate: false,
  request: { body: registration, bodyExample: requestExamples.registration },
  status: 201,
  data: newUser,
  message: 'User registered successfully',
  example: examples.newUser,
  errors: ['RES_002'],
  async handle({ body }, execute) {
    const { register } = await execute({
      name: 'Register',
      variables: { input: parseBody(registration, body) },
      answer: z.object({ register: z.object({ user: newUser }) }),
    });
    const { userId, email, firstName, lastName, createdAt } = register.user;
    return { data: { userId, email, firstName, lastName, createdAt } };
  },
});

const logIn = defineEndpoint({
  method: 'post',
  path: '/users/login',
  operationId: 'logIn',
  tag: 'Users',
  summary: 'Logs in',
  isPrivate: false,
  request: { body: credentials, bodyExample: requestExamples.credentials },
  status: 200,
  data: session,
  example: examples.session,
  errors: ['AUTH_001'],
  async handle({ body }, execute) {
    const { login } = await execute({
      name: 'Login',
      variables: { input: parseBody(credentials, body) },
      answer: z.object({ login: z.object({ session }) }),
    });
    const { accessToken, refreshToken, expiresIn, user } = login.session;
    const { userId, email, firstName, lastName } = user;
    return { data: { accessToken, refreshToken, expiresIn, user: { userId, email, firstName, lastName } } };
  },
});

const getProfile = defineEndpoint({
  method: 'get',
  path: '/users/profile',
  operationId: 'getProfile',
  tag: 'Users',
  summary: 'Gives one’s own profile',
  isPrivate: true,
  status: 200,
  data: profile,
  example: examples.profile,
  errors: [],
  async handle(_request, execute) {
    const { me } = await execute({ name: 'Profile', answer: z.object({ me: profile }) });
    return { data: me };
  },
});

export const userEndpoints = [registerUser, logIn, getProfile];
