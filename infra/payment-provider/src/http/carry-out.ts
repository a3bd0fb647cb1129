import type { IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { assertNever } from '@commerce/kit/errors';
import type { Fault } from '../domain/fault-queue.ts';
import { HttpError } from './http-error.ts';
import type { Call } from './operations.ts';

/** Carries an operation out, as wrongly as was asked for.
 *  @returns what to answer; undefined where the connection was cut instead */
export async function carryOut(call: Call, fault: Fault | null, request: IncomingMessage): Promise<unknown> {
  if (!fault) return await call.act({});
  const { kind, delayMs } = fault;
  switch (kind) {
    case 'delay': {
      const answer = await call.act({});
      await delay(delayMs);
      return answer;
    }
    case 'lose-request':
      return cut(request);
    case 'lose-answer':
      await call.act({});
      return cut(request);
    case 'late':
      cut(request);
      await delay(delayMs);
      await call.act({});
      return undefined;
    case 'twice': {
      const [answer] = await Promise.all([call.act({}), call.act({})]);
      return answer;
    }
    case 'decline':
      return await call.act({ refusal: 'The card was declined' });
    case 'refuse':
      return await call.act({ refusal: 'Refused on request' });
    case 'error':
      throw new HttpError(500, 'Failed on request');
    default:
      return assertNever(kind);
  }
}

function cut(request: IncomingMessage): undefined {
  request.socket.destroy();
}
