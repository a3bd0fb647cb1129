import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  ConfigError,
  httpUrl,
  integer,
  loadConfig,
  logLevel,
  port,
  postgresUrl,
  redisUrl,
  secret,
  smtpUrl,
  subgraphVariables,
} from '../src/config.ts';

const longSecret = 'a-secret-of-at-least-thirty-two-bytes';
const accepted = `router:${'k'.repeat(43)}`;

function faultsOf(schema: z.ZodType, env: Record<string, string | undefined>): readonly string[] {
  try {
    loadConfig(schema, env);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

describe('loading a configuration', () => {
  const schema = z.object({ ...subgraphVariables, PORT: port.default(4000), MODE: z.enum(['fast', 'slow']) });

  it('takes variables and defaults', () => {
    expect(loadConfig(schema, { INTERNAL_KEYS_ACCEPTED: accepted, MODE: 'fast', UNKNOWN: 'x' })).toEqual({
      NODE_ENV: 'development',
      HOST: '127.0.0.1',
      LOG_LEVEL: 'info',
      INTERNAL_KEYS_ACCEPTED: [{ issuer: 'router', key: 'k'.repeat(43) }],
      PORT: 4000,
      MODE: 'fast',
    });
  });

  it('takes an empty variable for an absent one', () => {
    const env = {
      INTERNAL_KEYS_ACCEPTED: accepted,
      MODE: 'slow',
      PORT: '',
      OTEL_EXPORTER_OTLP_ENDPOINT: '',
    };
    expect(loadConfig(schema, env)).toMatchObject({ PORT: 4000 });
  });

  it('lists all faults together', () => {
    expect(faultsOf(schema, { PORT: 'http', LOG_LEVEL: 'loud', INTERNAL_KEYS_ACCEPTED: '' })).toEqual([
      expect.stringMatching(/^LOG_LEVEL: Invalid option/),
      'INTERNAL_KEYS_ACCEPTED: is required',
      'PORT: must be a whole number',
      'MODE: is required',
    ]);
  });

  it('tells all of them in its message, and none of the values', () => {
    const env = { PORT: 'hunter2', INTERNAL_KEYS_ACCEPTED: 'hunter2', MODE: 'hunter2', LOG_LEVEL: 'hunter2' };
    const error = new ConfigError(faultsOf(schema, env));
    expect(error.message.split('\n')).toHaveLength(5);
    expect(error.message).not.toContain('hunter2');
  });
});

describe('a variable', () => {
  it.each([
    ['integer', integer(1, 10), '1', 1],
    ['integer', integer(1, 10), '10', 10],
    ['port', port, '0', 0],
    ['port', port, '65535', 65_535],
    ['secret', secret, longSecret, longSecret],
    ['http URL', httpUrl, 'https://example.com/x', 'https://example.com/x'],
    ['Postgres URL', postgresUrl, 'postgresql://u:p@h:5432/d', 'postgresql://u:p@h:5432/d'],
    ['Redis URL', redisUrl, 'rediss://h:6379/1', 'rediss://h:6379/1'],
    ['SMTP URL', smtpUrl, 'smtp://h:25', 'smtp://h:25'],
    ['log level', logLevel, 'silent', 'silent'],
  ])('of the kind %s takes %#', (_, schema, text, value) => {
    expect(loadConfig(z.object({ IT: schema }), { IT: text })).toEqual({ IT: value });
  });

  it.each([
    ['a number out of range', integer(1, 10), '11'],
    ['a number below the range', integer(1, 10), '0'],
    ['a negative number', integer(0), '-1'],
    ['a fraction', integer(0), '1.5'],
    ['a number in another notation', integer(0), '1e3'],
    ['a number with blanks', integer(0), ' 1 '],
    ['a port that is none', port, '65536'],
    ['a short secret', secret, 'x'.repeat(31)],
    ['an URL of another protocol', httpUrl, 'ftp://example.com'],
    ['an URL without a host', httpUrl, 'http://'],
    ['a host for an URL', postgresUrl, 'localhost:5432'],
    ['a Postgres URL for Redis', redisUrl, 'postgres://h/d'],
    ['a mail address for a server', smtpUrl, 'a@example.com'],
    ['an unknown level', logLevel, 'verbose'],
  ])('refuses %s', (_, schema, text) => {
    expect(faultsOf(z.object({ IT: schema }), { IT: text })).toHaveLength(1);
  });

  it('counts a secret in bytes', () => {
    expect(faultsOf(z.object({ IT: secret }), { IT: 'ä'.repeat(16) })).toEqual([]);
  });
});
