import type { Connection } from '@commerce/kit/pagination';
import type { MovementRecord } from '../data/movement-record.ts';
import type { ProductRecord } from '../data/product-record.ts';
import type { FacetCounts } from '../data/search-store.ts';
import type { SearchResult } from '../domain/search-products.ts';

// What resolvers of lists hand on; codegen knows these names.
export type ProductPage = Connection<ProductRecord>;
export type ProductPageEdge = ProductPage['edges'][number];
export type MovementPage = Connection<MovementRecord>;
export type MovementPageEdge = MovementPage['edges'][number];
export type SearchPage = SearchResult;
export type SearchPageEdge = SearchResult['edges'][number];
export type FacetEntries = FacetCounts;
export type CategoryFacetEntry = FacetCounts['categories'][number];
export type PriceFacetEntry = FacetCounts['prices'][number];
