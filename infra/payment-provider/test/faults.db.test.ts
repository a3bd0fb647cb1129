import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { paymentOf, startProvider } from './provider-fixture.ts';

let provider: Awaited<ReturnType<typeof startProvider>>;
beforeAll(async () => {
  provider = await startProvider({ faults: 'on' });
});
afterEach(async () => {
  await provider.send('DELETE', '/faults');
});
afterAll(async () => {
  await provider.close();
});

const payment = () => paymentOf(provider.send);
const fault = async (operation: string, kind: string, rest: object = {}) =>
  await provider.send('POST', '/faults', { operation, fault: kind, ...rest });

describe('a fault that was asked for', () => {
  it('answers late', async () => {
    await fault('authorise', 'delay', { delayMs: 150 });
    const startedAt = performance.now();
    expect(await payment().authorise()).toMatchObject({ kind: 'approved' });
    expect(performance.now() - startedAt).toBeGreaterThan(140);
  });

  it('loses a request, which is not applied', async () => {
    const { authorise, find } = payment();
    await fault('authorise', 'lose-request');
    await expect(authorise()).rejects.toThrow();
    expect(await find()).toEqual({ kind: 'absent' });
    expect(await authorise()).toMatchObject({ kind: 'approved' });
  });

  it('loses an answer to what was applied', async () => {
    const { authorise, find } = payment();
    await fault('authorise', 'lose-answer');
    await expect(authorise()).rejects.toThrow();
    expect(await find()).toMatchObject({ kind: 'approved' });
  });

  it('applies what was given up', async () => {
    const { authorise, capture, orderId } = payment();
    await authorise();
    await fault('capture', 'late', { delayMs: 100 });
    await expect(capture()).rejects.toThrow();
    expect(await provider.entriesOf(orderId)).toHaveLength(1);
    await vi.waitFor(async () => expect(await provider.entriesOf(orderId)).toHaveLength(2));
  });

  it('delivers a request twice, which happens once', async () => {
    const { authorise, capture, refund, orderId } = payment();
    for (const operation of ['authorise', 'capture', 'refund']) await fault(operation, 'twice');
    expect(await authorise()).toMatchObject({ kind: 'approved' });
    expect(await capture()).toEqual({ kind: 'captured' });
    expect(await refund('half', 11_000)).toEqual({ kind: 'refunded' });
    expect(await provider.entriesOf(orderId)).toHaveLength(3);
    expect(await provider.sql`select refunded_amount from payments where order_id = ${orderId}`).toEqual([
      { refunded_amount: '110.00' },
    ]);
  });

  it('declines and refuses, for good', async () => {
    const first = payment();
    await fault('authorise', 'decline');
    expect(await first.authorise()).toEqual({ kind: 'declined', reason: 'The card was declined' });
    expect(await first.authorise()).toMatchObject({ kind: 'declined' });
    const second = payment();
    await second.authorise();
    await fault('capture', 'refuse');
    expect(await second.capture()).toEqual({ kind: 'refused', reason: 'Refused on request' });
    expect(await second.capture()).toMatchObject({ kind: 'refused' });
    expect(await second.giveUp()).toEqual({ kind: 'voided' });
  });

  it('fails before anything is applied, as often as was asked', async () => {
    const { authorise, find } = payment();
    await fault('authorise', 'error', { count: 2 });
    expect(await authorise()).toEqual({ error: 'Failed on request' });
    expect(await authorise()).toEqual({ error: 'Failed on request' });
    expect(await find()).toEqual({ kind: 'absent' });
    expect(await authorise()).toMatchObject({ kind: 'approved' });
  });

  it('is forgotten on demand', async () => {
    await fault('authorise', 'error', { count: 100 });
    await provider.send('DELETE', '/faults');
    expect(await payment().authorise()).toMatchObject({ kind: 'approved' });
  });

  it.each([
    ['void', 'refuse'],
    ['find', 'decline'],
    ['capture', 'decline'],
    ['capture', 'explode'],
  ])('must be one that %s can have, which %s is not', async (operation, kind) => {
    expect(await fault(operation, kind)).toMatchObject({ status: 400 });
  });
});
