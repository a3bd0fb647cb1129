import { parseInput } from '@commerce/kit/errors';
import { anyText } from '@commerce/kit/text';
import { isAdmin, type Viewer } from '@commerce/kit/viewer';
import { z } from 'zod';
import type { ProductCriteria } from '../data/product-criteria.ts';
import { decimal } from './fields.ts';

/** As long as the names of categories and brands can be; what is longer matches none. */
const name = anyText.max(100, 'must have at most 100 characters');

const filterSchema = z
  .object({
    category: name.trim().nullish(),
    brands: z.array(name).max(100, 'must have at most 100 entries').nullish(),
    minPrice: decimal.nullish(),
    maxPrice: decimal.nullish(),
    text: anyText.trim().max(200, 'must have at most 200 characters').nullish(),
    inStock: z.boolean().nullish(),
    includeInactive: z.boolean().nullish(),
  })
  .refine(({ minPrice: min, maxPrice: max }) => min == null || max == null || min <= max, {
    path: ['minPrice'],
    message: 'must not be above maxPrice',
  });

/** What a list is to be restricted to. Filters that mean the same come out alike, since caches go by them.
 *  @throws AppError VAL_001 */
export function parseFilter(filter: unknown, viewer: Viewer): ProductCriteria {
  const { category, brands, minPrice, maxPrice, text, inStock, includeInactive } = parseInput(
    filterSchema,
    filter ?? {},
  );
  return {
    category: category ?? null,
    brands: [...new Set(brands)].sort(),
    minPriceCents: minPrice ?? null,
    maxPriceCents: maxPrice ?? null,
    text: text || null,
    inStock: inStock ?? null,
    includeInactive: isAdmin(viewer) && includeInactive === true,
  };
}
