import { asc, count, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { categories, products, stockMovements } from '../src/data/tables.ts';
import { demoProducts } from '../src/demo/products.ts';
import { seedCatalog } from '../src/seed.ts';
import { type CatalogFixture, openCatalog } from './catalog-fixture.ts';
import { findStockFaults } from './stock-fixture.ts';

const now = new Date('2024-01-20T00:00:00Z');

let catalog: CatalogFixture;
beforeAll(async () => {
  catalog = await openCatalog();
});
afterAll(async () => await catalog.close());
beforeEach(async () => {
  await catalog.reset();
  await seedCatalog({ db: catalog.db, now });
});

describe('the demonstration data', () => {
  it("contains the document's product", async () => {
    const { data } = await catalog.run(`{ product(productId: "prod_001") {
      productId name description price { amount currencyCode } category { name path { name } } brand sku inventory
      specifications { name value } rating reviewCount createdAt isActive images } }`);
    expect(data.product).toMatchObject({
      name: 'Wireless Headphones',
      description: 'High-quality wireless headphones with noise cancellation',
      price: { amount: '99.99', currencyCode: 'USD' },
      category: { name: 'Audio', path: [{ name: 'Electronics' }, { name: 'Audio' }] },
      brand: 'TechBrand',
      sku: 'WH-001',
      inventory: 50,
      specifications: [
        { name: 'color', value: 'Black' },
        { name: 'weight', value: '250g' },
        { name: 'batteryLife', value: '30 hours' },
      ],
      rating: 4.5,
      reviewCount: 128,
      createdAt: '2024-01-10T08:00:00Z',
    });
    expect(data.product.images.length).toBeGreaterThan(0);
  });

  it('is at least 200 products, with a ledger that agrees with their stock', async () => {
    expect(await catalog.db.$count(products)).toBe(demoProducts.length);
    expect(demoProducts.length).toBeGreaterThanOrEqual(200);
    expect(await catalog.db.$count(stockMovements)).toBe(demoProducts.length);
    expect(await findStockFaults(catalog.db)).toEqual([]);
  });

  it('is left alone the second time, which costs one statement and little time', async () => {
    catalog.statements.length = 0;
    await seedCatalog({ db: catalog.db, now });
    const startedAt = performance.now();
    await seedCatalog({ db: catalog.db, now });
    expect(performance.now() - startedAt).toBeLessThan(500);
    expect(catalog.statements).toHaveLength(2);
    expect(await catalog.db.$count(stockMovements)).toBe(demoProducts.length);
  });

  it('overwrites nothing that an administrator changed, and puts back only what is missing', async () => {
    const where = eq(products.productId, 'prod_001');
    await catalog.db
      .update(products)
      .set({ name: 'Mine', price: '1.00', isActive: false, onHand: 3, sku: 'MINE-1' })
      .where(where);
    await catalog.db
      .update(categories)
      .set({ name: 'Sound', slug: 'sound' })
      .where(eq(categories.slug, 'audio'));
    await catalog.db.delete(stockMovements).where(eq(stockMovements.productId, 'prod_002'));
    await catalog.db.delete(products).where(eq(products.productId, 'prod_002'));
    await seedCatalog({ db: catalog.db, now });
    const [mine] = await catalog.db.select().from(products).where(where);
    expect(mine).toMatchObject({
      name: 'Mine',
      price: '1.00',
      isActive: false,
      onHand: 3,
      subcategory: 'Sound',
    });
    const [back] = await catalog.db.select().from(products).where(eq(products.productId, 'prod_002'));
    expect(back).toMatchObject({ productId: 'prod_002', subcategory: 'Sound' });
    expect(
      await catalog.db
        .select({ n: count() })
        .from(stockMovements)
        .where(eq(stockMovements.productId, 'prod_002')),
    ).toEqual([{ n: 1 }]);
  });

  it('steps aside where an administrator took a name, a slug or a SKU first', async () => {
    await catalog.reset();
    await catalog.db.insert(categories).values({ categoryId: 'cat_mine', slug: 'audio', name: 'My audio' });
    await catalog.db.insert(products).values({
      productId: 'prod_mine',
      name: 'Mine',
      price: '1.00',
      categoryId: 'cat_mine',
      category: '',
      sku: demoProducts.at(-1)?.sku ?? '',
    });
    await seedCatalog({ db: catalog.db, now });
    const audio = await catalog.db.select().from(categories).where(eq(categories.slug, 'audio'));
    expect(audio.map((row) => row.categoryId)).toEqual(['cat_mine']);
    const ids = await catalog.db
      .select({ id: products.productId })
      .from(products)
      .orderBy(asc(products.productId));
    expect(ids.map((row) => row.id)).not.toContain(demoProducts.at(-1)?.productId);
    expect(ids.length).toBeGreaterThan(150);
  });

  it('may be put in by several at once', async () => {
    await catalog.reset();
    await Promise.all(Array.from({ length: 3 }, () => seedCatalog({ db: catalog.db, now })));
    expect(await catalog.db.$count(products)).toBe(demoProducts.length);
    expect(await findStockFaults(catalog.db)).toEqual([]);
  });
});
