import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { CartOwner, CartView, LineView } from '../domain/view-cart.ts';
import type { ProductStub } from '../domain/price-lines.ts';
import type { CartContext } from '../context.ts';
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

/** What to add. */
export type AddCartItemInput = {
  /** Which product. */
  productId: Scalars['ID']['input'];
  /** How many, 1 to 999. */
  quantity: Scalars['Int']['input'];
};

/** The changed cart. */
export type AddCartItemPayload = {
  __typename?: 'AddCartItemPayload';
  /** The cart after the change. */
  cart: Cart;
};

/** What a user means to buy. Every user has one; it is empty until something is added. */
export type Cart = {
  __typename?: 'Cart';
  /** cart_ followed by the user's id. */
  cartId: Scalars['ID']['output'];
  /** Sum of quantities. */
  itemCount: Scalars['Int']['output'];
  /** Lines in the order in which they were added; at most 100. */
  items: Array<CartItem>;
  /** What the whole cart costs now. To its owner all present prices then count as shown. */
  summary: CartSummary;
  /** When the lines last changed; null while nothing was ever added. */
  updatedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The owner. */
  userId: Scalars['ID']['output'];
  /** Counts changes of the lines, from 0. */
  version: Scalars['Int']['output'];
  /** What changed since the customer last saw the cart's prices; reading the warnings alone leaves them standing. */
  warnings: Array<CartWarning>;
};

/** One product in a cart. */
export type CartItem = {
  __typename?: 'CartItem';
  /** When the product was added. */
  createdAt: Scalars['DateTime']['output'];
  /** Opaque id, prefix item_. */
  itemId: Scalars['ID']['output'];
  /** Present price of one piece; the last one shown while the catalog is away. Read through the cart by its owner, the prices of all lines then count as shown. */
  price: Money;
  /** The product; null while the catalog is away, or once it was taken off sale. */
  product?: Maybe<Product>;
  /** Id of the product. */
  productId: Scalars['ID']['output'];
  /** Number of pieces, 1 to 999. */
  quantity: Scalars['Int']['output'];
  /** Price times quantity; counts as shown as the price does. */
  subtotal: Money;
};

/** Sums of a cart or an order. */
export type CartSummary = {
  __typename?: 'CartSummary';
  /** Flat shipping fee, untaxed; 0 for an empty cart. */
  shipping: Money;
  /** Sum of the lines. */
  subtotal: Money;
  /** Tax on the subtotal, rounded down once. */
  tax: Money;
  /** Subtotal, tax and shipping. */
  total: Money;
};

/** Something a customer should see before ordering. */
export type CartWarning = {
  __typename?: 'CartWarning';
  /** What can be bought now, for INSUFFICIENT_STOCK and OUT_OF_STOCK. */
  available?: Maybe<Scalars['Int']['output']>;
  /** What happened. */
  code: CartWarningCode;
  /** A sentence for people. */
  message: Scalars['String']['output'];
  /** The price last shown, for PRICE_CHANGED. */
  previousPrice?: Maybe<Money>;
  /** Id of the line that is meant; the cart's id where it is the whole cart. */
  target: Scalars['ID']['output'];
};

/** What a cart warns of. */
export type CartWarningCode =
  /** Fewer pieces can be bought than the line asks for. */
  | 'INSUFFICIENT_STOCK'
  /** The product is sold out. */
  | 'OUT_OF_STOCK'
  /** The catalog is away: prices are the last ones shown and stock is not known. */
  | 'PRICES_NOT_CONFIRMED'
  /** The price of a line changed since it was last shown. */
  | 'PRICE_CHANGED'
  /** The product was taken off sale; remove the line before ordering. */
  | 'PRODUCT_UNAVAILABLE';

/** A cart as an order is made from it, for other services. */
export type CheckoutCart = {
  __typename?: 'CheckoutCart';
  /** Id of the cart. */
  cartId: Scalars['ID']['output'];
  /** ISO 4217 code of all lines; USD for an empty cart. */
  currencyCode: Scalars['String']['output'];
  /** All lines. */
  lines: Array<CheckoutLine>;
  /** What tax and shipping were reckoned by. */
  pricing: CheckoutPricing;
  /** Shipping. */
  shippingCents: Scalars['Int']['output'];
  /** Sum of the lines at present prices. */
  subtotalCents: Scalars['Int']['output'];
  /** Tax. */
  taxCents: Scalars['Int']['output'];
  /** Subtotal, tax and shipping. */
  totalCents: Scalars['Int']['output'];
  /** Version that the order is for. */
  version: Scalars['Int']['output'];
};

/** One line of a cart, for other services. */
export type CheckoutLine = {
  __typename?: 'CheckoutLine';
  /** What can be bought now. */
  available: Scalars['Int']['output'];
  /** False where it was taken off sale or no longer exists. */
  isActive: Scalars['Boolean']['output'];
  /** Id of the line. */
  itemId: Scalars['ID']['output'];
  /** Name to snapshot; null where the product no longer exists. */
  name?: Maybe<Scalars['String']['output']>;
  /** Present price of one piece; the last one shown where the product no longer exists. */
  priceCents: Scalars['Int']['output'];
  /** Id of the product. */
  productId: Scalars['ID']['output'];
  /** Number of pieces. */
  quantity: Scalars['Int']['output'];
  /** The price that the customer was last shown. */
  shownPriceCents: Scalars['Int']['output'];
};

/** How the sums of a cart come about, for other services: tax is the subtotal times the rate, rounded once. */
export type CheckoutPricing = {
  __typename?: 'CheckoutPricing';
  /** Untaxed fee in hundredths, charged once an order; an empty cart is charged none. */
  shippingFlatCents: Scalars['Int']['output'];
  /** Tax rate in hundredths of a per cent: 800 is 8 %. */
  taxRateBasisPoints: Scalars['Int']['output'];
  /** How a fraction of a cent of tax is rounded: down, half_up (to the nearest, half goes up) or up. */
  taxRounding: Scalars['String']['output'];
};

/** The emptied cart. */
export type ClearCartPayload = {
  __typename?: 'ClearCartPayload';
  /** The cart after the change. */
  cart: Cart;
};

/** An order made from a cart. */
export type ConsumeCartInput = {
  /** The ordered lines. */
  lines: Array<ConsumedLineInput>;
  /** The order; repeating it is harmless. */
  orderId: Scalars['ID']['input'];
  /** Whose cart. */
  userId: Scalars['ID']['input'];
  /** Version that was ordered. */
  version: Scalars['Int']['input'];
};

/** That the cart was brought up to date. */
export type ConsumeCartPayload = {
  __typename?: 'ConsumeCartPayload';
  /** False where this order had been taken out before. */
  consumed: Scalars['Boolean']['output'];
};

/** An ordered line. */
export type ConsumedLineInput = {
  /** Which product. */
  productId: Scalars['ID']['input'];
  /** How many were ordered. */
  quantity: Scalars['Int']['input'];
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
  /** The cart. Null to anybody else, or while the cart service is away. */
  cart?: Maybe<ExportedPart>;
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
  /** Adds a product; a product that is there already gets the quantity on top. RES_001 for an unknown product, BUS_001 with { productId, requested, available } where fewer can be bought, BUS_002 for an inactive product, a second currency, more than 100 lines or a total that is too high. */
  addCartItem?: Maybe<AddCartItemPayload>;
  /** Removes all lines; succeeds also where there are none. */
  clearCart?: Maybe<ClearCartPayload>;
  /** For the orders service: takes the ordered pieces out of the cart. Repeating it for the same order changes nothing; what was added since the ordered version stays. */
  consumeCart: ConsumeCartPayload;
  /** For the users service: removes the customer's cart and refuses further additions. Repeating it tells what was done at first. */
  eraseCustomerInCart: CustomerErasure;
  /** Removes a line. RES_001 where one has no such line. */
  removeCartItem?: Maybe<RemoveCartItemPayload>;
  /** Sets the quantity of a line. RES_001 where one has no such line, BUS_001 where fewer can be bought, BUS_002 for an inactive product, one that is now priced in another currency, or a total that is too high. */
  updateCartItem?: Maybe<UpdateCartItemPayload>;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationAddCartItemArgs = {
  input: AddCartItemInput;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationConsumeCartArgs = {
  input: ConsumeCartInput;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationEraseCustomerInCartArgs = {
  input: EraseCustomerInput;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationRemoveCartItemArgs = {
  input: RemoveCartItemInput;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationUpdateCartItemArgs = {
  input: UpdateCartItemInput;
};

/** Something that can be bought. */
export type Product = {
  __typename?: 'Product';
  /** Opaque id, prefix prod_. */
  productId: Scalars['ID']['output'];
};

/** Reading. A field that fails is null, with the reason in errors: one dead part leaves the others their answers. */
export type Query = {
  __typename?: 'Query';
  /** One's own cart with present prices; those that are read (price, subtotal or summary) count as shown. AUTH_003 without a valid access token. */
  cart?: Maybe<Cart>;
  /** For the orders service: the present version of a user's cart, without asking for prices; 0 where there is no cart. */
  cartVersion: Scalars['Int']['output'];
  /** For the orders service: a user's cart as it was last shown, with present prices read fresh. Shows nothing to the customer and changes nothing. */
  checkoutCart: CheckoutCart;
};


/** Reading. A field that fails is null, with the reason in errors: one dead part leaves the others their answers. */
export type QueryCartVersionArgs = {
  userId: Scalars['ID']['input'];
};


/** Reading. A field that fails is null, with the reason in errors: one dead part leaves the others their answers. */
export type QueryCheckoutCartArgs = {
  userId: Scalars['ID']['input'];
};

/** Which line. */
export type RemoveCartItemInput = {
  /** Which line. */
  itemId: Scalars['ID']['input'];
};

/** The changed cart. */
export type RemoveCartItemPayload = {
  __typename?: 'RemoveCartItemPayload';
  /** The cart after the change. */
  cart: Cart;
};

/** Which line and how many. */
export type UpdateCartItemInput = {
  /** Which line. */
  itemId: Scalars['ID']['input'];
  /** How many, 1 to 999. */
  quantity: Scalars['Int']['input'];
};

/** The changed cart. */
export type UpdateCartItemPayload = {
  __typename?: 'UpdateCartItemPayload';
  /** The cart after the change. */
  cart: Cart;
};

/** A person with an account. */
export type User = {
  __typename?: 'User';
  /** The user's cart. Null where the viewer is neither that user nor an administrator, or while the cart service is away. */
  cart?: Maybe<Cart>;
  /** Opaque id, prefix usr_. */
  userId: Scalars['ID']['output'];
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
  Cart: Cart;
  CartItem: CartItem;
  DataExport: DataExport;
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Cart:
    ( { __typename: 'Cart' }
    & GraphQLRecursivePick<FederationTypes['Cart'], {"cartId":true}> );
  CartItem:
    ( { __typename: 'CartItem' }
    & GraphQLRecursivePick<FederationTypes['CartItem'], {"itemId":true}> );
  DataExport:
    ( { __typename: 'DataExport' }
    & GraphQLRecursivePick<FederationTypes['DataExport'], {"userId":true}> );
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"userId":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AddCartItemInput: ResolverTypeWrapper<Partial<AddCartItemInput>>;
  ID: ResolverTypeWrapper<Partial<Scalars['ID']['output']>>;
  Int: ResolverTypeWrapper<Partial<Scalars['Int']['output']>>;
  AddCartItemPayload: ResolverTypeWrapper<Partial<Omit<AddCartItemPayload, 'cart'> & { cart: ResolversTypes['Cart'] }>>;
  Cart: ResolverTypeWrapper<CartView>;
  CartItem: ResolverTypeWrapper<LineView>;
  CartSummary: ResolverTypeWrapper<Partial<CartSummary>>;
  CartWarning: ResolverTypeWrapper<Partial<CartWarning>>;
  String: ResolverTypeWrapper<Partial<Scalars['String']['output']>>;
  CartWarningCode: ResolverTypeWrapper<Partial<CartWarningCode>>;
  CheckoutCart: ResolverTypeWrapper<Partial<CheckoutCart>>;
  CheckoutLine: ResolverTypeWrapper<Partial<CheckoutLine>>;
  Boolean: ResolverTypeWrapper<Partial<Scalars['Boolean']['output']>>;
  CheckoutPricing: ResolverTypeWrapper<Partial<CheckoutPricing>>;
  ClearCartPayload: ResolverTypeWrapper<Partial<Omit<ClearCartPayload, 'cart'> & { cart: ResolversTypes['Cart'] }>>;
  ConsumeCartInput: ResolverTypeWrapper<Partial<ConsumeCartInput>>;
  ConsumeCartPayload: ResolverTypeWrapper<Partial<ConsumeCartPayload>>;
  ConsumedLineInput: ResolverTypeWrapper<Partial<ConsumedLineInput>>;
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
  Product: ResolverTypeWrapper<ProductStub>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RemoveCartItemInput: ResolverTypeWrapper<Partial<RemoveCartItemInput>>;
  RemoveCartItemPayload: ResolverTypeWrapper<Partial<Omit<RemoveCartItemPayload, 'cart'> & { cart: ResolversTypes['Cart'] }>>;
  UpdateCartItemInput: ResolverTypeWrapper<Partial<UpdateCartItemInput>>;
  UpdateCartItemPayload: ResolverTypeWrapper<Partial<Omit<UpdateCartItemPayload, 'cart'> & { cart: ResolversTypes['Cart'] }>>;
  User: ResolverTypeWrapper<CartOwner>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AddCartItemInput: Partial<AddCartItemInput>;
  ID: Partial<Scalars['ID']['output']>;
  Int: Partial<Scalars['Int']['output']>;
  AddCartItemPayload: Partial<Omit<AddCartItemPayload, 'cart'> & { cart: ResolversParentTypes['Cart'] }>;
  Cart: CartView;
  CartItem: LineView;
  CartSummary: Partial<CartSummary>;
  CartWarning: Partial<CartWarning>;
  String: Partial<Scalars['String']['output']>;
  CheckoutCart: Partial<CheckoutCart>;
  CheckoutLine: Partial<CheckoutLine>;
  Boolean: Partial<Scalars['Boolean']['output']>;
  CheckoutPricing: Partial<CheckoutPricing>;
  ClearCartPayload: Partial<Omit<ClearCartPayload, 'cart'> & { cart: ResolversParentTypes['Cart'] }>;
  ConsumeCartInput: Partial<ConsumeCartInput>;
  ConsumeCartPayload: Partial<ConsumeCartPayload>;
  ConsumedLineInput: Partial<ConsumedLineInput>;
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
  Product: ProductStub;
  Query: Record<PropertyKey, never>;
  RemoveCartItemInput: Partial<RemoveCartItemInput>;
  RemoveCartItemPayload: Partial<Omit<RemoveCartItemPayload, 'cart'> & { cart: ResolversParentTypes['Cart'] }>;
  UpdateCartItemInput: Partial<UpdateCartItemInput>;
  UpdateCartItemPayload: Partial<Omit<UpdateCartItemPayload, 'cart'> & { cart: ResolversParentTypes['Cart'] }>;
  User: CartOwner;
};

export type AddCartItemPayloadResolvers<ContextType = CartContext, ParentType extends ResolversParentTypes['AddCartItemPayload'] = ResolversParentTypes['AddCartItemPayload']> = {
  cart?: Resolver<ResolversTypes['Cart'], ParentType, ContextType>;
};

export type CartResolvers<ContextType = CartContext, ParentType extends ResolversParentTypes['Cart'] = ResolversParentTypes['Cart'], FederationReferenceType extends FederationReferenceTypes['Cart'] = FederationReferenceTypes['Cart']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Cart']> | FederationReferenceType, FederationReferenceType, ContextType>;
  cartId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  itemCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  items?: Resolver<Array<ResolversTypes['CartItem']>, ParentType, ContextType>;
  summary?: Resolver<ResolversTypes['CartSummary'], ParentType, ContextType>;
  updatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  userId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  warnings?: Resolver<Array<ResolversTypes['CartWarning']>, ParentType, ContextType>;
};

export type CartItemResolvers<ContextType = CartContext, ParentType extends ResolversParentTypes['CartItem'] = ResolversParentTypes['CartItem'], FederationReferenceType extends FederationReferenceTypes['CartItem'] = FederationReferenceTypes['CartItem']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['CartItem']> | FederationReferenceType, FederationReferenceType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  itemId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  price?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  productId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  subtotal?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type CartSummaryResolvers<ContextType = CartContext, ParentType extends ResolversParentTypes['CartSummary'] = ResolversParentTypes['CartSummary']> = {
  shipping?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  subtotal?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  tax?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type CartWarningResolvers<ContextType = CartContext, ParentType extends ResolversParentTypes['CartWarning'] = ResolversParentTypes['CartWarning']> = {
  available?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  code?: Resolver<ResolversTypes['CartWarningCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  previousPrice?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  target?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type CheckoutCartResolvers<ContextType = CartContext, ParentType extends ResolversParentTypes['CheckoutCart'] = ResolversParentTypes['CheckoutCart']> = {
  cartId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  currencyCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lines?: Resolver<Array<ResolversTypes['CheckoutLine']>, ParentType, ContextType>;
  pricing?: Resolver<ResolversTypes['CheckoutPricing'], ParentType, ContextType>;
  shippingCents?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  subtotalCents?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  taxCents?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  totalCents?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CheckoutLineResolvers<ContextType = CartContext, ParentType extends ResolversParentTypes['CheckoutLine'] = ResolversParentTypes['CheckoutLine']> = {
  available?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  isActive?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  itemId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  priceCents?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  productId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  shownPriceCents?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CheckoutPricingResolvers<ContextType = CartContext, ParentType extends ResolversParentTypes['CheckoutPricing'] = ResolversParentTypes['CheckoutPricing']> = {
  shippingFlatCents?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  taxRateBasisPoints?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  taxRounding?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ClearCartPayloadResolvers<ContextType = CartContext, ParentType extends ResolversParentTypes['ClearCartPayload'] = ResolversParentTypes['ClearCartPayload']> = {
  cart?: Resolver<ResolversTypes['Cart'], ParentType, ContextType>;
};

export type ConsumeCartPayloadResolvers<ContextType = CartContext, ParentType extends ResolversParentTypes['ConsumeCartPayload'] = ResolversParentTypes['ConsumeCartPayload']> = {
  consumed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type CustomerErasureResolvers<ContextType = CartContext, ParentType extends ResolversParentTypes['CustomerErasure'] = ResolversParentTypes['CustomerErasure']> = {
  erased?: Resolver<Array<ResolversTypes['ErasureCount']>, ParentType, ContextType>;
  found?: Resolver<Array<ResolversTypes['ErasureCount']>, ParentType, ContextType>;
  isComplete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  kept?: Resolver<Array<ResolversTypes['ErasureCount']>, ParentType, ContextType>;
};

export type DataExportResolvers<ContextType = CartContext, ParentType extends ResolversParentTypes['DataExport'] = ResolversParentTypes['DataExport'], FederationReferenceType extends FederationReferenceTypes['DataExport'] = FederationReferenceTypes['DataExport']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['DataExport']> | FederationReferenceType, FederationReferenceType, ContextType>;
  cart?: Resolver<Maybe<ResolversTypes['ExportedPart']>, ParentType, ContextType>;
  userId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export type ErasureCountResolvers<ContextType = CartContext, ParentType extends ResolversParentTypes['ErasureCount'] = ResolversParentTypes['ErasureCount']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  what?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ExportedCountResolvers<ContextType = CartContext, ParentType extends ResolversParentTypes['ExportedCount'] = ResolversParentTypes['ExportedCount']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  what?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ExportedPartResolvers<ContextType = CartContext, ParentType extends ResolversParentTypes['ExportedPart'] = ResolversParentTypes['ExportedPart']> = {
  data?: Resolver<ResolversTypes['Json'], ParentType, ContextType>;
  found?: Resolver<Array<ResolversTypes['ExportedCount']>, ParentType, ContextType>;
  nextCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  subgraph?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Json'], any> {
  name: 'Json';
}

export type MoneyResolvers<ContextType = CartContext, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  cents?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  currencyCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = CartContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  addCartItem?: Resolver<Maybe<ResolversTypes['AddCartItemPayload']>, ParentType, ContextType, RequireFields<MutationAddCartItemArgs, 'input'>>;
  clearCart?: Resolver<Maybe<ResolversTypes['ClearCartPayload']>, ParentType, ContextType>;
  consumeCart?: Resolver<ResolversTypes['ConsumeCartPayload'], ParentType, ContextType, RequireFields<MutationConsumeCartArgs, 'input'>>;
  eraseCustomerInCart?: Resolver<ResolversTypes['CustomerErasure'], ParentType, ContextType, RequireFields<MutationEraseCustomerInCartArgs, 'input'>>;
  removeCartItem?: Resolver<Maybe<ResolversTypes['RemoveCartItemPayload']>, ParentType, ContextType, RequireFields<MutationRemoveCartItemArgs, 'input'>>;
  updateCartItem?: Resolver<Maybe<ResolversTypes['UpdateCartItemPayload']>, ParentType, ContextType, RequireFields<MutationUpdateCartItemArgs, 'input'>>;
};

export type ProductResolvers<ContextType = CartContext, ParentType extends ResolversParentTypes['Product'] = ResolversParentTypes['Product']> = {
  productId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = CartContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  cart?: Resolver<Maybe<ResolversTypes['Cart']>, ParentType, ContextType>;
  cartVersion?: Resolver<ResolversTypes['Int'], ParentType, ContextType, RequireFields<QueryCartVersionArgs, 'userId'>>;
  checkoutCart?: Resolver<ResolversTypes['CheckoutCart'], ParentType, ContextType, RequireFields<QueryCheckoutCartArgs, 'userId'>>;
};

export type RemoveCartItemPayloadResolvers<ContextType = CartContext, ParentType extends ResolversParentTypes['RemoveCartItemPayload'] = ResolversParentTypes['RemoveCartItemPayload']> = {
  cart?: Resolver<ResolversTypes['Cart'], ParentType, ContextType>;
};

export type UpdateCartItemPayloadResolvers<ContextType = CartContext, ParentType extends ResolversParentTypes['UpdateCartItemPayload'] = ResolversParentTypes['UpdateCartItemPayload']> = {
  cart?: Resolver<ResolversTypes['Cart'], ParentType, ContextType>;
};

export type UserResolvers<ContextType = CartContext, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  cart?: Resolver<Maybe<ResolversTypes['Cart']>, ParentType, ContextType>;
  userId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type Resolvers<ContextType = CartContext> = {
  AddCartItemPayload?: AddCartItemPayloadResolvers<ContextType>;
  Cart?: CartResolvers<ContextType>;
  CartItem?: CartItemResolvers<ContextType>;
  CartSummary?: CartSummaryResolvers<ContextType>;
  CartWarning?: CartWarningResolvers<ContextType>;
  CheckoutCart?: CheckoutCartResolvers<ContextType>;
  CheckoutLine?: CheckoutLineResolvers<ContextType>;
  CheckoutPricing?: CheckoutPricingResolvers<ContextType>;
  ClearCartPayload?: ClearCartPayloadResolvers<ContextType>;
  ConsumeCartPayload?: ConsumeCartPayloadResolvers<ContextType>;
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
  Product?: ProductResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RemoveCartItemPayload?: RemoveCartItemPayloadResolvers<ContextType>;
  UpdateCartItemPayload?: UpdateCartItemPayloadResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
};

