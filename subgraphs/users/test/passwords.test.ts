import bcrypt from 'bcrypt';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createGate } from '../src/domain/gate.ts';
import { createPasswords } from '../src/domain/passwords.ts';

afterEach(() => vi.restoreAllMocks());

describe('password hashes', () => {
  const passwords = createPasswords({ cost: 4 });

  it('have a cost of 12 unless told otherwise', async () => {
    expect(await createPasswords().hash('SecurePass123!')).toMatch(/^\$2b\$12\$/);
  });

  it('match their own password only', async () => {
    const hash = await passwords.hash('SecurePass123!');
    expect(await passwords.verify('SecurePass123!', hash)).toBe(true);
    expect(await passwords.verify('SecurePass123?', hash)).toBe(false);
  });

  it('tell passwords apart that share their first 72 bytes', async () => {
    const shared = 'Aa1!'.repeat(18);
    const hash = await passwords.hash(`${shared}x`);
    expect(await passwords.verify(`${shared}y`, hash)).toBe(false);
    expect(await passwords.verify(`${shared}x`, hash)).toBe(true);
  });

  it('match however a keyboard composes its letters', async () => {
    const hash = await passwords.hash('Caf\u00e9Pass123!');
    expect(await passwords.verify('Cafe\u0301Pass123!', hash)).toBe(true);
  });

  it('are compared with as much work where there is no account', async () => {
    const compare = vi.spyOn(bcrypt, 'compare');
    expect(await passwords.verify('SecurePass123!', null)).toBe(false);
    const hash = await passwords.hash('SecurePass123!');
    await passwords.verify('SecurePass123!', hash);
    const costs = compare.mock.calls.map((call) => bcrypt.getRounds(call[1]));
    expect(costs).toEqual([4, 4]);
  });

  it('are made outside the event loop', async () => {
    let turns = 0;
    const counting = setInterval(() => (turns += 1), 1);
    await createPasswords().hash('SecurePass123!');
    clearInterval(counting);
    expect(turns).toBeGreaterThan(5);
  });
});

describe('the gate before them', () => {
  function jobs() {
    const releases: (() => void)[] = [];
    const work = () => new Promise<void>((resolve) => releases.push(resolve));
    return { releases, work };
  }

  it('lets only so many run at once, in the order of their coming', async () => {
    const gate = createGate({ running: 2, waiting: 10, retryAfterSeconds: 5 });
    const { releases, work } = jobs();
    const order: number[] = [];
    const all = [0, 1, 2, 3].map(async (job) => {
      await gate(work);
      order.push(job);
    });
    await vi.waitFor(() => expect(releases).toHaveLength(2));
    releases[0]?.();
    await vi.waitFor(() => expect(releases).toHaveLength(3));
    for (const release of releases) release();
    await vi.waitFor(() => expect(releases).toHaveLength(4));
    releases[3]?.();
    await Promise.all(all);
    expect(order[0]).toBe(0);
    expect(order[3]).toBe(3);
  });

  it('turns away whom it would keep waiting too long, and says when to come again', async () => {
    const gate = createGate({ running: 1, waiting: 1, retryAfterSeconds: 5 });
    const { releases, work } = jobs();
    const first = gate(work);
    const second = gate(work);
    await expect(gate(work)).rejects.toMatchObject({ code: 'SYS_002', retryAfterSeconds: 5 });
    releases[0]?.();
    await first;
    await vi.waitFor(() => expect(releases).toHaveLength(2));
    releases[1]?.();
    await second;
    await expect(gate(async () => 'again')).resolves.toBe('again');
  });

  it('goes on after a job that failed', async () => {
    const gate = createGate({ running: 1, waiting: 1, retryAfterSeconds: 5 });
    await expect(gate(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    await expect(gate(async () => 1)).resolves.toBe(1);
  });
});
