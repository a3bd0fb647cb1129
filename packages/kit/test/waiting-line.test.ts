import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createWaitingLine } from '../src/waiting-line.ts';

const PATIENCE_MS = 1_000;
const late = () => new Error('late');

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A line of the given length, and what became of each who joined it. */
function lineOf(length: number) {
  const line = createWaitingLine<string>();
  const fates = Array<string>(length).fill('waits');
  for (const index of fates.keys()) {
    line.join(PATIENCE_MS, late).then(
      (thing) => fates.splice(index, 1, thing),
      (error: Error) => fates.splice(index, 1, error.message),
    );
  }
  return { line, fates };
}

it('serves in the order of joining', async () => {
  const { line, fates } = lineOf(3);
  expect([line.serve('a'), line.serve('b')]).toEqual([true, true]);
  await vi.advanceTimersByTimeAsync(0);
  expect(fates).toEqual(['a', 'b', 'waits']);
  expect(line.length()).toBe(1);
});

it('sends everybody away in time where nobody is served', async () => {
  const { line, fates } = lineOf(3);
  await vi.advanceTimersByTimeAsync(PATIENCE_MS + 10);
  expect(fates).toEqual(['late', 'late', 'late']);
  expect(line.serve('a')).toBe(false);
});

it('keeps those whose turn is near at the pace so far, once', async () => {
  const { line, fates } = lineOf(7);
  for (const thing of ['a', 'b', 'c']) line.serve(thing);
  await vi.advanceTimersByTimeAsync(PATIENCE_MS + 10);
  expect(fates).toEqual(['a', 'b', 'c', 'waits', 'waits', 'waits', 'late']);
  line.serve('d');
  await vi.advanceTimersByTimeAsync(PATIENCE_MS + 10);
  expect(fates).toEqual(['a', 'b', 'c', 'd', 'late', 'late', 'late']);
});

it('tells all at once', async () => {
  const { line, fates } = lineOf(2);
  line.failAll(new Error('closed'));
  await vi.advanceTimersByTimeAsync(0);
  expect(fates).toEqual(['closed', 'closed']);
});
