import jwt from 'jsonwebtoken';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { acceptedKeys, deriveInternalKey, signingKeys } from '../src/internal-keys.ts';
import { createTokenMint, createTokenVerifier } from '../src/internal-token.ts';
import type { Viewer } from '../src/viewer.ts';

const secret = 'internal-secret-of-at-least-32-bytes';
const caller = (viewer: Viewer) => ({ viewer, clientAddress: '203.0.113.9' });
const anonymous = caller({ kind: 'anonymous', reason: 'missing' });
const keyOf = (issuer: string, audience: string) => deriveInternalKey(secret, { issuer, audience });
const cartKey = keyOf('router', 'cart');
const mint = createTokenMint('router', { cart: cartKey, orders: keyOf('router', 'orders') });
const mintAsOrders = createTokenMint('orders', { cart: keyOf('orders', 'cart') });
const verify = createTokenVerifier('cart', [
  { issuer: 'router', key: cartKey },
  { issuer: 'orders', key: keyOf('orders', 'cart') },
]);
/** As the library would sign for the router. */
const signed = (claims: object, options: jwt.SignOptions = {}) =>
  jwt.sign(claims, cartKey, { issuer: 'router', ...options });

afterEach(() => void vi.useRealTimers());

describe('an internal token', () => {
  it.each<Viewer>([
    { kind: 'user', userId: 'usr_1', email: 'a@example.com', role: 'admin' },
    { kind: 'anonymous', reason: 'expired' },
    { kind: 'service', name: 'router' },
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
    const orders = createTokenVerifier('orders', [{ issuer: 'router', key: keyOf('router', 'orders') }]);
    expect(orders(mint(anonymous, 'orders'))).toEqual(anonymous);
    expect(orders(mint(anonymous, 'cart'))).toBeNull();
  });

  it('is refused under another key', () => {
    const other = [
      { issuer: 'router', key: deriveInternalKey('x'.repeat(32), { issuer: 'router', audience: 'cart' }) },
    ];
    expect(createTokenVerifier('cart', other)(mint(anonymous, 'cart'))).toBeNull();
  });

  it('speaks for its service alone where it is not the router’s', () => {
    const orders = caller({ kind: 'service', name: 'orders' });
    expect(verify(mintAsOrders(orders, 'cart'))).toEqual(orders);
    for (const viewer of [
      { kind: 'user', userId: 'usr_1', email: 'a@example.com', role: 'admin' },
      { kind: 'service', name: 'router' },
      anonymous.viewer,
    ] as const) {
      expect(verify(mintAsOrders(caller(viewer), 'cart'))).toBeNull();
    }
    expect(verify(mint(orders, 'cart'))).toBeNull();
  });

  it('is refused where its issuer calls itself another one', () => {
    const asRouter = createTokenMint('router', { cart: keyOf('orders', 'cart') });
    expect(verify(asRouter(anonymous, 'cart'))).toBeNull();
  });

  it('is not made for whom there is no key', () => {
    expect(() => mint(anonymous, 'users')).toThrow('There is no key for users');
  });

  const forged: [string, () => string | undefined][] = [
    ['nothing', () => undefined],
    ['empty text', () => ''],
    ['no token', () => 'a.b.c'],
    [
      'a token signed with the secret itself',
      () => jwt.sign(anonymous, secret, { issuer: 'router', audience: 'cart', expiresIn: 30 }),
    ],
    [
      'a token for another audience under the right key',
      () => signed(anonymous, { audience: 'orders', expiresIn: 30 }),
    ],
    ['a token without an issuer', () => jwt.sign(anonymous, cartKey, { audience: 'cart', expiresIn: 30 })],
    ['a token without an audience', () => signed(anonymous, { expiresIn: 30 })],
    ['a token with another algorithm', () => signed(anonymous, { algorithm: 'HS512', audience: 'cart' })],
    [
      'a token that says it lives longer',
      () => {
        const iat = Math.floor(Date.now() / 1000) - 60;
        return signed({ ...anonymous, iat }, { audience: 'cart', expiresIn: 3_600 });
      },
    ],
    ['a token without a time', () => signed(anonymous, { audience: 'cart', noTimestamp: true })],
    [
      'an unknown kind of viewer',
      () => signed({ ...anonymous, viewer: { kind: 'root' } }, { audience: 'cart' }),
    ],
    [
      'an unknown role',
      () =>
        signed(caller({ kind: 'user', userId: 'u', email: 'e', role: 'root' as 'admin' }), {
          audience: 'cart',
        }),
    ],
    ['no address', () => signed({ viewer: anonymous.viewer }, { audience: 'cart' })],
    [
      'no algorithm',
      () => {
        const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');
        const iat = Math.floor(Date.now() / 1000);
        return `${encode({ alg: 'none', typ: 'JWT' })}.${encode({ ...anonymous, iss: 'router', aud: 'cart', iat, exp: iat + 30 })}.`;
      },
    ],
    [
      'a changed viewer',
      () => {
        const [header, , signature] = mint(anonymous, 'cart').split('.');
        const body = Buffer.from(
          JSON.stringify({ ...caller({ kind: 'service', name: 'orders' }), iss: 'router', aud: 'cart' }),
        );
        return [header, body.toString('base64url'), signature].join('.');
      },
    ],
  ];
  it.each(forged)('cannot be %s', (_, forge) => {
    expect(verify(forge())).toBeNull();
  });

  it('is taken under either of two keys while one is replaced, and under no third', () => {
    const next = 'n'.repeat(43);
    const both = createTokenVerifier('cart', [
      { issuer: 'router', key: next },
      { issuer: 'router', key: cartKey },
    ]);
    const under = (key: string) => both(createTokenMint('router', { cart: key })(anonymous, 'cart'));
    expect(under(cartKey)).toEqual(anonymous);
    expect(under(next)).toEqual(anonymous);
    expect(under('t'.repeat(43))).toBeNull();
  });
});

describe('the keys of the environment', () => {
  const key = 'k'.repeat(43);

  it('are another one for each pair of services', () => {
    const keys = ['users', 'cart'].flatMap((audience) => [
      keyOf('router', audience),
      keyOf('orders', audience),
    ]);
    expect(new Set(keys).size).toBe(4);
    expect(keys.every((each) => each.length === 43)).toBe(true);
  });

  it('are read by name', () => {
    expect(signingKeys(['cart']).parse(`cart:${key}, users:${key}`)).toEqual({ cart: key, users: key });
    expect(acceptedKeys.parse(`router:${key},router:${key}2`)).toEqual([
      { issuer: 'router', key },
      { issuer: 'router', key: `${key}2` },
    ]);
  });

  it.each(['', 'cart', `cart=${key}`, 'cart:short', `cart:${key},`, `cart:${key} users:${key}`, `:${key}`])(
    'are refused as %j',
    (text) => {
      expect(acceptedKeys.safeParse(text).success).toBe(false);
      expect(signingKeys(['cart']).safeParse(text).success).toBe(false);
    },
  );

  it('must be there for each service that is called', () => {
    expect(signingKeys(['cart', 'users']).safeParse(`cart:${key}`).error?.message).toContain(
      'must have a key for each of cart, users',
    );
  });
});
