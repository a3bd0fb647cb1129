import { parseCents } from '@commerce/kit/money';
import { z } from 'zod';
import { amount, currency, idOf, page, pagination, queryInteger, timestamp } from './common.ts';

const priceBound = z
  .string('must be given once')
  .refine((text) => (parseCents(text) ?? -1) >= 0, 'must be an amount such as 99.99')
  .meta({ override: { type: 'number', minimum: 0 } });

export const productQuery = z
  .object({
    page,
    limit: queryInteger({ max: 100, default: 20, description: 'Products a page.' }),
    category: z
      .string('must be given once')
      .min(1, 'must not be empty')
      .max(100, { error: 'must have at most 100 characters', abort: true })
      .refine((text) => !text.includes('\0'), 'holds characters that cannot be stored')
      .optional()
      .meta({
        description:
          'Name or slug of a category; what is below it is included. An unknown one is an empty list.',
      }),
    minPrice: priceBound.optional().meta({ description: 'Lowest price, included.' }),
    maxPrice: priceBound.optional().meta({ description: 'Highest price, included.' }),
    sortBy: z
      .enum(['price', 'name', 'createdAt'], 'must be price, name or createdAt')
      .optional()
      .meta({ description: 'What to sort by; createdAt where absent.' }),
    sortOrder: z
      .enum(['asc', 'desc'], 'must be asc or desc')
      .optional()
      .meta({ description: 'Direction of the sort; desc where absent.' }),
  })
  .refine(({ minPrice, maxPrice }) => isInOrder(minPrice, maxPrice), {
    path: ['minPrice'],
    message: 'must not be above maxPrice',
  });

function isInOrder(minPrice: string | undefined, maxPrice: string | undefined): boolean {
  const [min, max] = [parseCents(minPrice ?? '0'), parseCents(maxPrice ?? '')];
  return min === null || max === null || min <= max;
}

const summaryFields = {
  productId: idOf('prod_'),
  name: z.string(),
  description: z.string().nullable(),
  price: amount,
  currency,
  category: z.string().meta({ description: 'Name of the top category.' }),
  inventory: z.int().meta({ description: 'What can still be bought.' }),
  images: z.array(z.string()).meta({ description: 'URLs or data URIs, the main picture first.' }),
  rating: z.number().meta({ description: '0 to 5; 0 without ratings.' }),
  reviewCount: z.int(),
};

export const productPage = z
  .object({ products: z.array(z.object(summaryFields).meta({ id: 'ProductSummary' })), pagination })
  .meta({ id: 'ProductPage' });

export const productDetails = z
  .object({
    ...summaryFields,
    longDescription: z.string().nullable(),
    subcategory: z
      .string()
      .nullable()
      .meta({ description: 'Name of the category right below the top one; null where there is none.' }),
    brand: z.string().nullable(),
    sku: z.string().nullable(),
    specifications: z
      .record(z.string(), z.string())
      .meta({ description: 'Facts by name, in the order to show.' }),
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: 'Product' });

export const productParams = z.object({ productId: idOf('prod_') });
