import { line } from '@commerce/kit/text';
import { z } from 'zod';
import { idField, optionalLine, optionalText, price, wholeNumber } from './fields.ts';

/** More pieces than any one product has; a typing error otherwise. */
export const MAX_ON_HAND = 1_000_000;
const MAX_IMAGE_URL_LENGTH = 2_048;
const MAX_DATA_URI_LENGTH = 4_096;

const image = z.string().refine(isImage, 'must be an https URL or a small image data URI');

function isImage(text: string): boolean {
  if (text.length > MAX_DATA_URI_LENGTH) return false;
  if (/^data:image\/[a-z0-9.+-]+[;,][\x20-\x7e]*$/i.test(text)) return true;
  return text.length <= MAX_IMAGE_URL_LENGTH && /^https:\/\/[\x21-\x7e]+$/.test(text) && URL.canParse(text);
}

const specifications = z
  .array(z.object({ name: line(1, 100), value: line(1, 500) }))
  .max(50, 'must have at most 50 facts')
  .refine(
    (facts) => new Set(facts.map((fact) => fact.name)).size === facts.length,
    'must have no name twice',
  );

const name = line(1, 255);
const description = optionalText(2_000);
const longDescription = optionalText(20_000);
const brand = optionalLine(100);
const sku = optionalLine(100);
const images = z.array(image).max(20, 'must have at most 20 images');

export const createProductSchema = z.object({
  name,
  description: description.default(null),
  longDescription: longDescription.default(null),
  price,
  currencyCode: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code')
    .nullish()
    .transform((code) => code ?? 'USD'),
  categoryId: idField,
  brand: brand.default(null),
  sku: sku.default(null),
  inventory: wholeNumber(0, MAX_ON_HAND)
    .nullish()
    .transform((pieces) => pieces ?? 0),
  images: images.nullish().transform((list) => list ?? []),
  specifications: specifications.nullish().transform((list) => list ?? []),
});

export const updateProductSchema = z.object({
  productId: idField,
  name: name.optional(),
  description: description.optional(),
  longDescription: longDescription.optional(),
  price: price.optional(),
  categoryId: idField.optional(),
  brand: brand.optional(),
  sku: sku.optional(),
  images: images.optional(),
  specifications: specifications.optional(),
  isActive: z.boolean().optional(),
});

export const updateInventorySchema = z
  .object({
    productId: idField,
    onHand: wholeNumber(0, MAX_ON_HAND).nullish(),
    delta: wholeNumber(-MAX_ON_HAND, MAX_ON_HAND).nullish(),
    note: optionalLine(500).default(null),
  })
  .refine(({ onHand, delta }) => (onHand == null) !== (delta == null), {
    path: ['onHand'],
    message: 'exactly one of onHand and delta must be given',
  });
