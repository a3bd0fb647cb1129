import { securityMutant } from './security-mutant.mjs';

const token = 'packages/kit/src/access-token.ts';
const refresh = 'subgraphs/users/src/domain/refresh-tokens.ts';

const tokenTest = 'packages/kit/test/access-token.test.ts';
const sessionsTest = 'subgraphs/users/test/sessions.db.test.ts';
const authenticationTest = 'router/test/authentication.test.ts';
const configTest = 'subgraphs/users/test/config.test.ts';

const mutant = securityMutant('Session');
const verified = "jwt.verify(token, key, { algorithms: ['HS256'], ignoreExpiration: true, complete: true })";
const anyAlgorithm = verified.replace("'HS256'", "'HS256', 'HS512', 'RS256', 'none'");
const unverified = 'jwt.decode(token, { complete: key !== null })';
const strictHeader = "z.strictObject({ alg: z.literal('HS256'), typ: z.literal('JWT') })";

/** Access tokens, refresh tokens, and the secrets of both. */
export const tokenMutants = [
  mutant('signature', 'what is signed by anybody is taken', {
    test: tokenTest,
    file: token,
    find: verified,
    replace: unverified,
  }),
  mutant(
    'alg none, RS256 as HS256',
    'any algorithm is taken, verified or not (the library refuses both as well)',
    {
      test: tokenTest,
      edits: [
        { file: token, find: verified, replace: unverified },
        {
          file: token,
          find: strictHeader,
          replace: "z.strictObject({ alg: z.string(), typ: z.literal('JWT') })",
        },
      ],
    },
  ),
  mutant('another HMAC', 'HS512 is taken (the header’s schema refuses it as well)', {
    test: tokenTest,
    edits: [
      { file: token, find: verified, replace: anyAlgorithm },
      {
        file: token,
        find: strictHeader,
        replace: "z.strictObject({ alg: z.string(), typ: z.literal('JWT') })",
      },
    ],
  }),
  mutant('kid, jku, crit', 'a header may hold anything', {
    test: tokenTest,
    file: token,
    find: 'const headerSchema = z.strictObject(',
    replace: 'const headerSchema = z.object(',
  }),
  mutant('refresh as access', 'an access token may have other claims', {
    test: tokenTest,
    file: token,
    find: 'const claimsSchema = z.strictObject(',
    replace: 'const claimsSchema = z.object(',
  }),
  mutant('issuer', 'any is taken', {
    test: tokenTest,
    file: token,
    find: 'iss: z.literal(ISSUER)',
    replace: 'iss: z.string()',
  }),
  mutant('audience', 'any is taken', {
    test: tokenTest,
    file: token,
    find: 'aud: z.literal(AUDIENCE)',
    replace: 'aud: z.unknown()',
  }),
  mutant('expiry', 'a token may have none', {
    test: tokenTest,
    file: token,
    find: '  exp: z.int(),\n  jti',
    replace: '  exp: z.int().optional(),\n  jti',
  }),
  mutant('role', 'any text is a role', {
    test: tokenTest,
    file: token,
    find: "role: z.enum(['customer', 'admin'])",
    replace: 'role: z.string()',
  }),
  mutant('expired', 'a token is good for ever', {
    test: tokenTest,
    file: token,
    find: "    if (claims.exp <= epochSeconds(clock)) return 'expired';\n",
    replace: '',
  }),
  mutant('AUTH_002', 'an expired token is called a bad one', {
    test: authenticationTest,
    file: 'packages/kit/src/viewer.ts',
    find: "  if (viewer.kind === 'anonymous' && viewer.reason === 'expired') throw new AppError('AUTH_002');\n",
    replace: '',
  }),
  mutant('access as refresh', 'one secret may serve both kinds of tokens', {
    test: configTest,
    file: 'subgraphs/users/src/config.ts',
    find: 'config.JWT_SECRET !== config.JWT_REFRESH_SECRET',
    replace: 'config.JWT_SECRET !== null',
  }),
  mutant('signature of refresh tokens', 'what is signed by anybody is taken', {
    test: sessionsTest,
    edits: [
      { file: refresh, find: verified, replace: unverified },
      { file: refresh, find: strictHeader, replace: 'z.object({ alg: z.string() })' },
    ],
  }),
  mutant('type of refresh tokens', 'claims of any kind are taken, under either secret', {
    test: sessionsTest,
    edits: [
      { file: refresh, find: verified, replace: unverified },
      { file: refresh, find: 'z.strictObject({\n  userId', replace: 'z.object({\n  userId' },
      { file: refresh, find: "type: z.literal('refresh')", replace: 'type: z.string().optional()' },
      { file: refresh, find: 'family: z.string()', replace: "family: z.string().default('fam_1')" },
    ],
  }),
  mutant('secrets of 32 bytes', 'short ones start', {
    test: 'packages/kit/test/config.test.ts',
    file: 'packages/kit/src/config.ts',
    find: 'const MIN_SECRET_BYTES = 32',
    replace: 'const MIN_SECRET_BYTES = 8',
  }),
  mutant('secrets of users', 'any text is a secret', {
    test: configTest,
    file: 'subgraphs/users/src/config.ts',
    find: 'JWT_SECRET: secret,',
    replace: 'JWT_SECRET: z.string(),',
  }),
  mutant('secrets of refresh tokens', 'any text is a secret', {
    test: configTest,
    file: 'subgraphs/users/src/config.ts',
    find: 'JWT_REFRESH_SECRET: secret,',
    replace: 'JWT_REFRESH_SECRET: z.string(),',
  }),
  mutant('secrets of the router', 'any text is a secret', {
    test: 'router/test/config.test.ts',
    file: 'router/src/config.ts',
    find: 'JWT_SECRET: secret,',
    replace: 'JWT_SECRET: z.string(),',
  }),
  mutant('keys between services', 'short ones start', {
    test: 'packages/kit/test/internal-token.test.ts',
    file: 'packages/kit/src/internal-keys.ts',
    find: '{43,}',
    replace: '{1,}',
  }),
  mutant('no demonstration secret', 'every installation has the same ones', {
    test: 'infra/launcher/test/secrets.test.ts',
    file: 'infra/launcher/src/secrets.ts',
    find: "return randomBytes(32).toString('base64url');",
    replace: "return randomBytes(32).fill(1).toString('base64url');",
  }),
];
