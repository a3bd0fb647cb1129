import type { ServiceClient } from '@commerce/kit/service-client';
import type { Caller } from '@commerce/kit/viewer';
import { z } from 'zod';
import { type Answer, answerSchema, type OtherSubgraph } from '../data/erasure-record.ts';

export type CallOrigin = Pick<Caller, 'clientAddress' | 'requestId'>;

/** Tells a subgraph that a customer is erased. Safe to repeat.
 *  @returns what it did by now
 *  @throws AppError SYS_002 where it gives no answer in time */
export type Eraser = (userId: string, origin: CallOrigin) => Promise<Answer>;
export type Erasers = Readonly<Record<OtherSubgraph, Eraser>>;

const schema = z.object({ erasure: answerSchema });

export function createErasers(clients: Record<OtherSubgraph, Pick<ServiceClient, 'execute'>>): Erasers {
  return {
    cart: createEraser(clients.cart, 'eraseCustomerInCart'),
    orders: createEraser(clients.orders, 'eraseCustomerInOrders'),
    catalog: createEraser(clients.catalog, 'eraseCustomerInCatalog'),
  };
}

function createEraser(client: Pick<ServiceClient, 'execute'>, field: string): Eraser {
  const entries = '{ what count reason }';
  const document = `mutation ($input: EraseCustomerInput!) {
    erasure: ${field}(input: $input) { found ${entries} erased ${entries} kept ${entries} isComplete }
  }`;
  return async (userId, caller) => {
    const { erasure } = await client.execute({ document, variables: { input: { userId } }, schema, caller });
    return erasure;
  };
}
