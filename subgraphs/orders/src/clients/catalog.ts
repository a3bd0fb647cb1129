import type { ServiceClient } from '@commerce/kit/service-client';
import { z } from 'zod';
import type { CallOrigin } from './call-origin.ts';
import { callService } from './call-service.ts';

export type StockLine = { productId: string; quantity: number };

/** The stock of orders. Every command may be repeated for the same order without harm. */
export type CatalogClient = {
  /** Holds all lines or none.
   *  @throws AppError BUS_001 with { productId, requested, available } where a line is short, BUS_002 or
   *  RES_001 where a product cannot be bought: nothing is held; SYS_002 where it is not known */
  reserveStock(orderId: string, lines: readonly StockLine[], origin: CallOrigin): Promise<void>;
  /** Takes what is held out of the stock.
   *  @throws AppError BUS_001 where the hold expired and not enough is left */
  commitStock(orderId: string, origin: CallOrigin): Promise<void>;
  /** Gives up what is held or returns what was taken; a reservation that comes after it is refused. */
  releaseStock(orderId: string, origin: CallOrigin): Promise<void>;
  /** Puts pieces of a committed order back into the stock.
   *  @param restock.restockId names it: repeating it changes nothing
   *  @throws AppError BUS_002 for more pieces than the order took and has not given back */
  restockOrder(
    restock: { orderId: string; restockId: string; lines: readonly StockLine[] },
    origin: CallOrigin,
  ): Promise<void>;
};

const reservation = z.object({ status: z.enum(['HELD', 'COMMITTED', 'RELEASED']) });

const reserveDocument = /* GraphQL */ `
  mutation ReserveStock($input: ReserveStockInput!) { reserveStock(input: $input) { status } }`;
const commitDocument = /* GraphQL */ `
  mutation CommitStock($input: StockOrderInput!) { commitStock(input: $input) { status } }`;
const releaseDocument = /* GraphQL */ `
  mutation ReleaseStock($input: StockOrderInput!) { releaseStock(input: $input) { status } }`;

const restockDocument = /* GraphQL */ `
  mutation RestockOrder($input: RestockOrderInput!) { restockOrder(input: $input) { orderId } }`;

export function createCatalogClient(service: ServiceClient): CatalogClient {
  const execute = callService(service);
  return {
    async reserveStock(orderId, lines, origin) {
      await execute({
        document: reserveDocument,
        variables: { input: { orderId, lines } },
        schema: z.object({ reserveStock: reservation }),
        caller: origin,
      });
    },
    async commitStock(orderId, origin) {
      await execute({
        document: commitDocument,
        variables: { input: { orderId } },
        schema: z.object({ commitStock: reservation }),
        caller: origin,
      });
    },
    async releaseStock(orderId, origin) {
      await execute({
        document: releaseDocument,
        variables: { input: { orderId } },
        schema: z.object({ releaseStock: reservation }),
        caller: origin,
      });
    },
    async restockOrder(restock, origin) {
      await execute({
        document: restockDocument,
        variables: { input: restock },
        schema: z.object({ restockOrder: z.object({ orderId: z.string() }) }),
        caller: origin,
      });
    },
  };
}
