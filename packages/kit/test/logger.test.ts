import { expect, it } from 'vitest';
import { createProcessLogger } from '../src/logger.ts';

it.each([
  ['development', 1],
  ['test', 0],
  ['production', 0],
])('a process in mode %s says %i times at its start that it is open', (mode, times) => {
  const lines: string[] = [];
  createProcessLogger(
    'users',
    { NODE_ENV: mode, LOG_LEVEL: 'info' },
    { write: (line) => void lines.push(line) },
  );
  expect(lines).toHaveLength(times);
  for (const line of lines) {
    expect(JSON.parse(line)).toMatchObject({
      level: 40,
      service: 'users',
      msg: expect.stringMatching('NODE_ENV'),
    });
  }
});
