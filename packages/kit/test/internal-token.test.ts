import { createHmac } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createTokenMint, createTokenVerifier } from '../src/internal-token.ts';
import type { Viewer } from '../src/viewer.ts';

const secret = 'internal-secret-of-at-least-32-bytes';
const caller = (viewer: Viewer) => ({ viewer, clientAddress: '203.0.113.9' });
const anonymous = caller({ kind: 'anonymous', reason: 'missing' });
const mint = createTokenMint(secret, 'router');
const verify = createTokenVerifier([secret], 'cart');
/** The key that the cart subgraph expects; deriving it here pins the scheme. */
const cartKey = createHmac('sha256', secret).update('subgraph:cart').digest();

afterEach(() => void vi.useRealTimers());

describe('an internal token', () => {
  it.each<Viewer>([
    { kind: 'user', userId: 'usr_1', email: 'a@example.com', role: 'admin' },
    { kind: 'anonymous', reason: 'expired' },
    { kind: 'service', name: 'orders' },
  ])('carries the caller %j', (viewer) => {
    expect(verify(mint(caller(viewer), 'cart'))).toEqual(caller(viewer));
  });

  it('names its issuer and audience and lives for thirty seconds', () => {
    const claims = jwt.decode(mint(anonymous, 'cart')) as jwt.JwtPayload;
    expect(claims).toMatchObject({ iss: 'router', aud: 'cart' });
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(30);
  });

  it('is refused after thirty seconds', () => {
    vi.useFakeTimers({ now: new Date('2024-01-15T10:30:00Z') });
    const token = mint(anonymous, 'cart');
    vi.setSystemTime(new Date('2024-01-15T10:30:29Z'));
    expect(verify(token)).toEqual(anonymous);
    vi.setSystemTime(new Date('2024-01-15T10:30:31Z'));
    expect(verify(token)).toBeNull();
  });

  it('is refused by every other subgraph', () => {
    expect(createTokenVerifier([secret], 'orders')(mint(anonymous, 'cart'))).toBeNull();
  });

  it('is refused under another secret', () => {
    expect(
      createTokenVerifier(['another-secret-of-at-least-32-bytes'], 'cart')(mint(anonymous, 'cart')),
    ).toBeNull();
  });

  const forged: [string, () => string | undefined][] = [
    ['nothing', () => undefined],
    ['empty text', () => ''],
    ['no token', () => 'a.b.c'],
    [
      'a token signed with the secret itself',
      () => jwt.sign(anonymous, secret, { audience: 'cart', expiresIn: 30 }),
    ],
    [
      'a token for another audience under the right key',
      () => jwt.sign(anonymous, cartKey, { audience: 'orders', expiresIn: 30 }),
    ],
    ['a token without an audience', () => jwt.sign(anonymous, cartKey, { expiresIn: 30 })],
    [
      'a token with another algorithm',
      () => jwt.sign(anonymous, cartKey, { algorithm: 'HS512', audience: 'cart' }),
    ],
    [
      'a token that says it lives longer',
      () => {
        const iat = Math.floor(Date.now() / 1000) - 60;
        return jwt.sign({ ...anonymous, iat }, cartKey, { audience: 'cart', expiresIn: 3_600 });
      },
    ],
    ['a token without a time', () => jwt.sign(anonymous, cartKey, { audience: 'cart', noTimestamp: true })],
    [
      'an unknown kind of viewer',
      () => jwt.sign({ ...anonymous, viewer: { kind: 'root' } }, cartKey, { audience: 'cart' }),
    ],
    [
      'an unknown role',
      () =>
        jwt.sign(caller({ kind: 'user', userId: 'u', email: 'e', role: 'root' as 'admin' }), cartKey, {
          audience: 'cart',
        }),
    ],
    ['no address', () => jwt.sign({ viewer: anonymous.viewer }, cartKey, { audience: 'cart' })],
    [
      'no algorithm',
      () => {
        const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');
        const iat = Math.floor(Date.now() / 1000);
        return `${encode({ alg: 'none', typ: 'JWT' })}.${encode({ ...anonymous, aud: 'cart', iat, exp: iat + 30 })}.`;
      },
    ],
    [
      'a changed viewer',
      () => {
        const [header, , signature] = mint(anonymous, 'cart').split('.');
        const body = Buffer.from(
          JSON.stringify({ ...caller({ kind: 'service', name: 'orders' }), aud: 'cart' }),
        );
        return [header, body.toString('base64url'), signature].join('.');
      },
    ],
  ];
  it.each(forged)('cannot be %s', (_, forge) => {
    expect(verify(forge())).toBeNull();
  });

  it('is taken under either of two secrets while one is replaced, and under no third', () => {
    const next = 'next-secret-of-at-least-32-bytes!!!!';
    const both = createTokenVerifier([next, secret], 'cart');
    expect(both(mint(anonymous, 'cart'))).toMatchObject(anonymous);
    expect(both(createTokenMint(next, 'router')(anonymous, 'cart'))).toMatchObject(anonymous);
    expect(
      both(createTokenMint('third-secret-of-at-least-32-bytes!!!', 'router')(anonymous, 'cart')),
    ).toBeNull();
  });
});
