import { AppError } from '@commerce/kit/errors';
import { cents } from '@commerce/kit/money';
import type { ServiceClient } from '@commerce/kit/service-client';
import type { Caller } from '@commerce/kit/viewer';
import { z } from 'zod';

const offerSchema = z.object({
  productId: z.string(),
  name: z.string(),
  priceCents: z.number().int().nonnegative().transform(cents),
  currencyCode: z.string(),
  /** What can still be bought. */
  inventory: z.number().int(),
  /** False once taken off sale. */
  isActive: z.boolean(),
});

/** Price and stock of a product as of now. */
export type Offer = z.output<typeof offerSchema>;

/** What the catalog takes in one call. */
export const MAX_OFFERS_A_CALL = 100;

/** What carts need from the catalog. */
export type CatalogClient = {
  /** @param productIds 1 to MAX_OFFERS_A_CALL
   *  @returns result[i] belongs to productIds[i], null where there is no such product
   *  @throws AppError SYS_002 where the catalog gives no proper answer */
  findOffers(
    productIds: readonly string[],
    caller: Pick<Caller, 'clientAddress' | 'requestId'>,
  ): Promise<(Offer | null)[]>;
};

const answerSchema = z.object({ productOffers: z.array(offerSchema.nullable()) });

const document = `query CartOffers($productIds: [ID!]!) {
  productOffers(productIds: $productIds) { productId name priceCents currencyCode inventory isActive }
}`;

export function createCatalogClient(service: ServiceClient): CatalogClient {
  return {
    async findOffers(productIds, caller) {
      try {
        const { productOffers } = await service.execute({
          document,
          variables: { productIds },
          schema: answerSchema,
          caller,
        });
        if (productOffers.length !== productIds.length) throw new Error('An offer is missing');
        return productOffers;
      } catch (cause) {
        // The catalog has no business error for this question: any other answer is a faulty one.
        throw new AppError('SYS_002', 'The catalog is unavailable', { cause, retryAfterSeconds: 2 });
      }
    },
  };
}
