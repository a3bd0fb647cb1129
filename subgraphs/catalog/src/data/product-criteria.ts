import { type Cents, decimalText } from '@commerce/kit/money';
import { and, eq, gt, gte, inArray, lte, type SQL, sql } from 'drizzle-orm';
import { products } from './tables.ts';

/** Which products to list; null and empty lists restrict nothing. */
export type ProductCriteria = {
  /** Name or slug of a category; its descendants are included. */
  category: string | null;
  /** Any of which may match, ignoring case. */
  brands: readonly string[];
  minPriceCents: Cents | null;
  maxPriceCents: Cents | null;
  text: string | null;
  inStock: boolean | null;
  includeInactive: boolean;
};

/** The criteria that a facet can stand for, one condition each. */
export type FacetConditions = Record<'category' | 'brand' | 'price', SQL | undefined>;

export function facetConditions(criteria: ProductCriteria): FacetConditions {
  const { category, brands, minPriceCents: min, maxPriceCents: max } = criteria;
  return {
    category:
      category === null
        ? undefined
        : sql`${products.categoryId} in (select below.category_id from category_subtree(${category}) as below (category_id))`,
    brand:
      brands.length === 0
        ? undefined
        : inArray(
            sql`lower(${products.brand})`,
            brands.map((brand) => sql`lower(${brand})`),
          ),
    price: and(
      min === null ? undefined : gte(products.price, decimalText(min)),
      max === null ? undefined : lte(products.price, decimalText(max)),
    ),
  };
}

/** Whether a product is to be bought now, where the criteria ask for it. */
export function stockCondition({ inStock }: ProductCriteria): SQL | undefined {
  if (inStock === null) return undefined;
  return inStock ? gt(products.inventory, 0) : lte(products.inventory, 0);
}

/** All criteria. The words of `text` are looked for in name and description only, though brand and SKU
 *  are indexed with them. */
export function productConditions(criteria: ProductCriteria): SQL | undefined {
  const { category, brand, price } = facetConditions(criteria);
  const { text } = criteria;
  const query = sql`product_query(${text})`;
  return and(
    category,
    brand,
    price,
    text === null
      ? undefined
      : sql`(${products.search} @@ ${query} and ts_filter(${products.search}, '{a,c}') @@ ${query})`,
    stockCondition(criteria),
    criteria.includeInactive ? undefined : eq(products.isActive, true),
  );
}
