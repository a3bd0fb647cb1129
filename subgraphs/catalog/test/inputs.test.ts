import { parseInput } from '@commerce/kit/errors';
import { describe, expect, it } from 'vitest';
import { createCategorySchema, slugOf, updateCategorySchema } from '../src/domain/category-input.ts';
import {
  createProductSchema,
  updateInventorySchema,
  updateProductSchema,
} from '../src/domain/product-input.ts';

const product = { name: 'Lamp', price: '19.90', categoryId: 'cat_1' };

function faultsOf(schema: Parameters<typeof parseInput>[0], input: unknown): unknown {
  try {
    parseInput(schema, input);
    return null;
  } catch (error) {
    const { code, details } = error as { code: string; details: { field: string }[] };
    return [code, ...details.map((fault) => fault.field)];
  }
}

describe('a new product', () => {
  it('has defaults for what is left out', () => {
    expect(parseInput(createProductSchema, product)).toEqual({
      name: 'Lamp',
      description: null,
      longDescription: null,
      price: 1990,
      currencyCode: 'USD',
      categoryId: 'cat_1',
      brand: null,
      sku: null,
      inventory: 0,
      images: [],
      specifications: [],
    });
  });

  it('is trimmed, and empty text is none', () => {
    const parsed = parseInput(createProductSchema, { ...product, name: ' Lamp ', brand: ' ', sku: '' });
    expect(parsed).toMatchObject({ name: 'Lamp', brand: null, sku: null });
  });

  it('drops what no administrator may set', () => {
    const parsed = parseInput(createProductSchema, {
      ...product,
      rating: 5,
      reserved: 3,
      productId: 'prod_x',
    });
    expect(Object.keys(parsed)).not.toEqual(expect.arrayContaining(['rating']));
    expect(parsed).not.toHaveProperty('reserved');
    expect(parsed).not.toHaveProperty('productId');
  });

  it.each([
    ['VAL_002 without name and price', { categoryId: 'cat_1' }, ['VAL_002', 'name', 'price']],
    ['an empty name', { ...product, name: '  ' }, ['VAL_001', 'name']],
    ['a name that is too long', { ...product, name: 'x'.repeat(256) }, ['VAL_001', 'name']],
    ['a name with NUL', { ...product, name: 'a\0b' }, ['VAL_001', 'name']],
    ['a negative price', { ...product, price: '-0.01' }, ['VAL_001', 'price']],
    ['a price past Int cents', { ...product, price: '21474836.48' }, ['VAL_001', 'price']],
    ['fractions of cents', { ...product, price: '1.999' }, ['VAL_001', 'price']],
    ['a currency in words', { ...product, currencyCode: 'dollar' }, ['VAL_001', 'currencyCode']],
    ['too many pieces', { ...product, inventory: 1_000_001 }, ['VAL_001', 'inventory']],
    ['a strange category id', { ...product, categoryId: "x' or 1=1" }, ['VAL_001', 'categoryId']],
    [
      'a fact twice',
      {
        ...product,
        specifications: [
          { name: 'a', value: '1' },
          { name: 'a', value: '2' },
        ],
      },
      ['VAL_001', 'specifications'],
    ],
  ])('is refused with %s', (_, input, faults) => {
    expect(faultsOf(createProductSchema, input)).toEqual(faults);
  });

  it.each([
    ['https://cdn.example.com/a.jpg', true],
    ['data:image/svg+xml,%3Csvg%3E', true],
    ['data:image/png;base64,AAAA', true],
    [`data:image/png;base64,${'A'.repeat(4_074)}`, true],
    [`data:image/png;base64,${'A'.repeat(4_075)}`, false],
    [`https://x.example/${'a'.repeat(2_031)}`, false],
    ['http://cdn.example.com/a.jpg', false],
    ['javascript:alert(1)', false],
    ['data:text/html,<script>', false],
    ['https://', false],
    ['https://exa mple.com/a', false],
    [' https://cdn.example.com/a.jpg', false],
  ])('takes the image %s: %s', (url, isTaken) => {
    const faults = faultsOf(createProductSchema, { ...product, images: [url] });
    expect(faults).toEqual(isTaken ? null : ['VAL_001', 'images.0']);
  });
});

describe('text', () => {
  const textsOf: [string, (text: string) => [Parameters<typeof parseInput>[0], unknown]][] = [
    ['name', (name) => [createProductSchema, { ...product, name }]],
    ['brand', (brand) => [createProductSchema, { ...product, brand }]],
    ['sku', (sku) => [createProductSchema, { ...product, sku }]],
    [
      'specifications.0.name',
      (name) => [createProductSchema, { ...product, specifications: [{ name, value: 'a' }] }],
    ],
    [
      'specifications.0.value',
      (value) => [createProductSchema, { ...product, specifications: [{ name: 'a', value }] }],
    ],
    ['name', (name) => [updateProductSchema, { productId: 'p', name }]],
    ['note', (note) => [updateInventorySchema, { productId: 'p', delta: 1, note }]],
    ['name', (name) => [createCategorySchema, { name }]],
    ['name', (name) => [updateCategorySchema, { categoryId: 'c', name }]],
  ];
  const longTextsOf: typeof textsOf = [
    ['description', (description) => [createProductSchema, { ...product, description }]],
    ['longDescription', (longDescription) => [updateProductSchema, { productId: 'p', longDescription }]],
    ['description', (description) => [createCategorySchema, { name: 'A', description }]],
  ];
  const unstorable = ['a\0b', 'a\ud800b', '\udc00'];

  it.each(textsOf)('of one line (%s) has no control characters and can be seen', (field, inputOf) => {
    for (const text of [...unstorable, 'x\u0001y', 'a\nb', '\u200b', '\u2060\u200d']) {
      expect(faultsOf(...inputOf(text)), JSON.stringify(text)).toEqual(['VAL_001', field]);
    }
    for (const text of ['Sauté 🍳', '👩\u200d🍳', '日本']) expect(faultsOf(...inputOf(text))).toBeNull();
  });

  it.each(longTextsOf)('of several lines (%s) can be stored', (field, inputOf) => {
    for (const text of unstorable) expect(faultsOf(...inputOf(text))).toEqual(['VAL_001', field]);
    expect(faultsOf(...inputOf('One.\n\nTwo.\t🍳'))).toBeNull();
  });

  it('of a currency is three capitals', () => {
    for (const currencyCode of ['US\n', 'USD\n', 'US\ud800', 'usd']) {
      expect(faultsOf(createProductSchema, { ...product, currencyCode })).toEqual([
        'VAL_001',
        'currencyCode',
      ]);
    }
  });
});

describe('changes', () => {
  it('of a product may remove texts, but not its name or price', () => {
    const parsed = parseInput(updateProductSchema, { productId: 'p', description: null, sku: null });
    expect(parsed).toEqual({ productId: 'p', description: null, sku: null });
    expect(faultsOf(updateProductSchema, { productId: 'p', name: null })).toEqual(['VAL_002', 'name']);
    expect(faultsOf(updateProductSchema, { productId: 'p', price: null })).toEqual(['VAL_002', 'price']);
  });

  it.each([
    ['neither', {}],
    ['both', { onHand: 1, delta: 1 }],
    ['nulls', { onHand: null, delta: null }],
  ])('of a stock need one of onHand and delta, not %s', (_, fields) => {
    expect(faultsOf(updateInventorySchema, { productId: 'p', ...fields })).toEqual(['VAL_001', 'onHand']);
  });

  it('of a category tell null (to the top) from absent (stays)', () => {
    expect(parseInput(updateCategorySchema, { categoryId: 'c', parentId: null })).toHaveProperty(
      'parentId',
      null,
    );
    expect(parseInput(updateCategorySchema, { categoryId: 'c' })).not.toHaveProperty('parentId');
  });
});

describe('slugs', () => {
  it.each([
    ['Home & Kitchen', 'home-kitchen'],
    ['  Café Crème ', 'cafe-creme'],
    ['--A--', 'a'],
    ['日本', ''],
    [`${'x'.repeat(99)} y`, 'x'.repeat(99)],
  ])('of %s is %s', (name, slug) => {
    expect(slugOf(name)).toBe(slug);
  });

  it.each(['Audio', 'a--b', '-a', 'a b', 'ä'])('are refused in the form %s', (slug) => {
    expect(faultsOf(createCategorySchema, { name: 'A', slug })).toEqual(['VAL_001', 'slug']);
  });
});

it('a slug that is too long is not judged further', () => {
  const { error } = createCategorySchema.safeParse({ name: 'a', slug: '!'.repeat(100_000) });
  expect(error?.issues.map(({ message }) => message)).toEqual(['must have at most 100 characters']);
});
