import { describe, expect, it } from 'vitest';
import { AppError } from '../src/errors.ts';
import { isAdmin, requireAdmin, requireService, requireUser, type Viewer } from '../src/viewer.ts';

const customer: Viewer = { kind: 'user', userId: 'usr_1', email: 'a@example.com', role: 'customer' };
const admin: Viewer = { ...customer, role: 'admin' };
const service: Viewer = { kind: 'service', name: 'orders' };
const missing: Viewer = { kind: 'anonymous', reason: 'missing' };
const expired: Viewer = { kind: 'anonymous', reason: 'expired' };
const unconfirmed: Viewer = { kind: 'anonymous', reason: 'unconfirmed' };
const invalid: Viewer = { kind: 'anonymous', reason: 'invalid' };

function outcome(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error instanceof AppError ? error.code : error;
  }
}

describe.each([
  ['a customer', customer, { user: customer, admin: 'AUTH_004', service: 'AUTH_004' }],
  ['an administrator', admin, { user: admin, admin, service: 'AUTH_004' }],
  ['a service', service, { user: 'AUTH_003', admin: 'AUTH_003', service }],
  ['nobody', missing, { user: 'AUTH_003', admin: 'AUTH_003', service: 'AUTH_004' }],
  ['somebody with an expired token', expired, { user: 'AUTH_002', admin: 'AUTH_002', service: 'AUTH_004' }],
  [
    'somebody with a token that cannot be confirmed',
    unconfirmed,
    { user: 'SYS_002', admin: 'SYS_002', service: 'AUTH_004' },
  ],
  ['somebody with a bad token', invalid, { user: 'AUTH_003', admin: 'AUTH_003', service: 'AUTH_004' }],
])('%s', (_, viewer, expected) => {
  it('as a user', () => expect(outcome(() => requireUser(viewer))).toEqual(expected.user));
  it('as an administrator', () => expect(outcome(() => requireAdmin(viewer))).toEqual(expected.admin));
  it('as a service', () =>
    expect(outcome(() => requireService(viewer, 'cart', 'orders'))).toEqual(expected.service));
  it('as another service', () => expect(outcome(() => requireService(viewer, 'cart'))).toBe('AUTH_004'));
  it('has the role', () => expect(isAdmin(viewer)).toBe(viewer === admin));
});
