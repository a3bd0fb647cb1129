import { type Cents, centsFromNumeric, decimalText } from '@commerce/kit/money';
import { type Db, violatedConstraint } from '@commerce/kit/postgres';
import { eq, inArray, sql } from 'drizzle-orm';
import { type ProductRecord, type ProductRow, productColumns, toProductRecord } from './product-record.ts';
import { products } from './tables.ts';

/** What an administrator may set; fields that are absent stay. */
export type ProductPatch = {
  [Field in keyof Omit<
    ProductRecord,
    'productId' | 'currencyCode' | 'rating' | 'reviewCount' | 'createdAt' | 'updatedAt'
  >]?: ProductRecord[Field] | undefined;
};

export type NewProduct = Omit<
  ProductRecord,
  'rating' | 'reviewCount' | 'isActive' | 'createdAt' | 'updatedAt'
> & { onHand: number };

/** Price and stock as of now. */
export type OfferRecord = {
  productId: string;
  name: string;
  priceCents: Cents;
  currencyCode: string;
  inventory: number;
  isActive: boolean;
};

export type ProductWriteResult =
  | { outcome: 'written'; product: ProductRecord }
  | { outcome: 'unknown' | 'sku_taken' | 'unknown_category' };

export type ProductStore = {
  /** @returns in no order; ids that name nothing are left out */
  findByIds(productIds: readonly string[]): Promise<ProductRecord[]>;
  /** What can still be bought, by product id. */
  findInventories(productIds: readonly string[]): Promise<Map<string, number>>;
  /** @returns in no order; ids that name nothing are left out */
  findOffers(productIds: readonly string[]): Promise<OfferRecord[]>;
  /** Writes the product, and with it the ledger's first entry. */
  insert(product: NewProduct): Promise<ProductWriteResult>;
  update(productId: string, patch: ProductPatch): Promise<ProductWriteResult>;
};

export function createProductStore(db: Db): ProductStore {
  return {
    async findByIds(productIds) {
      const rows = await db
        .select(productColumns)
        .from(products)
        .where(inArray(products.productId, [...productIds]));
      return rows.map(toProductRecord);
    },
    async findInventories(productIds) {
      const rows = await db
        .select({ productId: products.productId, inventory: products.inventory })
        .from(products)
        .where(inArray(products.productId, [...productIds]));
      return new Map(rows.map((row) => [row.productId, row.inventory]));
    },
    async findOffers(productIds) {
      const { productId, name, price, currency, inventory, isActive } = products;
      const rows = await db
        .select({ productId, name, price, currencyCode: currency, inventory, isActive })
        .from(products)
        .where(inArray(productId, [...productIds]));
      return rows.map(({ price, ...offer }) => ({ ...offer, priceCents: centsFromNumeric(price) }));
    },
    insert: (product) =>
      written(async () => {
        const { priceCents, currencyCode, ...same } = product;
        const values = { ...same, price: decimalText(priceCents), currency: currencyCode };
        // A trigger names the category.
        return await db
          .insert(products)
          .values({ ...values, category: '' })
          .returning(productColumns);
      }),
    update: (productId, patch) =>
      written(async () => {
        const { priceCents, ...same } = patch;
        const price = priceCents === undefined ? {} : { price: decimalText(priceCents) };
        // Never empty, which would be no statement: a patch without fields changes nothing.
        const isActive = patch.isActive ?? sql`${products.isActive}`;
        return await db
          .update(products)
          .set({ ...same, ...price, isActive })
          .where(eq(products.productId, productId))
          .returning(productColumns);
      }),
  };
}

async function written(write: () => Promise<ProductRow[]>): Promise<ProductWriteResult> {
  try {
    const [row] = await write();
    return row ? { outcome: 'written', product: toProductRecord(row) } : { outcome: 'unknown' };
  } catch (error) {
    switch (violatedConstraint(error)) {
      case 'products_sku_unique':
        return { outcome: 'sku_taken' };
      case 'products_category_id_categories_category_id_fk':
        return { outcome: 'unknown_category' };
      default:
        throw error;
    }
  }
}
