import { describe, expect, it } from 'vitest';
import { isPublicAddress } from '../src/clients/public-address.ts';
import { retryDelaySeconds } from '../src/domain/retry-delay.ts';
import { webhookHeaders } from '../src/domain/sign-webhook.ts';

describe('an address', () => {
  it.each([
    ...['8.8.8.8', '93.184.215.14', '172.32.0.1', '192.88.98.1', '192.88.100.1'],
    ...['2606:2800:21f::1', '2001:4860:4860::8888', '2001:1::1', '2003::1'],
  ])('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
  it.each([
    ...['0.0.0.0', '10.0.0.1', '100.64.0.1', '127.0.0.1', '169.254.169.254', '172.16.0.1', '192.168.1.1'],
    ...['198.18.0.1', '224.0.0.1', '255.255.255.255', '::', '::1', '::127.0.0.1', '::ffff:10.0.0.1'],
    ...['192.88.99.1', '::ffff:0:10.0.0.1', '64:ff9b::a00:1', '2001::1', '2001:0:ffff::1', '2002:a00:1::'],
    ...['fc00::1', 'fd12::1', 'fe80::1', 'fec0::1', 'feff::1', 'ff02::1', 'shop.example', ''],
  ])('%s is not', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('the wait for the next attempt', () => {
  it.each([
    [1, 0, 9],
    [1, 0.5, 10],
    [2, 0.5, 100],
    [2, 0.999_999, 110],
    [3, 0.5, null],
    [9, 0.5, null],
  ])('behind attempt %i at chance %d is %s seconds', (attempts, random, expected) => {
    const delay = retryDelaySeconds([10, 100], attempts, random);
    if (expected === null) expect(delay).toBeNull();
    else expect(delay).toBeCloseTo(expected, 3);
  });
});

describe('the signature of a webhook', () => {
  it('is the one of the standard’s own example', () => {
    const headers = webhookHeaders({
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      sentAt: new Date(1_614_265_330_000),
      body: '{"test": 2432232314}',
      secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    });
    expect(headers['webhook-timestamp']).toBe('1614265330');
    expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });
});
