import { line } from '@commerce/kit/text';
import { z } from 'zod';
import { idField, optionalText, wholeNumber } from './fields.ts';

const MAX_SLUG_LENGTH = 100;
const MAX_POSITION = 10_000;

const name = line(1, 100);
const slug = z
  .string()
  .max(MAX_SLUG_LENGTH, { error: `must have at most ${MAX_SLUG_LENGTH} characters`, abort: true })
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must consist of a-z, 0-9 and single hyphens');
const description = optionalText(500);
const position = wholeNumber(0, MAX_POSITION);

export const createCategorySchema = z.object({
  name,
  slug: slug.nullish().transform((text) => text ?? null),
  description: description.default(null),
  parentId: idField.nullable().default(null),
  position: position.nullable().default(null),
});

export const updateCategorySchema = z.object({
  categoryId: idField,
  name: name.optional(),
  slug: slug.optional(),
  description: description.optional(),
  parentId: idField.nullable().optional(),
  position: position.optional(),
});

/** A slug for a name, such as `home-kitchen` for "Home & Kitchen"; empty where the name has no letter that
 *  a slug may hold. */
export function slugOf(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_SLUG_LENGTH)
    .replace(/^-+|-+$/g, '');
}
