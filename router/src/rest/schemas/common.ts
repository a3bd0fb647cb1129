import { z } from 'zod';
import type { ZodOpenApiOverrideMetaContext } from 'zod-openapi';

/** Types that requests and answers share. The descriptions become the OpenAPI document's. */

export const timestamp = z.string().meta({
  description: 'ISO 8601 in UTC without milliseconds.',
  format: 'date-time',
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$',
});

/** Not `multipleOf: 0.01`: validators that divide in floating point refuse 99.99. */
export const amount = z.number().meta({ description: 'Amount of money, at most two decimals.' });

export const currency = z.string().meta({ description: 'ISO 4217 code.', example: 'USD' });

export function idOf(prefix: string) {
  return z.string().meta({ description: `Opaque id, prefix ${prefix}.` });
}

/** A whole number in a query string: digits and nothing else, given once. */
export function queryInteger(options: { max: number; default: number; description: string }) {
  const { max, description } = options;
  const message = `must be a whole number from 1 to ${max}`;
  return z
    .string(message)
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .pipe(z.number().min(1, message).max(max, message))
    .default(options.default)
    .meta({
      description,
      override: ({ jsonSchema }: ZodOpenApiOverrideMetaContext) => {
        for (const key of Object.keys(jsonSchema)) Reflect.deleteProperty(jsonSchema, key);
        Object.assign(jsonSchema, {
          type: 'integer',
          minimum: 1,
          maximum: max,
          default: options.default,
          description,
        });
      },
    });
}

export const page = queryInteger({ max: 1_000_000, default: 1, description: 'Page number.' });

export const pagination = z
  .object({
    currentPage: z.int(),
    totalPages: z.int(),
    totalItems: z.int(),
    itemsPerPage: z.int(),
    hasNextPage: z.boolean(),
    hasPreviousPage: z.boolean(),
  })
  .meta({ id: 'Pagination', description: 'Where a page of a list stands.' });

export type Pagination = z.output<typeof pagination>;

/** A page past the end is an empty page, not a fault. */
export function paginate(request: { page: number; limit: number }, totalItems: number): Pagination {
  const totalPages = Math.ceil(totalItems / request.limit);
  return {
    currentPage: request.page,
    totalPages,
    totalItems,
    itemsPerPage: request.limit,
    hasNextPage: request.page < totalPages,
    hasPreviousPage: request.page > 1,
  };
}

export const summary = z
  .object({ subtotal: amount, tax: amount, shipping: amount, total: amount })
  .meta({ id: 'Summary', description: 'Sums. Tax is on the subtotal; shipping is a flat fee.' });

/** As GraphQL gives it: an exact decimal in text. */
export const gatewayAmount = z.object({ amount: z.string().transform(Number).pipe(z.number()) });

export const gatewaySummary = z
  .object({ subtotal: gatewayAmount, tax: gatewayAmount, shipping: gatewayAmount, total: gatewayAmount })
  .transform(({ subtotal, tax, shipping, total }) => ({
    subtotal: subtotal.amount,
    tax: tax.amount,
    shipping: shipping.amount,
    total: total.amount,
  }));
