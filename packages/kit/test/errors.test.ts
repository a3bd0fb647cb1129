import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { errorCatalogue, isErrorCode } from '../src/error-catalogue.ts';
import { AppError, assertNever, parseInput, validationError } from '../src/errors.ts';

describe('the catalogue', () => {
  it("has the document's codes and statuses, and RATE_001", () => {
    const statuses = Object.fromEntries(
      Object.entries(errorCatalogue).map(([code, { httpStatus }]) => [code, httpStatus]),
    );
    expect(statuses).toEqual({
      AUTH_001: 401,
      AUTH_002: 401,
      AUTH_003: 401,
      AUTH_004: 403,
      VAL_001: 400,
      VAL_002: 400,
      RES_001: 404,
      RES_002: 409,
      BUS_001: 400,
      BUS_002: 400,
      BUS_003: 400,
      RATE_001: 429,
      SYS_001: 500,
      SYS_002: 503,
    });
  });

  it.each(['toString', '__proto__', 'constructor', 'val_001', '', null, 1])('does not have %j', (code) => {
    expect(isErrorCode(code)).toBe(false);
  });
});

describe('an AppError', () => {
  it('has the message and status of its code, unless told otherwise', () => {
    expect(new AppError('RES_001')).toMatchObject({
      message: 'Resource not found',
      httpStatus: 404,
      details: undefined,
    });
    const cause = new Error('x');
    const error = new AppError('VAL_001', 'Too large', {
      httpStatus: 413,
      details: [1],
      retryAfterSeconds: 2,
      cause,
    });
    expect(error).toMatchObject({
      message: 'Too large',
      httpStatus: 413,
      details: [1],
      retryAfterSeconds: 2,
      cause,
    });
  });
});

describe('parsing input', () => {
  const schema = z.object({
    email: z.email(),
    password: z.string().min(8),
    address: z.object({ zip: z.string(), lines: z.array(z.object({ quantity: z.number() })).optional() }),
    kind: z.enum(['home', 'work']),
  });
  const good = { email: 'a@example.com', password: 'hunter22', address: { zip: '1' }, kind: 'home' };
  const faultOf = (input: unknown) => {
    try {
      parseInput(schema, input);
    } catch (error) {
      if (error instanceof AppError) return { code: error.code, details: error.details };
    }
    return null;
  };

  it('gives what fits and drops what is unknown', () => {
    expect(parseInput(schema, { ...good, role: 'admin' })).toEqual(good);
  });

  it.each([
    ['absent', { password: undefined }],
    ['null', { password: null }],
    ['an absent choice', { kind: undefined }],
  ])('is VAL_002 where only a required field is %s', (_, changes) => {
    const [field] = Object.keys(changes);
    expect(faultOf({ ...good, ...changes })).toEqual({
      code: 'VAL_002',
      details: [{ field, message: 'is required' }],
    });
  });

  it('is VAL_002 for an absent field further down, with its path', () => {
    expect(faultOf({ ...good, address: {} })).toEqual({
      code: 'VAL_002',
      details: [{ field: 'address.zip', message: 'is required' }],
    });
    expect(faultOf({ ...good, address: { zip: '1', lines: [{ quantity: 1 }, {}] } })?.details).toEqual([
      { field: 'address.lines.1.quantity', message: 'is required' },
    ]);
  });

  it.each([
    ['a wrong value', { password: 'short' }],
    ['a wrong type', { password: 1 }],
    ['an empty text', { email: '' }],
    ['a wrong choice', { kind: 'elsewhere' }],
    ['an absent field beside a wrong one', { kind: undefined, password: 'short' }],
  ])('is VAL_001 for %s', (_, changes) => {
    expect(faultOf({ ...good, ...changes })?.code).toBe('VAL_001');
  });

  it.each([[null], [undefined], ['text'], [[]], [1]])('refuses %j in place of an object', (input) => {
    expect(faultOf(input)?.code).toMatch(/^VAL_00/);
  });

  it('never echoes a submitted value', () => {
    const canary = 'S3cret-Canary';
    const inputs = [
      { ...good, password: canary.slice(0, 3), email: canary, kind: canary },
      { ...good, address: { zip: canary, lines: canary } },
      { ...good, address: canary },
      { ...good, email: { [canary]: canary } },
    ];
    for (const input of inputs) {
      const fault = faultOf(input);
      expect(fault?.code).toBe('VAL_001');
      expect(JSON.stringify(fault)).not.toContain(canary);
    }
  });

  it('is not led astray by names of prototypes', () => {
    expect(
      parseInput(schema, JSON.parse(`{"__proto__":{"admin":true},${JSON.stringify(good).slice(1)}`)),
    ).toEqual(good);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });
});

it('a list of faults is told without the mark of absence', () => {
  const error = validationError([{ field: 'a', message: 'is required', isMissing: true }]);
  expect(error).toMatchObject({ code: 'VAL_002', details: [{ field: 'a', message: 'is required' }] });
});

it('a variant that should not exist is a bug, told without its value', () => {
  expect(() => assertNever('secret' as never)).toThrow('Unexpected variant: string');
});
