import { describe, expect, it } from 'vitest';
import { anyText, line } from '../src/text.ts';

describe('anyText', () => {
  it.each(['', ' two\nlines ', 'Zoë 👟'])('takes %j as it is', (text) => {
    expect(anyText.parse(text)).toBe(text);
  });

  it.each(['a\0b', 'a\ud800', '\udc00b'])('refuses %j, which no database can hold', (text) => {
    expect(anyText.safeParse(text).success).toBe(false);
  });
});

describe('line', () => {
  it('trims, and counts after that', () => {
    expect(line(1, 3).parse('  abc ')).toBe('abc');
    expect(line(1, 3).safeParse('abcd').success).toBe(false);
  });

  it.each(['', '   ', '\u200b', '\u00a0\u200b', '\u3164'])(
    'refuses %j where something must be seen',
    (text) => {
      expect(line(1, 10).safeParse(text).success).toBe(false);
    },
  );

  it('takes nothing where nothing is enough', () => {
    expect(line(0, 10).parse('  ')).toBe('');
  });

  it('is not judged further where it is too long', () => {
    const { error } = line(1, 10).safeParse('\u0001'.repeat(100_000));
    expect(error?.issues.map(({ message }) => message)).toEqual(['must have at most 10 characters']);
  });

  it.each(['a\nb', 'a\u0001b', 'a\u007fb'])('refuses the control character in %j', (text) => {
    expect(line(1, 10).safeParse(text).success).toBe(false);
  });
});
