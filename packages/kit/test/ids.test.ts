import { describe, expect, it } from 'vitest';
import { isPlausibleId, newId } from '../src/ids.ts';

describe('a new id', () => {
  it('is the prefix and 22 letters and digits, at most 50 characters in all', () => {
    expect(newId('ord')).toMatch(/^ord_[0-9A-Za-z]{22}$/);
    expect(newId('ord').length).toBeLessThanOrEqual(50);
  });

  it('is another one each time', () => {
    const ids = Array.from({ length: 10_000 }, () => newId('x'));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('prefers no character', () => {
    const counts = new Map<string, number>();
    for (let index = 0; index < 20_000; index += 1) {
      for (const character of newId('').slice(1)) counts.set(character, (counts.get(character) ?? 0) + 1);
    }
    expect(counts.size).toBe(62);
    const mean = (20_000 * 22) / 62;
    // Seven standard deviations: a fair generator fails once in 10^10 runs, a modulo without a limit always.
    for (const count of counts.values()) expect(Math.abs(count - mean)).toBeLessThan(7 * Math.sqrt(mean));
  });

  it('is plausible', () => {
    expect(isPlausibleId(newId('item'))).toBe(true);
    expect(isPlausibleId('prod_001')).toBe(true);
  });
});

it.each(['', 'a b', 'a\0', 'ä', 'x'.repeat(65), "a'b", 'a.b', 'a\n'])('%j names nothing', (text) => {
  expect(isPlausibleId(text)).toBe(false);
});
