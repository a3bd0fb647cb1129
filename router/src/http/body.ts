import type { IncomingMessage } from 'node:http';
import { AppError } from '@commerce/kit/errors';

const MAX_BODY_BYTES = 100 * 1024;
/** Deeper than any input type; far below what makes recursive code fail. */
const MAX_DEPTH = 64;

const jsonType = /^application\/(?:[\w.-]+\+)?json\s*(?:;(.*))?$/i;
const charsetParameter = /charset\s*=\s*"?([^\s";]*)/i;

/** Reads a JSON body.
 *  @returns undefined where the request has no body
 *  @throws AppError VAL_001: 415 for another media type, charset or encoding, 413 over 100 KB, 400 for
 *  malformed, wrongly encoded or absurdly nested JSON */
export async function readJsonBody(request: IncomingMessage): Promise<unknown> {
  const bytes = await readBytes(request);
  if (bytes.length === 0) return undefined;
  requireJson(request);
  const text = decodeUtf8(bytes, { keepsMark: false });
  requireShallow(text);
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message quotes the body, which may hold a password.
    throw new AppError('VAL_001', 'The body is not valid JSON');
  }
}

/** Reads a body to the byte, for what is signed.
 *  @throws AppError VAL_001: 413 over 100 KB, 400 where it is not UTF-8 */
export async function readTextBody(request: IncomingMessage): Promise<string> {
  // What is signed begins with its byte order mark, where it has one.
  return decodeUtf8(await readBytes(request), { keepsMark: true });
}

function requireJson(request: IncomingMessage): void {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  const match = jsonType.exec(request.headers['content-type'] ?? '');
  const charset = charsetParameter.exec(match?.[1] ?? '')?.[1] ?? 'utf-8';
  const isUtf8 = /^utf-?8$/i.test(charset);
  if (match && isUtf8 && encoding.toLowerCase() === 'identity') return;
  throw new AppError('VAL_001', 'The body must be application/json in UTF-8, not compressed', {
    httpStatus: 415,
  });
}

function readBytes(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const refuse = () => {
      request.off('data', keep);
      // What is still under way is thrown away: a socket that is cut while the client writes
      // would cost it the answer.
      request.resume();
      reject(new AppError('VAL_001', 'The body is larger than 100 KB', { httpStatus: 413 }));
    };
    const keep = (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_BODY_BYTES) refuse();
      else chunks.push(chunk);
    };
    if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) return refuse();
    request.on('data', keep);
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
    request.once('close', () => reject(new AppError('VAL_001', 'The body ended early')));
  });
}

function decodeUtf8(bytes: Buffer, { keepsMark }: { keepsMark: boolean }): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: keepsMark }).decode(bytes);
  } catch {
    throw new AppError('VAL_001', 'The body is not UTF-8');
  }
}

const QUOTE = 34;
const BACKSLASH = 92;
const opening = new Set([91, 123]);
const closing = new Set([93, 125]);

/** Counts brackets outside strings; cheaper than meeting the depth later, in code that recurses. */
function requireShallow(text: string): void {
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index += 1) {
    const char = text.charCodeAt(index);
    if (char === BACKSLASH && isInString) index += 1;
    else if (char === QUOTE) isInString = !isInString;
    else if (isInString) continue;
    else if (closing.has(char)) depth -= 1;
    else if (opening.has(char)) depth += 1;
    if (depth > MAX_DEPTH) throw new AppError('VAL_001', 'The body is nested too deeply');
  }
}
