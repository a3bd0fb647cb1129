import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { AuditRecord } from '@commerce/kit/audit-log';
import type { AuditPage, AuditPageEdge } from '@commerce/kit/audit-page';
import type { ProductRecord } from '../data/product-record.ts';
import type { OfferRecord } from '../data/product-store.ts';
import type { ProductPage, ProductPageEdge, SearchPage, SearchPageEdge, FacetEntries, CategoryFacetEntry, PriceFacetEntry, MovementPage, MovementPageEdge } from './connections.ts';
import type { CategoryRecord } from '../data/category-store.ts';
import type { MovementRecord } from '../data/movement-record.ts';
import type { OrderStock } from '../domain/order-stock.ts';
import type { CatalogContext } from '../context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
export type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type MakeOptional<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]?: Maybe<T[SubKey]> };
export type MakeMaybe<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]: Maybe<T[SubKey]> };
export type MakeEmpty<T extends { [key: string]: unknown }, K extends keyof T> = { [_ in K]?: never };
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A point in time: ISO 8601 in UTC without milliseconds, such as 2024-01-15T10:30:00Z. */
  DateTime: { input: Date; output: Date; }
  /** An exact decimal with at most two places, written as text: "99.99". Input may be text or a number. */
  Decimal: { input: string; output: string; }
  /** Data as JSON: objects, lists, text, numbers. */
  Json: { input: never; output: unknown; }
  _FieldSet: { input: any; output: any; }
};

/** A privileged act, or somebody's attempt at one, as the audit log of its subgraph has it. Nothing in it is changed or removed later. */
export type AuditEntry = {
  __typename?: 'AuditEntry';
  /** Name of the mutation, such as setUserRole. */
  action: Scalars['String']['output'];
  /** Id of the user who acted. */
  actorId: Scalars['ID']['output'];
  /** The mutation's arguments as JSON, cut after 4,096 bytes. … stands for what was cut or left out: all but the origin of URLs, e-mail addresses, long numbers, secrets, and what people write of people, such as notes. */
  arguments: Scalars['String']['output'];
  /** True where the actor was an administrator; false where a customer tried, of which at most ten an hour are recorded. */
  byAdministrator: Scalars['Boolean']['output'];
  /** Client address behind the trusted proxies. */
  clientAddress: Scalars['String']['output'];
  /** When its outcome was recorded; null where there is none. */
  completedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Opaque id, prefix aud_. */
  entryId: Scalars['ID']['output'];
  /** DONE, or the code of the error that the actor was told: after SYS_001 and SYS_002 the act may be done all the same. Null where that is not known, as after a crash, or not yet. */
  outcome?: Maybe<Scalars['String']['output']>;
  /** When the act was about to begin, by the database's clock. */
  recordedAt: Scalars['DateTime']['output'];
  /** Id of the request, as in its answer's X-Request-Id. */
  requestId: Scalars['String']['output'];
  /** Id of what the act is about, or has made. Null where the input named nothing that could be an id, and where nothing was made. */
  target?: Maybe<Scalars['ID']['output']>;
};

/** A page of an audit log. */
export type AuditLogConnection = {
  __typename?: 'AuditLogConnection';
  /** Entries with their cursors. */
  edges: Array<AuditLogEdge>;
  /** The same entries without cursors. */
  nodes: Array<AuditEntry>;
  /** Where this page stands. */
  pageInfo: PageInfo;
  /** How many entries the filter lets through. */
  totalCount: Scalars['Int']['output'];
};

/** An entry at a place in the log. */
export type AuditLogEdge = {
  __typename?: 'AuditLogEdge';
  /** Pass as after to go on behind it. */
  cursor: Scalars['String']['output'];
  /** The entry. */
  node: AuditEntry;
};

/** Which entries of an audit log; all of what is given must hold. */
export type AuditLogFilter = {
  /** Only this mutation, such as setUserRole. */
  action?: InputMaybe<Scalars['String']['input']>;
  /** Only acts of this user. */
  actorId?: InputMaybe<Scalars['ID']['input']>;
  /** Only what was recorded then or later. */
  since?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only what was recorded before. */
  until?: InputMaybe<Scalars['DateTime']['input']>;
};

/** Matches of one brand. */
export type BrandFacet = {
  __typename?: 'BrandFacet';
  /** Brand name. */
  brand: Scalars['String']['output'];
  /** How many matches it has. */
  count: Scalars['Int']['output'];
};

/** A node of the category tree. */
export type Category = {
  __typename?: 'Category';
  /** Opaque id, prefix cat_. */
  categoryId: Scalars['ID']['output'];
  /** The categories right below, in their order. */
  children: Array<Category>;
  /** A sentence about the category; null where none was given. */
  description?: Maybe<Scalars['String']['output']>;
  /** Name shown to customers; unique among its siblings. */
  name: Scalars['String']['output'];
  /** The category above; null at the top. */
  parent?: Maybe<Category>;
  /** From the top of the tree down to this category, itself included. */
  path: Array<Category>;
  /** Active products in this category and below it. */
  productCount: Scalars['Int']['output'];
  /** Unique name for URLs, such as audio. */
  slug: Scalars['String']['output'];
};

/** Matches in one category. */
export type CategoryFacet = {
  __typename?: 'CategoryFacet';
  /** The category. */
  category: Category;
  /** How many matches stand in it. */
  count: Scalars['Int']['output'];
};

/** A category to create. */
export type CreateCategoryInput = {
  /** At most 500 characters. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 100 characters. */
  name: Scalars['String']['input'];
  /** The category above; absent for the top. */
  parentId?: InputMaybe<Scalars['ID']['input']>;
  /** Place among its siblings, from 0; last where absent. */
  position?: InputMaybe<Scalars['Int']['input']>;
  /** 1 to 100 characters of a-z, 0-9 and hyphens, unique; made from the name where absent. */
  slug?: InputMaybe<Scalars['String']['input']>;
};

/** The new category. */
export type CreateCategoryPayload = {
  __typename?: 'CreateCategoryPayload';
  /** The category. */
  category: Category;
};

/** A product to create. */
export type CreateProductInput = {
  /** At most 100 characters. */
  brand?: InputMaybe<Scalars['String']['input']>;
  /** Category it stands in. */
  categoryId: Scalars['ID']['input'];
  /** ISO 4217 code; default USD. */
  currencyCode?: InputMaybe<Scalars['String']['input']>;
  /** At most 2,000 characters. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** At most 20 https URLs or image data URIs. */
  images?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Pieces on hand, 0 to 1,000,000; default 0. */
  inventory?: InputMaybe<Scalars['Int']['input']>;
  /** At most 20,000 characters. */
  longDescription?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 255 characters. */
  name: Scalars['String']['input'];
  /** 0.00 to 21474836.47, the most that Money.cents can tell. */
  price: Scalars['Decimal']['input'];
  /** At most 100 characters, unique. */
  sku?: InputMaybe<Scalars['String']['input']>;
  /** At most 50 facts, names unique. */
  specifications?: InputMaybe<Array<SpecificationInput>>;
};

/** The new product. */
export type CreateProductPayload = {
  __typename?: 'CreateProductPayload';
  /** The product. */
  product: Product;
};

/** What an erasure did, for the users service. */
export type CustomerErasure = {
  __typename?: 'CustomerErasure';
  /** What is there no more. */
  erased: Array<ErasureCount>;
  /** What there was. */
  found: Array<ErasureCount>;
  /** Whether nothing that names the person stays until later; else the answer is to be had anew. */
  isComplete: Scalars['Boolean']['output'];
  /** What stays, and why. */
  kept: Array<ErasureCount>;
};

/** All that a shop keeps of one person, a part from each subgraph. Only that person gets it. */
export type DataExport = {
  __typename?: 'DataExport';
  /** What the catalog keeps of people: nothing, looked for anew. Null to anybody else, or while the catalog is away. */
  catalog?: Maybe<ExportedPart>;
  /** Whose data it is. */
  userId: Scalars['ID']['output'];
};

/** Whose data is to be erased. */
export type EraseCustomerInput = {
  /** Id of the customer. */
  userId: Scalars['ID']['input'];
};

/** Something of a person, counted, for the users service. */
export type ErasureCount = {
  __typename?: 'ErasureCount';
  /** How many there were. */
  count: Scalars['Int']['output'];
  /** Why it is kept, and until when; null where it is not. */
  reason?: Maybe<Scalars['String']['output']>;
  /** What it is. */
  what: Scalars['String']['output'];
};

/** How many there are of a kind. */
export type ExportedCount = {
  __typename?: 'ExportedCount';
  /** How many. */
  count: Scalars['Int']['output'];
  /** The kind. */
  what: Scalars['String']['output'];
};

/** What one subgraph keeps of a person. */
export type ExportedPart = {
  __typename?: 'ExportedPart';
  /** The data itself, complete where nextCursor is null; of the audit log the newest 100 entries. */
  data: Scalars['Json']['output'];
  /** How much there is in all, by kind. */
  found: Array<ExportedCount>;
  /** Pass as after to get what follows; null where nothing does. */
  nextCursor?: Maybe<Scalars['String']['output']>;
  /** Its name. */
  subgraph: Scalars['String']['output'];
};

/** An amount of money. */
export type Money = {
  __typename?: 'Money';
  /** The amount in units of the currency. */
  amount: Scalars['Decimal']['output'];
  /** The same amount in hundredths: 9999 for 99.99. */
  cents: Scalars['Int']['output'];
  /** ISO 4217 code, such as USD. */
  currencyCode: Scalars['String']['output'];
};

/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type Mutation = {
  __typename?: 'Mutation';
  /** For the orders service: takes the held pieces out of the stock. Repeating it changes nothing. A hold that expired is taken anew where enough is left, else BUS_001. */
  commitStock: StockReservation;
  /** Creates a category. For administrators, else AUTH_004. RES_002 where the slug, or the name among its siblings, is taken. */
  createCategory?: Maybe<CreateCategoryPayload>;
  /** Creates a product. For administrators, else AUTH_004. RES_002 where the SKU is taken. */
  createProduct?: Maybe<CreateProductPayload>;
  /** For the users service: looks for whatever could name the customer. The catalog keeps nothing about customers. */
  eraseCustomerInCatalog: CustomerErasure;
  /** For the orders service: gives up the order's holds, or returns what was committed. Repeating it changes nothing; a reservation that comes after it is refused. */
  releaseStock: StockReservation;
  /** For the orders service: holds all lines or none for 15 minutes. Repeating it for the same order changes nothing. BUS_001 with { productId, requested, available } where a line is short, RES_001 for an unknown product, BUS_002 for an inactive one or an order that was released. */
  reserveStock: StockReservation;
  /** For the orders service: puts pieces of a committed order back into the stock, after a refund. Repeating it under the same restockId changes nothing, nor does it for an order that was released. BUS_002 with { productId, requested, available } for more pieces than were committed less those that came back, or for other lines under the same restockId; RES_001 for an order that committed nothing. */
  restockOrder: StockReservation;
  /** Changes or moves a category; fields left out stay. For administrators, else AUTH_004. VAL_001 where it would come below itself. */
  updateCategory?: Maybe<UpdateCategoryPayload>;
  /** Sets or changes a product's pieces on hand. For administrators, else AUTH_004. BUS_001 where fewer would be left than are reserved. */
  updateInventory?: Maybe<UpdateInventoryPayload>;
  /** Changes a product; fields left out stay. isActive false takes it off sale. For administrators, else AUTH_004. */
  updateProduct?: Maybe<UpdateProductPayload>;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationCommitStockArgs = {
  input: StockOrderInput;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationCreateCategoryArgs = {
  input: CreateCategoryInput;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationCreateProductArgs = {
  input: CreateProductInput;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationEraseCustomerInCatalogArgs = {
  input: EraseCustomerInput;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationReleaseStockArgs = {
  input: StockOrderInput;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationReserveStockArgs = {
  input: ReserveStockInput;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationRestockOrderArgs = {
  input: RestockOrderInput;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationUpdateCategoryArgs = {
  input: UpdateCategoryInput;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationUpdateInventoryArgs = {
  input: UpdateInventoryInput;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationUpdateProductArgs = {
  input: UpdateProductInput;
};

/** Where a page of a list stands. */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** Cursor of the last item; null on an empty page. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** True where more items follow. */
  hasNextPage: Scalars['Boolean']['output'];
  /** True where items precede. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the first item; null on an empty page. */
  startCursor?: Maybe<Scalars['String']['output']>;
};

/** Matches of one price band. */
export type PriceFacet = {
  __typename?: 'PriceFacet';
  /** How many matches cost that much. */
  count: Scalars['Int']['output'];
  /** Upper bound, not included; null for the highest band. */
  max?: Maybe<Money>;
  /** Lower bound, included. */
  min: Money;
};

/** Something that can be bought. */
export type Product = {
  __typename?: 'Product';
  /** Brand name; null where it has none. */
  brand?: Maybe<Scalars['String']['output']>;
  /** The category it stands in, a leaf or a branch of the tree. */
  category: Category;
  /** When the product was created. */
  createdAt: Scalars['DateTime']['output'];
  /** One or two sentences; null where none was given. */
  description?: Maybe<Scalars['String']['output']>;
  /** URLs or self-contained data URIs of pictures, the main one first. */
  images: Array<Scalars['String']['output']>;
  /** True where inventory is above zero. */
  inStock: Scalars['Boolean']['output'];
  /** What can still be bought: on hand less what is reserved. Read fresh, never from a cache. */
  inventory: Scalars['Int']['output'];
  /** False once taken off sale; only administrators and past orders still see it. */
  isActive: Scalars['Boolean']['output'];
  /** The whole text of a product page; null where none was given. */
  longDescription?: Maybe<Scalars['String']['output']>;
  /** Name shown to customers. */
  name: Scalars['String']['output'];
  /** Present price of one piece, before tax. */
  price: Money;
  /** Opaque id, prefix prod_. */
  productId: Scalars['ID']['output'];
  /** Mean of customers' ratings, 0 to 5; 0 without any. */
  rating: Scalars['Float']['output'];
  /** How many ratings there are. */
  reviewCount: Scalars['Int']['output'];
  /** Stock keeping unit, unique; null where none was given. */
  sku?: Maybe<Scalars['String']['output']>;
  /** Facts in the order in which they are to be shown. */
  specifications: Array<Specification>;
  /** Every change of this product's stock, newest first. For administrators, else AUTH_004. */
  stockMovements?: Maybe<StockMovementConnection>;
  /** When the product last changed; a change of stock does not count. */
  updatedAt: Scalars['DateTime']['output'];
};


/** Something that can be bought. */
export type ProductStockMovementsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  limit?: InputMaybe<Scalars['Int']['input']>;
  page?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of products. */
export type ProductConnection = {
  __typename?: 'ProductConnection';
  /** Products with their cursors. */
  edges: Array<ProductEdge>;
  /** The same products without cursors. */
  nodes: Array<Product>;
  /** Where this page stands. */
  pageInfo: PageInfo;
  /** How many products match in all. */
  totalCount: Scalars['Int']['output'];
};

/** A product at a place in a list. */
export type ProductEdge = {
  __typename?: 'ProductEdge';
  /** Pass as after to go on behind this product. */
  cursor: Scalars['String']['output'];
  /** The product. */
  node: Product;
};

/** What products to list. */
export type ProductFilter = {
  /** Brand names of at most 100 characters, any of which may match, ignoring case. */
  brands?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Name or slug of a category, at most 100 characters; its descendants are included. An unknown one matches nothing. */
  category?: InputMaybe<Scalars['String']['input']>;
  /** True: only what can be bought now. False: only what is sold out. */
  inStock?: InputMaybe<Scalars['Boolean']['input']>;
  /** Administrators only: true to see products taken off sale as well; ignored for others. */
  includeInactive?: InputMaybe<Scalars['Boolean']['input']>;
  /** Highest price, included; VAL_001 below minPrice. */
  maxPrice?: InputMaybe<Scalars['Decimal']['input']>;
  /** Lowest price, included. */
  minPrice?: InputMaybe<Scalars['Decimal']['input']>;
  /**
   * Words that name or description must contain, in any form, with or without accents, the last one possibly
   * unfinished. Forgives no typing errors: searchProducts does.
   */
  text?: InputMaybe<Scalars['String']['input']>;
};

/** Price and stock of a product as of now, for other services. */
export type ProductOffer = {
  __typename?: 'ProductOffer';
  /** ISO 4217 code. */
  currencyCode: Scalars['String']['output'];
  /** What can still be bought. */
  inventory: Scalars['Int']['output'];
  /** False once taken off sale. */
  isActive: Scalars['Boolean']['output'];
  /** Name to snapshot. */
  name: Scalars['String']['output'];
  /** Present price in hundredths. */
  priceCents: Scalars['Int']['output'];
  /** Id of the product. */
  productId: Scalars['ID']['output'];
};

/** A page of search results, best match first, with what the results could be narrowed by. */
export type ProductSearchConnection = {
  __typename?: 'ProductSearchConnection';
  /** Results with their cursors. */
  edges: Array<ProductSearchEdge>;
  /** Counts of the matches by category, brand and price. */
  facets: SearchFacets;
  /** The products without cursors. */
  nodes: Array<Product>;
  /** Where this page stands. */
  pageInfo: PageInfo;
  /** How many products match in all. */
  totalCount: Scalars['Int']['output'];
};

/** A product at a place in the results. */
export type ProductSearchEdge = {
  __typename?: 'ProductSearchEdge';
  /** Pass as after to go on behind this product. */
  cursor: Scalars['String']['output'];
  /** The product. */
  node: Product;
  /** How well it matches; comparable within one search only. */
  score: Scalars['Float']['output'];
};

/** How to sort products; ties are broken by id. */
export type ProductSort = {
  /** In which direction; default DESC. */
  direction?: SortDirection;
  /** By what; default CREATED_AT. */
  field?: ProductSortField;
};

/** What to sort products by. */
export type ProductSortField =
  /** Time of creation. */
  | 'CREATED_AT'
  /** Name, ignoring case. */
  | 'NAME'
  /** Price. */
  | 'PRICE';

/** Reading. A field that fails is null, with the reason in errors: one dead part leaves the others their answers. */
export type Query = {
  __typename?: 'Query';
  /** Privileged acts on the catalog, newest first. For administrators, else AUTH_004. */
  catalogAuditLog?: Maybe<AuditLogConnection>;
  /** The top categories in their order; go down by children. */
  categories?: Maybe<Array<Category>>;
  /** A category by slug; null where there is none. */
  category?: Maybe<Category>;
  /** An active product by id; null where there is none. Administrators also see inactive ones. */
  product?: Maybe<Product>;
  /** For other services: what a price or a decision is made from, read fresh. result[i] belongs to productIds[i], null where there is no such product. */
  productOffers: Array<Maybe<ProductOffer>>;
  /** Active products. */
  products?: Maybe<ProductConnection>;
  /** Active products that match a customer's words, best first; forgives typing errors. */
  searchProducts?: Maybe<ProductSearchConnection>;
};


/** Reading. A field that fails is null, with the reason in errors: one dead part leaves the others their answers. */
export type QueryCatalogAuditLogArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AuditLogFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Reading. A field that fails is null, with the reason in errors: one dead part leaves the others their answers. */
export type QueryCategoryArgs = {
  slug: Scalars['String']['input'];
};


/** Reading. A field that fails is null, with the reason in errors: one dead part leaves the others their answers. */
export type QueryProductArgs = {
  productId: Scalars['ID']['input'];
};


/** Reading. A field that fails is null, with the reason in errors: one dead part leaves the others their answers. */
export type QueryProductOffersArgs = {
  productIds: Array<Scalars['ID']['input']>;
};


/** Reading. A field that fails is null, with the reason in errors: one dead part leaves the others their answers. */
export type QueryProductsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ProductFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  limit?: InputMaybe<Scalars['Int']['input']>;
  page?: InputMaybe<Scalars['Int']['input']>;
  sort?: InputMaybe<ProductSort>;
};


/** Reading. A field that fails is null, with the reason in errors: one dead part leaves the others their answers. */
export type QuerySearchProductsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ProductFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  limit?: InputMaybe<Scalars['Int']['input']>;
  page?: InputMaybe<Scalars['Int']['input']>;
  query: Scalars['String']['input'];
};

/** Lines to hold for an order. */
export type ReserveStockInput = {
  /** 1 to 100 lines, product ids unique. */
  lines: Array<StockLineInput>;
  /** The order. */
  orderId: Scalars['ID']['input'];
};

/** Pieces of an order to put back. */
export type RestockOrderInput = {
  /** 1 to 100 lines, product ids unique. */
  lines: Array<StockLineInput>;
  /** The order. */
  orderId: Scalars['ID']['input'];
  /** Names this return among those of the order; repeating it is harmless. */
  restockId: Scalars['ID']['input'];
};

/** What results could be narrowed by. Each facet counts as if its own filter were not set, the others being applied. */
export type SearchFacets = {
  __typename?: 'SearchFacets';
  /** Brands of the matches, most matches first. */
  brands: Array<BrandFacet>;
  /** Categories of the matches, most matches first. */
  categories: Array<CategoryFacet>;
  /** Fixed price bands that hold a match, cheapest first. */
  prices: Array<PriceFacet>;
};

/** Direction of a sort. */
export type SortDirection =
  /** Smallest, oldest or A first. */
  | 'ASC'
  /** Largest, newest or Z first. */
  | 'DESC';

/** One fact about a product. */
export type Specification = {
  __typename?: 'Specification';
  /** What the fact is about, such as batteryLife. */
  name: Scalars['String']['output'];
  /** The fact, such as 30 hours. */
  value: Scalars['String']['output'];
};

/** One fact about a product. */
export type SpecificationInput = {
  /** 1 to 100 characters. */
  name: Scalars['String']['input'];
  /** 1 to 500 characters. */
  value: Scalars['String']['input'];
};

/** Pieces of a product. */
export type StockLineInput = {
  /** Which product. */
  productId: Scalars['ID']['input'];
  /** How many, 1 to 999. */
  quantity: Scalars['Int']['input'];
};

/** One change of a product's stock. */
export type StockMovement = {
  __typename?: 'StockMovement';
  /** When it happened. */
  createdAt: Scalars['DateTime']['output'];
  /** Why it changed. */
  kind: StockMovementKind;
  /** Opaque id, prefix mov_. */
  movementId: Scalars['ID']['output'];
  /** What the administrator noted; null where nothing. */
  note?: Maybe<Scalars['String']['output']>;
  /** Pieces on hand after it. */
  onHandAfter: Scalars['Int']['output'];
  /** Change of the pieces on hand; 0 for holds and their release. */
  onHandDelta: Scalars['Int']['output'];
  /** The order it was for; null for an administrator's change. */
  orderId?: Maybe<Scalars['ID']['output']>;
  /** Reserved pieces after it. */
  reservedAfter: Scalars['Int']['output'];
  /** Change of the reserved pieces. */
  reservedDelta: Scalars['Int']['output'];
};

/** A page of stock movements. */
export type StockMovementConnection = {
  __typename?: 'StockMovementConnection';
  /** Movements with their cursors. */
  edges: Array<StockMovementEdge>;
  /** The same movements without cursors. */
  nodes: Array<StockMovement>;
  /** Where this page stands. */
  pageInfo: PageInfo;
  /** How many movements there are in all. */
  totalCount: Scalars['Int']['output'];
};

/** A movement at a place in a list. */
export type StockMovementEdge = {
  __typename?: 'StockMovementEdge';
  /** Pass as after to go on behind this movement. */
  cursor: Scalars['String']['output'];
  /** The movement. */
  node: StockMovement;
};

/** Why a stock changed. */
export type StockMovementKind =
  /** An administrator set or changed it. */
  | 'ADJUSTMENT'
  /** Held pieces left the stock for an order. */
  | 'COMMITMENT'
  /** Stock at creation. */
  | 'INITIAL'
  /** A hold was given up. */
  | 'RELEASE'
  /** Held for an order. */
  | 'RESERVATION'
  /** Pieces of a cancelled or refunded order came back. */
  | 'RETURN';

/** An order whose stock is meant. */
export type StockOrderInput = {
  /** The order. */
  orderId: Scalars['ID']['input'];
};

/** What is held or taken for an order, for other services. */
export type StockReservation = {
  __typename?: 'StockReservation';
  /** When a hold ends by itself; null unless HELD. */
  expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** The order. */
  orderId: Scalars['ID']['output'];
  /** Its state. */
  status: StockReservationStatus;
};

/** State of an order's stock. */
export type StockReservationStatus =
  /** Pieces have left the stock. */
  | 'COMMITTED'
  /** Pieces are held until expiresAt. */
  | 'HELD'
  /** Nothing is held; the order can reserve no more. */
  | 'RELEASED';

/** Changes to a category; rules as in createCategory. */
export type UpdateCategoryInput = {
  /** Which category. */
  categoryId: Scalars['ID']['input'];
  /** New text; null removes it. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** New name. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** New parent; null moves it to the top. */
  parentId?: InputMaybe<Scalars['ID']['input']>;
  /** New place among its siblings. */
  position?: InputMaybe<Scalars['Int']['input']>;
  /** New slug. */
  slug?: InputMaybe<Scalars['String']['input']>;
};

/** The changed category. */
export type UpdateCategoryPayload = {
  __typename?: 'UpdateCategoryPayload';
  /** The category after the change. */
  category: Category;
};

/** A change of pieces on hand; exactly one of onHand and delta. */
export type UpdateInventoryInput = {
  /** Pieces that came (positive) or went (negative). */
  delta?: InputMaybe<Scalars['Int']['input']>;
  /** Why, at most 500 characters. */
  note?: InputMaybe<Scalars['String']['input']>;
  /** Pieces counted, 0 to 1,000,000. */
  onHand?: InputMaybe<Scalars['Int']['input']>;
  /** Which product. */
  productId: Scalars['ID']['input'];
};

/** The changed stock. */
export type UpdateInventoryPayload = {
  __typename?: 'UpdateInventoryPayload';
  /** The ledger's entry; null where nothing changed. */
  movement?: Maybe<StockMovement>;
  /** The product after the change. */
  product: Product;
};

/** Changes to a product; rules as in createProduct. */
export type UpdateProductInput = {
  /** New brand; null removes it. */
  brand?: InputMaybe<Scalars['String']['input']>;
  /** New category. */
  categoryId?: InputMaybe<Scalars['ID']['input']>;
  /** New short text; null removes it. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** New pictures in place of all former ones. */
  images?: InputMaybe<Array<Scalars['String']['input']>>;
  /** False takes it off sale, true puts it back. */
  isActive?: InputMaybe<Scalars['Boolean']['input']>;
  /** New long text; null removes it. */
  longDescription?: InputMaybe<Scalars['String']['input']>;
  /** New name. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** New price. */
  price?: InputMaybe<Scalars['Decimal']['input']>;
  /** Which product. */
  productId: Scalars['ID']['input'];
  /** New SKU; null removes it. */
  sku?: InputMaybe<Scalars['String']['input']>;
  /** New facts in place of all former ones. */
  specifications?: InputMaybe<Array<SpecificationInput>>;
};

/** The changed product. */
export type UpdateProductPayload = {
  __typename?: 'UpdateProductPayload';
  /** The product after the change. */
  product: Product;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Category: Category;
  DataExport: DataExport;
  Product: Product;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Category:
    ( { __typename: 'Category' }
    & GraphQLRecursivePick<FederationTypes['Category'], {"categoryId":true}> );
  DataExport:
    ( { __typename: 'DataExport' }
    & GraphQLRecursivePick<FederationTypes['DataExport'], {"userId":true}> );
  Product:
    ( { __typename: 'Product' }
    & GraphQLRecursivePick<FederationTypes['Product'], {"productId":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AuditEntry: ResolverTypeWrapper<AuditRecord>;
  ID: ResolverTypeWrapper<Partial<Scalars['ID']['output']>>;
  AuditLogConnection: ResolverTypeWrapper<AuditPage>;
  Int: ResolverTypeWrapper<Partial<Scalars['Int']['output']>>;
  AuditLogEdge: ResolverTypeWrapper<AuditPageEdge>;
  AuditLogFilter: ResolverTypeWrapper<Partial<AuditLogFilter>>;
  BrandFacet: ResolverTypeWrapper<Partial<BrandFacet>>;
  Category: ResolverTypeWrapper<CategoryRecord>;
  CategoryFacet: ResolverTypeWrapper<CategoryFacetEntry>;
  CreateCategoryInput: ResolverTypeWrapper<Partial<CreateCategoryInput>>;
  CreateCategoryPayload: ResolverTypeWrapper<Partial<Omit<CreateCategoryPayload, 'category'> & { category: ResolversTypes['Category'] }>>;
  CreateProductInput: ResolverTypeWrapper<Partial<CreateProductInput>>;
  CreateProductPayload: ResolverTypeWrapper<Partial<Omit<CreateProductPayload, 'product'> & { product: ResolversTypes['Product'] }>>;
  CustomerErasure: ResolverTypeWrapper<Partial<CustomerErasure>>;
  DataExport: ResolverTypeWrapper<Partial<DataExport>>;
  DateTime: ResolverTypeWrapper<Partial<Scalars['DateTime']['output']>>;
  Decimal: ResolverTypeWrapper<Partial<Scalars['Decimal']['output']>>;
  EraseCustomerInput: ResolverTypeWrapper<Partial<EraseCustomerInput>>;
  ErasureCount: ResolverTypeWrapper<Partial<ErasureCount>>;
  ExportedCount: ResolverTypeWrapper<Partial<ExportedCount>>;
  ExportedPart: ResolverTypeWrapper<Partial<ExportedPart>>;
  Json: ResolverTypeWrapper<Partial<Scalars['Json']['output']>>;
  Money: ResolverTypeWrapper<Partial<Money>>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  PageInfo: ResolverTypeWrapper<Partial<PageInfo>>;
  PriceFacet: ResolverTypeWrapper<PriceFacetEntry>;
  Product: ResolverTypeWrapper<ProductRecord>;
  Float: ResolverTypeWrapper<Partial<Scalars['Float']['output']>>;
  ProductConnection: ResolverTypeWrapper<ProductPage>;
  ProductEdge: ResolverTypeWrapper<ProductPageEdge>;
  ProductFilter: ResolverTypeWrapper<Partial<ProductFilter>>;
  ProductOffer: ResolverTypeWrapper<OfferRecord>;
  ProductSearchConnection: ResolverTypeWrapper<SearchPage>;
  ProductSearchEdge: ResolverTypeWrapper<SearchPageEdge>;
  ProductSort: ResolverTypeWrapper<Partial<ProductSort>>;
  ProductSortField: ResolverTypeWrapper<Partial<ProductSortField>>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ReserveStockInput: ResolverTypeWrapper<Partial<ReserveStockInput>>;
  RestockOrderInput: ResolverTypeWrapper<Partial<RestockOrderInput>>;
  SearchFacets: ResolverTypeWrapper<FacetEntries>;
  SortDirection: ResolverTypeWrapper<Partial<SortDirection>>;
  Specification: ResolverTypeWrapper<Partial<Specification>>;
  SpecificationInput: ResolverTypeWrapper<Partial<SpecificationInput>>;
  StockLineInput: ResolverTypeWrapper<Partial<StockLineInput>>;
  StockMovement: ResolverTypeWrapper<MovementRecord>;
  StockMovementConnection: ResolverTypeWrapper<MovementPage>;
  StockMovementEdge: ResolverTypeWrapper<MovementPageEdge>;
  StockMovementKind: ResolverTypeWrapper<Partial<StockMovementKind>>;
  StockOrderInput: ResolverTypeWrapper<Partial<StockOrderInput>>;
  StockReservation: ResolverTypeWrapper<OrderStock>;
  StockReservationStatus: ResolverTypeWrapper<Partial<StockReservationStatus>>;
  UpdateCategoryInput: ResolverTypeWrapper<Partial<UpdateCategoryInput>>;
  UpdateCategoryPayload: ResolverTypeWrapper<Partial<Omit<UpdateCategoryPayload, 'category'> & { category: ResolversTypes['Category'] }>>;
  UpdateInventoryInput: ResolverTypeWrapper<Partial<UpdateInventoryInput>>;
  UpdateInventoryPayload: ResolverTypeWrapper<Partial<Omit<UpdateInventoryPayload, 'movement' | 'product'> & { movement?: Maybe<ResolversTypes['StockMovement']>, product: ResolversTypes['Product'] }>>;
  UpdateProductInput: ResolverTypeWrapper<Partial<UpdateProductInput>>;
  UpdateProductPayload: ResolverTypeWrapper<Partial<Omit<UpdateProductPayload, 'product'> & { product: ResolversTypes['Product'] }>>;
  String: ResolverTypeWrapper<Partial<Scalars['String']['output']>>;
  Boolean: ResolverTypeWrapper<Partial<Scalars['Boolean']['output']>>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AuditEntry: AuditRecord;
  ID: Partial<Scalars['ID']['output']>;
  AuditLogConnection: AuditPage;
  Int: Partial<Scalars['Int']['output']>;
  AuditLogEdge: AuditPageEdge;
  AuditLogFilter: Partial<AuditLogFilter>;
  BrandFacet: Partial<BrandFacet>;
  Category: CategoryRecord;
  CategoryFacet: CategoryFacetEntry;
  CreateCategoryInput: Partial<CreateCategoryInput>;
  CreateCategoryPayload: Partial<Omit<CreateCategoryPayload, 'category'> & { category: ResolversParentTypes['Category'] }>;
  CreateProductInput: Partial<CreateProductInput>;
  CreateProductPayload: Partial<Omit<CreateProductPayload, 'product'> & { product: ResolversParentTypes['Product'] }>;
  CustomerErasure: Partial<CustomerErasure>;
  DataExport: Partial<DataExport | FederationReferenceTypes['DataExport']>;
  DateTime: Partial<Scalars['DateTime']['output']>;
  Decimal: Partial<Scalars['Decimal']['output']>;
  EraseCustomerInput: Partial<EraseCustomerInput>;
  ErasureCount: Partial<ErasureCount>;
  ExportedCount: Partial<ExportedCount>;
  ExportedPart: Partial<ExportedPart>;
  Json: Partial<Scalars['Json']['output']>;
  Money: Partial<Money>;
  Mutation: Record<PropertyKey, never>;
  PageInfo: Partial<PageInfo>;
  PriceFacet: PriceFacetEntry;
  Product: ProductRecord;
  Float: Partial<Scalars['Float']['output']>;
  ProductConnection: ProductPage;
  ProductEdge: ProductPageEdge;
  ProductFilter: Partial<ProductFilter>;
  ProductOffer: OfferRecord;
  ProductSearchConnection: SearchPage;
  ProductSearchEdge: SearchPageEdge;
  ProductSort: Partial<ProductSort>;
  Query: Record<PropertyKey, never>;
  ReserveStockInput: Partial<ReserveStockInput>;
  RestockOrderInput: Partial<RestockOrderInput>;
  SearchFacets: FacetEntries;
  Specification: Partial<Specification>;
  SpecificationInput: Partial<SpecificationInput>;
  StockLineInput: Partial<StockLineInput>;
  StockMovement: MovementRecord;
  StockMovementConnection: MovementPage;
  StockMovementEdge: MovementPageEdge;
  StockOrderInput: Partial<StockOrderInput>;
  StockReservation: OrderStock;
  UpdateCategoryInput: Partial<UpdateCategoryInput>;
  UpdateCategoryPayload: Partial<Omit<UpdateCategoryPayload, 'category'> & { category: ResolversParentTypes['Category'] }>;
  UpdateInventoryInput: Partial<UpdateInventoryInput>;
  UpdateInventoryPayload: Partial<Omit<UpdateInventoryPayload, 'movement' | 'product'> & { movement?: Maybe<ResolversParentTypes['StockMovement']>, product: ResolversParentTypes['Product'] }>;
  UpdateProductInput: Partial<UpdateProductInput>;
  UpdateProductPayload: Partial<Omit<UpdateProductPayload, 'product'> & { product: ResolversParentTypes['Product'] }>;
  String: Partial<Scalars['String']['output']>;
  Boolean: Partial<Scalars['Boolean']['output']>;
};

export type AuditedDirectiveArgs = {
  made?: Maybe<Scalars['String']['input']>;
  openToOthers?: Scalars['Boolean']['input'];
  target?: Maybe<Scalars['String']['input']>;
};

export type AuditedDirectiveResolver<Result, Parent, ContextType = CatalogContext, Args = AuditedDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type AuditEntryResolvers<ContextType = CatalogContext, ParentType extends ResolversParentTypes['AuditEntry'] = ResolversParentTypes['AuditEntry']> = {
  action?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  arguments?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  byAdministrator?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  clientAddress?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  completedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  entryId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  outcome?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  requestId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  target?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type AuditLogConnectionResolvers<ContextType = CatalogContext, ParentType extends ResolversParentTypes['AuditLogConnection'] = ResolversParentTypes['AuditLogConnection']> = {
  edges?: Resolver<Array<ResolversTypes['AuditLogEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['AuditEntry']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type AuditLogEdgeResolvers<ContextType = CatalogContext, ParentType extends ResolversParentTypes['AuditLogEdge'] = ResolversParentTypes['AuditLogEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AuditEntry'], ParentType, ContextType>;
};

export type BrandFacetResolvers<ContextType = CatalogContext, ParentType extends ResolversParentTypes['BrandFacet'] = ResolversParentTypes['BrandFacet']> = {
  brand?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CategoryResolvers<ContextType = CatalogContext, ParentType extends ResolversParentTypes['Category'] = ResolversParentTypes['Category'], FederationReferenceType extends FederationReferenceTypes['Category'] = FederationReferenceTypes['Category']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Category']> | FederationReferenceType, FederationReferenceType, ContextType>;
  categoryId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  children?: Resolver<Array<ResolversTypes['Category']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  parent?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType>;
  path?: Resolver<Array<ResolversTypes['Category']>, ParentType, ContextType>;
  productCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CategoryFacetResolvers<ContextType = CatalogContext, ParentType extends ResolversParentTypes['CategoryFacet'] = ResolversParentTypes['CategoryFacet']> = {
  category?: Resolver<ResolversTypes['Category'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CreateCategoryPayloadResolvers<ContextType = CatalogContext, ParentType extends ResolversParentTypes['CreateCategoryPayload'] = ResolversParentTypes['CreateCategoryPayload']> = {
  category?: Resolver<ResolversTypes['Category'], ParentType, ContextType>;
};

export type CreateProductPayloadResolvers<ContextType = CatalogContext, ParentType extends ResolversParentTypes['CreateProductPayload'] = ResolversParentTypes['CreateProductPayload']> = {
  product?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
};

export type CustomerErasureResolvers<ContextType = CatalogContext, ParentType extends ResolversParentTypes['CustomerErasure'] = ResolversParentTypes['CustomerErasure']> = {
  erased?: Resolver<Array<ResolversTypes['ErasureCount']>, ParentType, ContextType>;
  found?: Resolver<Array<ResolversTypes['ErasureCount']>, ParentType, ContextType>;
  isComplete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  kept?: Resolver<Array<ResolversTypes['ErasureCount']>, ParentType, ContextType>;
};

export type DataExportResolvers<ContextType = CatalogContext, ParentType extends ResolversParentTypes['DataExport'] = ResolversParentTypes['DataExport'], FederationReferenceType extends FederationReferenceTypes['DataExport'] = FederationReferenceTypes['DataExport']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['DataExport']> | FederationReferenceType, FederationReferenceType, ContextType>;
  catalog?: Resolver<Maybe<ResolversTypes['ExportedPart']>, ParentType, ContextType>;
  userId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export type ErasureCountResolvers<ContextType = CatalogContext, ParentType extends ResolversParentTypes['ErasureCount'] = ResolversParentTypes['ErasureCount']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  what?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ExportedCountResolvers<ContextType = CatalogContext, ParentType extends ResolversParentTypes['ExportedCount'] = ResolversParentTypes['ExportedCount']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  what?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ExportedPartResolvers<ContextType = CatalogContext, ParentType extends ResolversParentTypes['ExportedPart'] = ResolversParentTypes['ExportedPart']> = {
  data?: Resolver<ResolversTypes['Json'], ParentType, ContextType>;
  found?: Resolver<Array<ResolversTypes['ExportedCount']>, ParentType, ContextType>;
  nextCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  subgraph?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Json'], any> {
  name: 'Json';
}

export type MoneyResolvers<ContextType = CatalogContext, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  cents?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  currencyCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = CatalogContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  commitStock?: Resolver<ResolversTypes['StockReservation'], ParentType, ContextType, RequireFields<MutationCommitStockArgs, 'input'>>;
  createCategory?: Resolver<Maybe<ResolversTypes['CreateCategoryPayload']>, ParentType, ContextType, RequireFields<MutationCreateCategoryArgs, 'input'>>;
  createProduct?: Resolver<Maybe<ResolversTypes['CreateProductPayload']>, ParentType, ContextType, RequireFields<MutationCreateProductArgs, 'input'>>;
  eraseCustomerInCatalog?: Resolver<ResolversTypes['CustomerErasure'], ParentType, ContextType, RequireFields<MutationEraseCustomerInCatalogArgs, 'input'>>;
  releaseStock?: Resolver<ResolversTypes['StockReservation'], ParentType, ContextType, RequireFields<MutationReleaseStockArgs, 'input'>>;
  reserveStock?: Resolver<ResolversTypes['StockReservation'], ParentType, ContextType, RequireFields<MutationReserveStockArgs, 'input'>>;
  restockOrder?: Resolver<ResolversTypes['StockReservation'], ParentType, ContextType, RequireFields<MutationRestockOrderArgs, 'input'>>;
  updateCategory?: Resolver<Maybe<ResolversTypes['UpdateCategoryPayload']>, ParentType, ContextType, RequireFields<MutationUpdateCategoryArgs, 'input'>>;
  updateInventory?: Resolver<Maybe<ResolversTypes['UpdateInventoryPayload']>, ParentType, ContextType, RequireFields<MutationUpdateInventoryArgs, 'input'>>;
  updateProduct?: Resolver<Maybe<ResolversTypes['UpdateProductPayload']>, ParentType, ContextType, RequireFields<MutationUpdateProductArgs, 'input'>>;
};

export type PageInfoResolvers<ContextType = CatalogContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PriceFacetResolvers<ContextType = CatalogContext, ParentType extends ResolversParentTypes['PriceFacet'] = ResolversParentTypes['PriceFacet']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  max?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  min?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type ProductResolvers<ContextType = CatalogContext, ParentType extends ResolversParentTypes['Product'] = ResolversParentTypes['Product'], FederationReferenceType extends FederationReferenceTypes['Product'] = FederationReferenceTypes['Product']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Product']> | FederationReferenceType, FederationReferenceType, ContextType>;
  brand?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  category?: Resolver<ResolversTypes['Category'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  images?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  inStock?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  inventory?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  isActive?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  longDescription?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  price?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  productId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  rating?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  reviewCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sku?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  specifications?: Resolver<Array<ResolversTypes['Specification']>, ParentType, ContextType>;
  stockMovements?: Resolver<Maybe<ResolversTypes['StockMovementConnection']>, ParentType, ContextType, Partial<ProductStockMovementsArgs>>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type ProductConnectionResolvers<ContextType = CatalogContext, ParentType extends ResolversParentTypes['ProductConnection'] = ResolversParentTypes['ProductConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ProductEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Product']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ProductEdgeResolvers<ContextType = CatalogContext, ParentType extends ResolversParentTypes['ProductEdge'] = ResolversParentTypes['ProductEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
};

export type ProductOfferResolvers<ContextType = CatalogContext, ParentType extends ResolversParentTypes['ProductOffer'] = ResolversParentTypes['ProductOffer']> = {
  currencyCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  inventory?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  isActive?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  priceCents?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  productId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type ProductSearchConnectionResolvers<ContextType = CatalogContext, ParentType extends ResolversParentTypes['ProductSearchConnection'] = ResolversParentTypes['ProductSearchConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ProductSearchEdge']>, ParentType, ContextType>;
  facets?: Resolver<ResolversTypes['SearchFacets'], ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Product']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ProductSearchEdgeResolvers<ContextType = CatalogContext, ParentType extends ResolversParentTypes['ProductSearchEdge'] = ResolversParentTypes['ProductSearchEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = CatalogContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  catalogAuditLog?: Resolver<Maybe<ResolversTypes['AuditLogConnection']>, ParentType, ContextType, Partial<QueryCatalogAuditLogArgs>>;
  categories?: Resolver<Maybe<Array<ResolversTypes['Category']>>, ParentType, ContextType>;
  category?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType, RequireFields<QueryCategoryArgs, 'slug'>>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType, RequireFields<QueryProductArgs, 'productId'>>;
  productOffers?: Resolver<Array<Maybe<ResolversTypes['ProductOffer']>>, ParentType, ContextType, RequireFields<QueryProductOffersArgs, 'productIds'>>;
  products?: Resolver<Maybe<ResolversTypes['ProductConnection']>, ParentType, ContextType, Partial<QueryProductsArgs>>;
  searchProducts?: Resolver<Maybe<ResolversTypes['ProductSearchConnection']>, ParentType, ContextType, RequireFields<QuerySearchProductsArgs, 'query'>>;
};

export type SearchFacetsResolvers<ContextType = CatalogContext, ParentType extends ResolversParentTypes['SearchFacets'] = ResolversParentTypes['SearchFacets']> = {
  brands?: Resolver<Array<ResolversTypes['BrandFacet']>, ParentType, ContextType>;
  categories?: Resolver<Array<ResolversTypes['CategoryFacet']>, ParentType, ContextType>;
  prices?: Resolver<Array<ResolversTypes['PriceFacet']>, ParentType, ContextType>;
};

export type SpecificationResolvers<ContextType = CatalogContext, ParentType extends ResolversParentTypes['Specification'] = ResolversParentTypes['Specification']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type StockMovementResolvers<ContextType = CatalogContext, ParentType extends ResolversParentTypes['StockMovement'] = ResolversParentTypes['StockMovement']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['StockMovementKind'], ParentType, ContextType>;
  movementId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  onHandAfter?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  onHandDelta?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  orderId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  reservedAfter?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reservedDelta?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type StockMovementConnectionResolvers<ContextType = CatalogContext, ParentType extends ResolversParentTypes['StockMovementConnection'] = ResolversParentTypes['StockMovementConnection']> = {
  edges?: Resolver<Array<ResolversTypes['StockMovementEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['StockMovement']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type StockMovementEdgeResolvers<ContextType = CatalogContext, ParentType extends ResolversParentTypes['StockMovementEdge'] = ResolversParentTypes['StockMovementEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['StockMovement'], ParentType, ContextType>;
};

export type StockReservationResolvers<ContextType = CatalogContext, ParentType extends ResolversParentTypes['StockReservation'] = ResolversParentTypes['StockReservation']> = {
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  orderId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['StockReservationStatus'], ParentType, ContextType>;
};

export type UpdateCategoryPayloadResolvers<ContextType = CatalogContext, ParentType extends ResolversParentTypes['UpdateCategoryPayload'] = ResolversParentTypes['UpdateCategoryPayload']> = {
  category?: Resolver<ResolversTypes['Category'], ParentType, ContextType>;
};

export type UpdateInventoryPayloadResolvers<ContextType = CatalogContext, ParentType extends ResolversParentTypes['UpdateInventoryPayload'] = ResolversParentTypes['UpdateInventoryPayload']> = {
  movement?: Resolver<Maybe<ResolversTypes['StockMovement']>, ParentType, ContextType>;
  product?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
};

export type UpdateProductPayloadResolvers<ContextType = CatalogContext, ParentType extends ResolversParentTypes['UpdateProductPayload'] = ResolversParentTypes['UpdateProductPayload']> = {
  product?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
};

export type Resolvers<ContextType = CatalogContext> = {
  AuditEntry?: AuditEntryResolvers<ContextType>;
  AuditLogConnection?: AuditLogConnectionResolvers<ContextType>;
  AuditLogEdge?: AuditLogEdgeResolvers<ContextType>;
  BrandFacet?: BrandFacetResolvers<ContextType>;
  Category?: CategoryResolvers<ContextType>;
  CategoryFacet?: CategoryFacetResolvers<ContextType>;
  CreateCategoryPayload?: CreateCategoryPayloadResolvers<ContextType>;
  CreateProductPayload?: CreateProductPayloadResolvers<ContextType>;
  CustomerErasure?: CustomerErasureResolvers<ContextType>;
  DataExport?: DataExportResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  ErasureCount?: ErasureCountResolvers<ContextType>;
  ExportedCount?: ExportedCountResolvers<ContextType>;
  ExportedPart?: ExportedPartResolvers<ContextType>;
  Json?: GraphQLScalarType;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PriceFacet?: PriceFacetResolvers<ContextType>;
  Product?: ProductResolvers<ContextType>;
  ProductConnection?: ProductConnectionResolvers<ContextType>;
  ProductEdge?: ProductEdgeResolvers<ContextType>;
  ProductOffer?: ProductOfferResolvers<ContextType>;
  ProductSearchConnection?: ProductSearchConnectionResolvers<ContextType>;
  ProductSearchEdge?: ProductSearchEdgeResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  SearchFacets?: SearchFacetsResolvers<ContextType>;
  Specification?: SpecificationResolvers<ContextType>;
  StockMovement?: StockMovementResolvers<ContextType>;
  StockMovementConnection?: StockMovementConnectionResolvers<ContextType>;
  StockMovementEdge?: StockMovementEdgeResolvers<ContextType>;
  StockReservation?: StockReservationResolvers<ContextType>;
  UpdateCategoryPayload?: UpdateCategoryPayloadResolvers<ContextType>;
  UpdateInventoryPayload?: UpdateInventoryPayloadResolvers<ContextType>;
  UpdateProductPayload?: UpdateProductPayloadResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = CatalogContext> = {
  audited?: AuditedDirectiveResolver<any, any, ContextType>;
};
