import type { Cents } from '@commerce/kit/money';
import { type Db, queryRows } from '@commerce/kit/postgres';
import { and, asc, desc, eq, gt, lt, or, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { facetConditions, type ProductCriteria, stockCondition } from './product-criteria.ts';
import { type ProductRecord, productColumns, toProductRecord } from './product-record.ts';
import { products } from './tables.ts';

export type SearchQuery = {
  /** The customer's words. */
  words: string;
  criteria: ProductCriteria;
};

/** `score` is a decimal as text, so that a cursor can hold it exactly. */
export type SearchPosition = { score: string; productId: string };

export type SearchHit = { product: ProductRecord; inventory: number; score: string };

export type FacetCounts = {
  categories: { categoryId: string; count: number }[];
  brands: { brand: string; count: number }[];
  /** `band` is the index of the lower bound that the price reached. */
  prices: { band: number; currencyCode: string; count: number }[];
};

export type SearchStore = {
  /** Best first, ties by id upwards. */
  search(query: SearchQuery, page: SearchPage): Promise<SearchHit[]>;
  count(query: SearchQuery): Promise<number>;
  /** @param bandStarts lower bounds of the price bands, ascending, the first 0 */
  countFacets(query: SearchQuery, bandStarts: readonly Cents[]): Promise<FacetCounts>;
};

type SearchPage = { limit: number; offset: number; after: SearchPosition | null };

/** More than anyone reads in a list of checkboxes. */
const MAX_FACET_ENTRIES = 100;

const score = sql<string>`found.score`;

export function createSearchStore(db: Db): SearchStore {
  return {
    async search(query, { limit, offset, after }) {
      const rows = await db
        .select({ ...productColumns, inventory: products.inventory, score })
        .from(matches(query))
        .innerJoin(products, sql`${products.productId} = found.product_id`)
        .where(and(conditions(query.criteria), behind(after)))
        .orderBy(desc(score), asc(products.productId))
        .limit(limit)
        .offset(offset);
      return rows.map(({ inventory, score, ...row }) => ({
        product: toProductRecord(row),
        inventory,
        score,
      }));
    },
    async count(query) {
      const [row] = await db
        .select({ count: sql`count(*)`.mapWith(Number) })
        .from(matches(query))
        .innerJoin(products, sql`${products.productId} = found.product_id`)
        .where(conditions(query.criteria));
      return row?.count ?? 0;
    },
    async countFacets(query, bandStarts) {
      const rows = await queryRows(db, facetStatement(query, bandStarts), facetRow);
      return {
        categories: rows.filter((row) => row.facet === 'category').map(({ facet: _, ...row }) => row),
        brands: rows.filter((row) => row.facet === 'brand').map(({ facet: _, ...row }) => row),
        prices: rows.filter((row) => row.facet === 'price').map(({ facet: _, ...row }) => row),
      };
    },
  };
}

function matches({ words, criteria }: SearchQuery): SQL {
  return sql`product_matches(${words}, ${criteria.includeInactive}) as found`;
}

function conditions(criteria: ProductCriteria): SQL | undefined {
  const { category, brand, price } = facetConditions(criteria);
  return and(category, brand, price, stockCondition(criteria));
}

function behind(after: SearchPosition | null): SQL | undefined {
  if (after === null) return undefined;
  const key = sql`${after.score}::numeric`;
  return or(lt(score, key), and(eq(score, key), gt(products.productId, after.productId)));
}

const count = z.coerce.number();
const facetRow = z.union([
  z
    .object({ facet: z.literal('category'), value: z.string(), count })
    .transform(({ facet, value, count }) => ({ facet, categoryId: value, count })),
  z
    .object({ facet: z.literal('brand'), value: z.string(), count })
    .transform(({ facet, value, count }) => ({ facet, brand: value, count })),
  z
    .object({ facet: z.literal('price'), value: z.string(), band: z.int(), count })
    .transform(({ facet, value, band, count }) => ({ facet, currencyCode: value, band, count })),
]);

// One statement for all three: each match is judged by each filter once, and each facet leaves its own out.
function facetStatement(query: SearchQuery, bandStarts: readonly Cents[]): SQL {
  const { category, brand, price } = facetConditions(query.criteria);
  const isTrue = (condition: SQL | undefined) => sql`coalesce(${condition ?? sql`true`}, false)`;
  const starts = sql.join(
    bandStarts.map((start) => sql`${start}::numeric / 100`),
    sql`, `,
  );
  return sql`
    with judged as materialized (
      select ${products.categoryId} as category_id, ${products.brand} as brand, ${products.currency} as currency,
             width_bucket(${products.price}, array[${starts}]) - 1 as band,
             ${isTrue(category)} as fits_category, ${isTrue(brand)} as fits_brand, ${isTrue(price)} as fits_price
      from ${matches(query)}
      join ${products} on ${products.productId} = found.product_id
      where ${stockCondition(query.criteria) ?? sql`true`}
    )
    (select 'category' as facet, category_id as value, null::integer as band, count(*) as count
     from judged where fits_brand and fits_price
     group by category_id order by count(*) desc, category_id limit ${MAX_FACET_ENTRIES})
    union all
    (select 'brand', brand, null, count(*)
     from judged where fits_category and fits_price and brand is not null
     group by brand order by count(*) desc, brand limit ${MAX_FACET_ENTRIES})
    union all
    (select 'price', currency, band, count(*)
     from judged where fits_category and fits_brand
     group by currency, band order by band, currency limit ${MAX_FACET_ENTRIES})`;
}
