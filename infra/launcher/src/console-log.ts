import { inspect } from 'node:util';
import { z } from 'zod';

const logLine = z
  .object({ level: z.number(), time: z.string(), service: z.string().optional(), msg: z.string().optional() })
  .loose();

const loggedError = z.object({ stack: z.string() });

const LEVELS: readonly { from: number; name: string; colour: string }[] = [
  { from: 50, name: 'error', colour: '\u001b[31m' },
  { from: 40, name: 'warn ', colour: '\u001b[33m' },
  { from: 30, name: 'info ', colour: '\u001b[36m' },
  { from: 0, name: 'debug', colour: '\u001b[90m' },
];
const RESET = '\u001b[0m';

/** Turns a service's JSON log line into one for a person: time, level, service, message, and the
 *  other fields. What is not such a line is given back as it is. */
export function formatLogLine(line: string, hasColour: boolean): string {
  const parsed = logLine.safeParse(parseJson(line));
  if (!parsed.success) return line;
  const { level, time, service = '', msg = '', ...fields } = parsed.data;
  const { name, colour } = LEVELS.find(({ from }) => level >= from) ?? { name: 'log  ', colour: '' };
  const head = `${time.slice(11, 19)} ${hasColour ? `${colour}${name}${RESET}` : name}`;
  return `${head} ${service.padEnd(7)} ${msg}${describe(fields)}\n`;
}

/** A destination for the services' loggers that writes for a person. */
export function createConsoleDestination(output: NodeJS.WriteStream): { write(line: string): void } {
  return { write: (line) => void output.write(formatLogLine(line, output.isTTY)) };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function describe(fields: Record<string, unknown>): string {
  return Object.entries(fields)
    .map(([name, value]) => {
      const failure = loggedError.safeParse(value);
      return failure.success ? `\n${failure.data.stack}` : ` ${name}=${textOf(value)}`;
    })
    .join('');
}

function textOf(value: unknown): string {
  if (typeof value !== 'object') return String(value);
  return inspect(value, { breakLength: Number.POSITIVE_INFINITY });
}
