import type { ServerResponse } from 'node:http';
import { GraphQLError } from 'graphql';
import { expect, it } from 'vitest';
import { createErrorFormatter } from '../src/graphql/error-format.ts';
import { sendError } from '../src/rest/envelope.ts';
import { quiet } from './support/fake-subgraphs.ts';

const secrets = 'select password_hash from users at http://10.0.0.1:4001/graphql';

it.each([
  ['a bug of the router', new Error(secrets)],
  ['a bug in a resolver', new GraphQLError(secrets, { originalError: new Error(secrets) })],
  [
    'an error of the gateway',
    new GraphQLError(secrets, {
      extensions: { code: 'INTERNAL_SERVER_ERROR', serviceName: 'users', response: {} },
    }),
  ],
  ['what is no error', secrets],
])('%s tells nothing of itself', (_, thrown) => {
  const formatted =
    thrown instanceof GraphQLError
      ? { ...thrown.toJSON(), extensions: { ...thrown.extensions, stacktrace: [secrets] } }
      : { message: secrets, extensions: { code: 'INTERNAL_SERVER_ERROR', stacktrace: [secrets] } };

  expect(createErrorFormatter(quiet)(formatted, thrown)).toEqual({
    message: 'An unexpected error occurred',
    extensions: { code: 'SYS_001', httpStatus: 500 },
  });
});

it('a bug in the REST layer tells nothing of itself', () => {
  const sent: string[] = [];
  const response = { setHeader() {}, end: (text: string) => sent.push(text) } as unknown as ServerResponse;
  const scope = { path: '/api/v1/cart', requestId: 'id-1' } as Parameters<typeof sendError>[2]['scope'];

  sendError(response, new TypeError(secrets), { scope, logger: quiet });

  expect(JSON.parse(sent.join('')).error).toMatchObject({
    code: 'SYS_001',
    message: 'An unexpected error occurred',
  });
});
