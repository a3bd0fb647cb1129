import { type Cents, cents, centsFromNumeric } from '@commerce/kit/money';
import type { InferSelectModel } from 'drizzle-orm';
import { z } from 'zod';
import { products } from './tables.ts';

/** A product without its stock, which changes too often to be kept anywhere. */
export type ProductRecord = {
  productId: string;
  name: string;
  description: string | null;
  longDescription: string | null;
  priceCents: Cents;
  currencyCode: string;
  categoryId: string;
  brand: string | null;
  sku: string | null;
  images: readonly string[];
  /** In the order in which they are to be shown. */
  specifications: readonly { name: string; value: string }[];
  rating: number;
  reviewCount: number;
  isActive: boolean;
  createdAt: Date;
  updatedAt: Date;
};

/** The columns that a ProductRecord is made of. */
export const productColumns = {
  productId: products.productId,
  name: products.name,
  description: products.description,
  longDescription: products.longDescription,
  price: products.price,
  currency: products.currency,
  categoryId: products.categoryId,
  brand: products.brand,
  sku: products.sku,
  images: products.images,
  specifications: products.specifications,
  rating: products.rating,
  reviewCount: products.reviewCount,
  isActive: products.isActive,
  createdAt: products.createdAt,
  updatedAt: products.updatedAt,
};

/** A row of the product columns, as drizzle gives it. */
export type ProductRow = Pick<InferSelectModel<typeof products>, keyof typeof productColumns>;

export function toProductRecord(row: ProductRow): ProductRecord {
  const { price, currency, rating, ...same } = row;
  return { ...same, priceCents: centsFromNumeric(price), currencyCode: currency, rating: Number(rating) };
}

const time = z.iso.datetime().transform((text) => new Date(text));

/** A ProductRecord as a cache gives it back. */
export const cachedProductSchema: z.ZodType<ProductRecord> = z.object({
  productId: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  longDescription: z.string().nullable(),
  priceCents: z.int().nonnegative().transform(cents),
  currencyCode: z.string(),
  categoryId: z.string(),
  brand: z.string().nullable(),
  sku: z.string().nullable(),
  images: z.array(z.string()),
  specifications: z.array(z.object({ name: z.string(), value: z.string() })),
  rating: z.number(),
  reviewCount: z.int(),
  isActive: z.boolean(),
  createdAt: time,
  updatedAt: time,
});
