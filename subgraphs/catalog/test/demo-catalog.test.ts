import { describe, expect, it } from 'vitest';
import { demoCategories } from '../src/demo/categories.ts';
import type { DemoProduct } from '../src/demo/demo-product.ts';
import { illustrations } from '../src/demo/illustrations.ts';
import { productImages } from '../src/demo/images.ts';
import { demoProducts } from '../src/demo/products.ts';

const parentIds = new Set(demoCategories.map(({ parentId }) => parentId));
const leafSlugs = demoCategories
  .filter(({ categoryId, parentId }) => parentId !== null && !parentIds.has(categoryId))
  .map(({ slug }) => slug);

function repeated(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}

/** The products that break a rule, so that a failure names them. */
function offenders(breaks: (product: DemoProduct) => boolean): string[] {
  return demoProducts.filter(breaks).map(({ productId }) => productId);
}

describe('demonstration categories', () => {
  it('form a tree of two levels with three to six children each, parents first', () => {
    const tops = demoCategories.filter(({ parentId }) => parentId === null);
    expect(tops.length).toBeGreaterThanOrEqual(8);
    for (const top of tops) {
      const children = demoCategories.filter(({ parentId }) => parentId === top.categoryId);
      expect(children.length, top.slug).toBeGreaterThanOrEqual(3);
      expect(children.length, top.slug).toBeLessThanOrEqual(6);
      expect(children.map(({ position }) => position)).toEqual(children.map((_, index) => index));
      expect(demoCategories.indexOf(top)).toBeLessThan(demoCategories.indexOf(children[0] ?? top));
    }
  });

  it('have unique ids, slugs and names', () => {
    for (const key of ['categoryId', 'slug', 'name'] as const) {
      expect(repeated(demoCategories.map((category) => category[key].toLowerCase()))).toEqual([]);
    }
  });

  it("contain the document's Electronics and Audio", () => {
    const audio = demoCategories.find(({ slug }) => slug === 'audio');
    expect(audio).toMatchObject({ name: 'Audio', parentId: 'cat_electronics' });
    expect(demoCategories[0]).toMatchObject({ categoryId: 'cat_electronics', slug: 'electronics' });
  });
});

describe('demonstration products', () => {
  it("begin with the document's own", () => {
    expect(demoProducts[0]).toMatchObject({
      productId: 'prod_001',
      sku: 'WH-001',
      name: 'Wireless Headphones',
      brand: 'TechBrand',
      description: 'High-quality wireless headphones with noise cancellation',
      priceCents: 9999,
      currency: 'USD',
      categorySlug: 'audio',
      stock: 50,
      specifications: { color: 'Black', weight: '250g', batteryLife: '30 hours' },
      rating: 4.5,
      reviewCount: 128,
      createdAt: '2024-01-10T08:00:00Z',
    });
  });

  it('have consecutive ids', () => {
    const expected = demoProducts.map((_, index) => `prod_${String(index + 1).padStart(3, '0')}`);
    expect(demoProducts.map(({ productId }) => productId)).toEqual(expected);
  });

  it.each(['sku', 'name', 'description', 'longDescription', 'createdAt'] as const)('repeat no %s', (key) => {
    expect(repeated(demoProducts.map((product) => product[key]))).toEqual([]);
  });

  it('are at least 200 active ones', () => {
    expect(demoProducts.filter(({ isActive }) => isActive !== false).length).toBeGreaterThanOrEqual(200);
    expect(demoProducts.filter(({ isActive }) => isActive === false)).toHaveLength(2);
  });

  it('have a leaf as their category, and every leaf has products', () => {
    expect(offenders(({ categorySlug }) => !leafSlugs.includes(categorySlug))).toEqual([]);
    const used = new Set(demoProducts.map(({ categorySlug }) => categorySlug));
    expect(leafSlugs.filter((slug) => !used.has(slug))).toEqual([]);
  });

  it('cost whole positive cents', () => {
    expect(offenders(({ priceCents }) => !Number.isInteger(priceCents) || priceCents <= 0)).toEqual([]);
  });

  it('have stock from none to plenty', () => {
    expect(offenders(({ stock }) => !Number.isInteger(stock) || stock < 0)).toEqual([]);
    expect(demoProducts.filter(({ stock }) => stock === 0).length).toBeGreaterThanOrEqual(5);
    expect(demoProducts.filter(({ stock }) => stock >= 1 && stock <= 3).length).toBeGreaterThanOrEqual(5);
  });

  it('have ratings from 0 to 5 with two decimals, and none without reviews', () => {
    expect(
      offenders(({ rating }) => rating < 0 || rating > 5 || Number(rating.toFixed(2)) !== rating),
    ).toEqual([]);
    expect(offenders(({ rating, reviewCount }) => (reviewCount === 0) !== (rating === 0))).toEqual([]);
  });

  it('were created in 2024 to 2026, none later than the data were written', () => {
    const isTimestamp = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;
    expect(
      offenders(
        ({ createdAt }) =>
          !isTimestamp.test(createdAt) ||
          Number.isNaN(Date.parse(createdAt)) ||
          createdAt < '2024-01-01' ||
          createdAt > '2026-11-15',
      ),
    ).toEqual([]);
  });

  it('share about forty brands, so that facets mean something', () => {
    const counts = new Map<string, number>();
    for (const { brand } of demoProducts) counts.set(brand, (counts.get(brand) ?? 0) + 1);
    expect(counts.size).toBeGreaterThanOrEqual(35);
    expect(counts.size).toBeLessThanOrEqual(45);
    expect([...counts].filter(([, count]) => count < 3)).toEqual([]);
  });

  it('have texts that fit their columns and are finished', () => {
    const unfinished =
      /lorem|ipsum|placeholder|\btodo\b|\btbd\b|\bxxx|foobar|test product|\bsample\b|undefined| {2}/i;
    const texts = (product: DemoProduct) => [
      product.name,
      product.description,
      product.longDescription,
      ...Object.values(product.specifications),
    ];
    expect(offenders((product) => texts(product).some((text) => unfinished.test(text)))).toEqual([]);
    expect(
      offenders((product) => texts(product).some((text) => text.trim() !== text || text === '')),
    ).toEqual([]);
    expect(offenders(({ longDescription }) => sentenceCount(longDescription) < 2)).toEqual([]);
    expect(
      offenders(({ name, sku, brand }) => name.length > 255 || sku.length > 100 || brand.length > 100),
    ).toEqual([]);
  });
});

function sentenceCount(text: string): number {
  return text.match(/[.?!](?=\s|$)/g)?.length ?? 0;
}

describe('productImages', () => {
  const images = demoProducts.flatMap((product) =>
    productImages(product).map((uri) => ({ productId: product.productId, uri })),
  );

  it('draws two different pictures a product, the same ones each time', () => {
    for (const product of demoProducts) {
      const [first, second] = productImages(product);
      expect(first).not.toBe(second);
      expect(productImages(product)).toEqual([first, second]);
    }
  });

  it('gives data URIs that no attribute, srcset or url() can break, of at most 1,000 bytes', () => {
    const safe = /^data:image\/svg\+xml,(?:[A-Za-z0-9\-_.~:/,;=]|%[0-9A-F]{2})+$/;
    expect(images.filter(({ uri }) => !safe.test(uri) || uri.length > 1000)).toEqual([]);
  });

  it('gives well-formed SVG that loads nothing from elsewhere', () => {
    for (const { productId, uri } of images) {
      const svg = decodeURIComponent(uri.slice(uri.indexOf(',') + 1));
      expect(svg, productId).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="[\d,]+"/);
      expect(wellFormedFault(svg), productId).toBeNull();
      expect(svg.replace('http://www.w3.org/2000/svg', ''), productId).not.toMatch(
        /https?:|href|undefined|NaN/,
      );
    }
  });

  it('paints a product in the colour of its specifications', () => {
    const [black] = productImages(demoProducts[0] as DemoProduct);
    const [white] = productImages({
      ...(demoProducts[0] as DemoProduct),
      specifications: { color: 'White' },
    });
    expect(black).not.toBe(white);
    expect(white).toContain('fill=%22%23fff%22');
  });

  it('leaves no drawing unused', () => {
    const used = new Set<string>(demoProducts.map(({ illustration }) => illustration));
    expect(Object.keys(illustrations).filter((name) => !used.has(name))).toEqual([]);
  });
});

/** What makes a document of plain elements, attributes and text ill-formed; null when nothing does. */
function wellFormedFault(xml: string): string | null {
  const open: string[] = [];
  const rest = xml.replace(
    /<(\/?)([A-Za-z]+)((?: [a-z-]+="[^"<&]*"| xmlns="[^"]*"| viewBox="[^"]*")*)(\/?)>/g,
    (_tag, closing: string, name: string, attributes: string, selfClosing: string) => {
      const names = [...attributes.matchAll(/ ([\w-]+)=/g)].map(([, attribute]) => attribute ?? '');
      if (repeated(names).length > 0) return '<twice>';
      if (closing) return open.pop() === name ? '' : '<unbalanced>';
      if (!selfClosing) open.push(name);
      return '';
    },
  );
  if (open.length > 0) return `left open: ${open.join(', ')}`;
  return /[<>]|&(?!amp;|lt;)/.test(rest) ? rest : null;
}
