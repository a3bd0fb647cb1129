import { createHmac, generateKeyPairSync } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { describe, expect, it } from 'vitest';
import {
  ACCESS_TOKEN_LIFETIME_SECONDS,
  createAccessTokenSigner,
  createAccessTokenVerifier,
} from '../src/access-token.ts';

const secret = 'access-secret-of-at-least-32-bytes!!';
const otherSecret = 'refresh-secret-of-at-least-32-bytes!';
const person = { userId: 'usr_1', email: 'a@example.com', role: 'customer' } as const;
const subject = { ...person, sessionId: 'fam_1' };
const nowSeconds = 1_705_314_600;
const clock = () => new Date(nowSeconds * 1000);
const sign = createAccessTokenSigner(secret, clock);
const verify = createAccessTokenVerifier([secret], clock);

const claims = {
  ...person,
  iat: nowSeconds,
  exp: nowSeconds + ACCESS_TOKEN_LIFETIME_SECONDS,
  jti: 'jti_1.fam_1',
  iss: 'commerce-supergraph',
  aud: 'commerce-api',
};

/** Signs whatever it is given: what an attacker with a library can send. */
function forge(payload: object, options: { key?: string; header?: object } = {}): string {
  const header = options.header ?? { alg: 'HS256', typ: 'JWT' };
  const body = [header, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${body}.${createHmac('sha256', options.key ?? secret)
    .update(body)
    .digest('base64url')}`;
}

describe('access tokens', () => {
  it('name their user and session until they expire', () => {
    expect(verify(sign(subject))).toEqual({ kind: 'user', ...subject });
  });

  it('hold exactly the documented claims', () => {
    expect(jwt.decode(sign(subject))).toEqual({
      ...claims,
      jti: expect.stringMatching(/^jti_\w{22}\.fam_1$/),
    });
  });

  it('are taken under either of two secrets while one is replaced, and under no third', () => {
    const both = createAccessTokenVerifier(['new-secret-of-at-least-32-bytes!!!!!', secret], clock);
    const signNew = createAccessTokenSigner('new-secret-of-at-least-32-bytes!!!!!', clock);
    expect(both(sign(subject))).toMatchObject({ userId: 'usr_1' });
    expect(both(signNew(subject))).toMatchObject({ userId: 'usr_1' });
    expect(both(createAccessTokenSigner(otherSecret, clock)(subject))).toBe('invalid');
    const expired = createAccessTokenVerifier(
      ['new-secret-of-at-least-32-bytes!!!!!', secret],
      () => new Date((nowSeconds + 3_600) * 1000),
    );
    expect(expired(sign(subject))).toBe('expired');
  });

  it('differ from each other even within one second', () => {
    expect(sign(subject)).not.toBe(sign(subject));
  });

  it('expire after an hour', () => {
    const at = (seconds: number) =>
      createAccessTokenVerifier([secret], () => new Date((nowSeconds + seconds) * 1000));
    const token = sign(subject);
    expect(at(3_599)(token)).toMatchObject({ kind: 'user' });
    expect(at(3_600)(token)).toBe('expired');
  });

  it('accept what the forging helper makes when nothing is wrong with it', () => {
    expect(verify(forge(claims))).toMatchObject({ userId: 'usr_1' });
  });

  const unsigned = forge(claims, { header: { alg: 'none', typ: 'JWT' } });
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const { exp: _exp, ...withoutExpiry } = claims;
  const { jti: _jti, ...withoutId } = claims;
  const [head, , tail] = sign(subject).split('.');
  const promoted = Buffer.from(JSON.stringify({ ...claims, role: 'admin' })).toString('base64url');
  const expired = { ...claims, iat: nowSeconds - 7_200, exp: nowSeconds - 3_600 };

  it.each([
    ['no token at all', ''],
    ['garbage', 'a.b.c'],
    ['alg none without a signature', `${unsigned.split('.').slice(0, 2).join('.')}.`],
    ['alg none with a signature', unsigned],
    ['another HMAC algorithm', jwt.sign(claims, secret, { algorithm: 'HS512' })],
    ['RS256', jwt.sign(claims, privateKey, { algorithm: 'RS256' })],
    ['HS256 under a public key', forge(claims, { key: publicKey })],
    ['a refresh token', forge({ ...claims, type: 'refresh' }, { key: otherSecret })],
    ['a refresh token under the same secret', forge({ ...claims, type: 'refresh' })],
    ['another issuer', forge({ ...claims, iss: 'someone' })],
    ['another audience', forge({ ...claims, aud: 'users' })],
    ['several audiences', forge({ ...claims, aud: ['commerce-api', 'users'] })],
    ['an expired token of another audience', forge({ ...expired, aud: 'users' })],
    ['no expiry', forge(withoutExpiry)],
    ['an expiry that is no number', forge({ ...claims, exp: 'never' })],
    ['no id', forge(withoutId)],
    ['an id without a session, which nobody could end', forge({ ...claims, jti: 'jti_1' })],
    ['an id with an empty session', forge({ ...claims, jti: 'jti_1.' })],
    ['an id with two sessions', forge({ ...claims, jti: 'jti_1.fam_1.fam_2' })],
    ['an unknown role', forge({ ...claims, role: 'root' })],
    ['a tampered role', `${head}.${promoted}.${tail}`],
    ['a kid', forge(claims, { header: { alg: 'HS256', typ: 'JWT', kid: '../../dev/null' } })],
    ['a jku', forge(claims, { header: { alg: 'HS256', typ: 'JWT', jku: 'https://evil.example' } })],
    ['a crit', forge(claims, { header: { alg: 'HS256', typ: 'JWT', crit: ['b64'], b64: false } })],
    ['a payload that is no object', forge(['usr_1'])],
  ])('are refused for %s', (_reason, token) => {
    expect(verify(token)).toBe('invalid');
  });

  it('are expired rather than invalid when only the time has passed', () => {
    expect(verify(forge(expired))).toBe('expired');
  });
});
