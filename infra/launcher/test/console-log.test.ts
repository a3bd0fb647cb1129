import { createLogger } from '@commerce/kit/logger';
import { expect, it } from 'vitest';
import { formatLogLine } from '../src/console-log.ts';

function logged(write: (logger: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  write(createLogger({ service: 'users', level: 'info', destination }));
  return lines.join('');
}

it('shows time, level, service, message and the other fields on one line', () => {
  const line = logged((logger) => logger.warn({ path: '/cart', user: { id: 1 } }, 'Redis is away'));
  expect(formatLogLine(line, false)).toMatch(
    /^\d\d:\d\d:\d\d warn {2}users {3}Redis is away path=\/cart user=\{ id: 1 \}\n$/,
  );
});

it('keeps the stack of an error readable', () => {
  const line = logged((logger) => logger.error({ err: new Error('broken') }, 'Unexpected error'));
  const text = formatLogLine(line, false);
  expect(text).toContain('Error: broken\n    at ');
});

it('gives back what is no log line', () => {
  expect(formatLogLine('plain text\n', true)).toBe('plain text\n');
  expect(formatLogLine('{"a":1}\n', true)).toBe('{"a":1}\n');
});
