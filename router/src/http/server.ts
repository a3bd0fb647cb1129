import { randomUUID } from 'node:crypto';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http';
import type { Duplex } from 'node:stream';
import { AppError } from '@commerce/kit/errors';
import type { Logger } from '@commerce/kit/logger';
import { errorEnvelopeOf } from '../rest/envelope.ts';
import { pathOfTarget } from './request-scope.ts';

/** How long a client may take to send a request; longer ones only hold a socket. */
const REQUEST_TIMEOUT_MS = 30_000;

/** A server that leaves no request to Node's own bare answers: what can be read goes to the application, what is no
 *  HTTP gets the envelope as well. */
export function createHttpServer(app: RequestListener, logger: Logger): Server {
  const answers = new WeakMap<Duplex, ServerResponse>();
  const listener: RequestListener = (request, response) => {
    answers.set(request.socket, response);
    app(request, response);
  };
  // Whether a host or an expectation is in order, `refuseHead` tells.
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS, requireHostHeader: false }, listener);
  server.on('checkExpectation', listener);
  server.on('clientError', (error: ParseFault, socket) => {
    const answer = answers.get(socket);
    const isAnswering = answer?.headersSent === true && !answer.writableFinished;
    if (!socket.writable || isAnswering || error.code === 'ECONNRESET') return socket.destroy();
    socket.end(faultAnswer(error, logger), () => socket.destroy());
  });
  return server;
}

/** @returns what is wrong with a request that Node could read, but would refuse by itself; null where nothing is */
export function refuseHead(request: IncomingMessage): AppError | null {
  if (request.headers.host === undefined && request.httpVersion === '1.1') {
    return new AppError('VAL_001', 'The Host header is missing');
  }
  const { expect } = request.headers;
  if (expect === undefined || expect.toLowerCase() === '100-continue') return null;
  return new AppError('VAL_001', 'There is no such expectation', { httpStatus: 417 });
}

type ParseFault = Error & { code?: string; rawPacket?: Buffer };

const faults: Readonly<Record<string, readonly [status: number, message: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'The headers are larger than 16 KB'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not arrive in time'],
};

function faultAnswer(fault: ParseFault, logger: Logger): string {
  const [httpStatus, message] = faults[fault.code ?? ''] ?? [400, 'The request is not proper HTTP'];
  const error = new AppError('VAL_001', message, { httpStatus });
  const requestId = randomUUID();
  const path = pathOfPacket(fault.rawPacket);
  logger.info({ requestId, status: httpStatus, reason: fault.code ?? 'unknown' }, 'Malformed request');
  const body = JSON.stringify(errorEnvelopeOf(error, { path, requestId }, new Date()));
  const head = [
    `HTTP/1.1 ${httpStatus} ${STATUS_CODES[httpStatus] ?? ''}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    `X-Request-Id: ${requestId}`,
    'Connection: close',
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}

const requestLine = /^[A-Z]+ ([\x21-\x7e]{1,2000}) HTTP\/1\.[01]\r?\n/;

/** As far as it can be told: the packet may be any part of the request. */
function pathOfPacket(packet: Buffer | undefined): string {
  const [, target = '/'] = requestLine.exec(packet?.subarray(0, 2_100).toString('latin1') ?? '') ?? [];
  return pathOfTarget(target);
}
