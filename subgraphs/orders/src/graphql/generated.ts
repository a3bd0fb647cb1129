import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { OrderRecord, OrderItemRecord, TimelineRecord } from '../data/order-record.ts';
import type { OrderPage, OrderPageEdge } from './order-page.ts';
import type { OrdersContext } from '../context.ts';
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
  _FieldSet: { input: any; output: any; }
};

/** Which order to cancel. */
export type CancelOrderInput = {
  /** Which order. */
  orderId: Scalars['ID']['input'];
  /** Why, at most 500 characters; stands in the timeline. */
  reason?: InputMaybe<Scalars['String']['input']>;
};

/** The cancelled order. */
export type CancelOrderPayload = {
  __typename?: 'CancelOrderPayload';
  /** The order after the change. */
  order: Order;
};

/** What an order needs beside the cart. */
export type CreateOrderInput = {
  /** Where the invoice goes; the shipping address where absent. */
  billingAddress?: InputMaybe<PostalAddressInput>;
  /** How it is paid. */
  paymentMethod: PaymentMethodInput;
  /** Where it goes. */
  shippingAddress: PostalAddressInput;
};

/** The order that was taken. */
export type CreateOrderPayload = {
  __typename?: 'CreateOrderPayload';
  /** The order as it was taken: pending. */
  order: Order;
  /** True where this is the stored answer of an earlier call with the same key. */
  replayed: Scalars['Boolean']['output'];
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
  /** Cancels an order of one's own, or as administrator anybody's, before shipment: stock and money go back. BUS_002 once it was shipped, RES_001 where one has no such order. */
  cancelOrder?: Maybe<CancelOrderPayload>;
  /** Orders the whole cart: reserves the stock, authorises the payment, takes the stock, empties the cart and answers with the pending order; capture confirms it. BUS_002 for an empty cart, an inactive product or a price other than last shown, BUS_001 where stock is short, BUS_003 where the payment is declined: in all of these the cart stays and nothing is charged. */
  createOrder?: Maybe<CreateOrderPayload>;
  /** Moves an order to another status. For administrators, else AUTH_004. BUS_002 for an illegal transition; shipping wants tracking (VAL_002). */
  updateOrderStatus?: Maybe<UpdateOrderStatusPayload>;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationCancelOrderArgs = {
  input: CancelOrderInput;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationCreateOrderArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: CreateOrderInput;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationUpdateOrderStatusArgs = {
  input: UpdateOrderStatusInput;
};

/** What a customer bought. */
export type Order = {
  __typename?: 'Order';
  /** Where the invoice goes. */
  billingAddress: PostalAddress;
  /** When it was taken. */
  createdAt: Scalars['DateTime']['output'];
  /** When it should arrive: five days after it was taken. */
  estimatedDelivery: Scalars['DateTime']['output'];
  /** Sum of quantities. */
  itemCount: Scalars['Int']['output'];
  /** The lines, as they were when ordered. */
  items: Array<OrderItem>;
  /** Opaque id, prefix ord_. */
  orderId: Scalars['ID']['output'];
  /** How it was paid; never the token. */
  paymentMethod: PaymentMethod;
  /** Where it goes. */
  shippingAddress: PostalAddress;
  /** Where the order stands. */
  status: OrderStatus;
  /** What it cost. */
  summary: OrderSummary;
  /** Every status it had, oldest first. */
  timeline: Array<TimelineEntry>;
  /** How to follow the parcel; null until there is one. */
  tracking?: Maybe<Tracking>;
  /** When it last changed. */
  updatedAt: Scalars['DateTime']['output'];
  /** Who ordered, with their account; fields beside userId are null while the users service is away. */
  user?: Maybe<User>;
  /** Who ordered. */
  userId: Scalars['ID']['output'];
};

/** A page of orders. */
export type OrderConnection = {
  __typename?: 'OrderConnection';
  /** Orders with their cursors. */
  edges: Array<OrderEdge>;
  /** The same orders without cursors. */
  nodes: Array<Order>;
  /** Where this page stands. */
  pageInfo: PageInfo;
  /** How many orders match in all. */
  totalCount: Scalars['Int']['output'];
};

/** An order at a place in a list. */
export type OrderEdge = {
  __typename?: 'OrderEdge';
  /** Pass as after to go on behind this order. */
  cursor: Scalars['String']['output'];
  /** The order. */
  node: Order;
};

/** One line of an order, as it was when ordered. */
export type OrderItem = {
  __typename?: 'OrderItem';
  /** Opaque id, prefix item_. */
  itemId: Scalars['ID']['output'];
  /** Name at the time. */
  name: Scalars['String']['output'];
  /** Price of one piece at the time. */
  price: Money;
  /** The product as it is now; null while the catalog is away, or where the product was taken off sale. */
  product?: Maybe<Product>;
  /** Id of the product. */
  productId: Scalars['ID']['output'];
  /** Number of pieces. */
  quantity: Scalars['Int']['output'];
  /** Price times quantity. */
  subtotal: Money;
};

/** Where an order stands. Confirmed may go straight to shipped. */
export type OrderStatus =
  /** Given up before shipment; stock and money went back. */
  | 'CANCELLED'
  /** Paid. */
  | 'CONFIRMED'
  /** Arrived. */
  | 'DELIVERED'
  /** Taken; the payment is not captured yet. */
  | 'PENDING'
  /** Being packed. */
  | 'PROCESSING'
  /** Paid back after shipment. */
  | 'REFUNDED'
  /** On its way. */
  | 'SHIPPED';

/** Sums of an order. */
export type OrderSummary = {
  __typename?: 'OrderSummary';
  /** Shipping fee. */
  shipping: Money;
  /** Sum of the lines. */
  subtotal: Money;
  /** Tax on the subtotal. */
  tax: Money;
  /** Subtotal, tax and shipping: what is charged. */
  total: Money;
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

/** What is kept of a means of payment. */
export type PaymentMethod = {
  __typename?: 'PaymentMethod';
  /** Card brand, such as visa; null where the provider tells none. */
  brand?: Maybe<Scalars['String']['output']>;
  /** Last four digits; null where the provider tells none. */
  last4?: Maybe<Scalars['String']['output']>;
  /** Its kind, such as credit_card. */
  type: Scalars['String']['output'];
};

/** A means of payment. */
export type PaymentMethodInput = {
  /** The payment provider's token, such as tok_visa_1234. Something that looks like a card number is refused. */
  token: Scalars['String']['input'];
  /** Its kind: credit_card or debit_card. */
  type: Scalars['String']['input'];
};

/** A postal address as written on an order. */
export type PostalAddress = {
  __typename?: 'PostalAddress';
  /** City or town. */
  city: Scalars['String']['output'];
  /** Country. */
  country: Scalars['String']['output'];
  /** State, province or region; empty where the country has none. */
  state: Scalars['String']['output'];
  /** Street and house number. */
  street: Scalars['String']['output'];
  /** Postal code. */
  zipCode: Scalars['String']['output'];
};

/** A postal address. */
export type PostalAddressInput = {
  /** 1 to 100 characters. */
  city: Scalars['String']['input'];
  /** 1 to 100 characters. */
  country: Scalars['String']['input'];
  /** At most 100 characters. */
  state: Scalars['String']['input'];
  /** 1 to 200 characters. */
  street: Scalars['String']['input'];
  /** 1 to 20 characters. */
  zipCode: Scalars['String']['input'];
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
  /** One's own order by id; null where one has no such order. Administrators see everybody's. AUTH_003 without a valid access token. */
  order?: Maybe<Order>;
  /** One's own orders, newest first. AUTH_003 without a valid access token. */
  orders?: Maybe<OrderConnection>;
};


/** Reading. A field that fails is null, with the reason in errors: one dead part leaves the others their answers. */
export type QueryOrderArgs = {
  orderId: Scalars['ID']['input'];
};


/** Reading. A field that fails is null, with the reason in errors: one dead part leaves the others their answers. */
export type QueryOrdersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  allUsers?: InputMaybe<Scalars['Boolean']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  limit?: InputMaybe<Scalars['Int']['input']>;
  page?: InputMaybe<Scalars['Int']['input']>;
  status?: InputMaybe<OrderStatus>;
};

/** A status an order had. */
export type TimelineEntry = {
  __typename?: 'TimelineEntry';
  /** What was noted; null where nothing. */
  note?: Maybe<Scalars['String']['output']>;
  /** The status. */
  status: OrderStatus;
  /** Since when. */
  timestamp: Scalars['DateTime']['output'];
};

/** How to follow a parcel. */
export type Tracking = {
  __typename?: 'Tracking';
  /** Carrier's name, such as UPS. */
  carrier: Scalars['String']['output'];
  /** The carrier's number. */
  trackingNumber: Scalars['String']['output'];
  /** Page that tells where the parcel is; null where the carrier is not known. */
  url?: Maybe<Scalars['String']['output']>;
};

/** How a parcel can be followed. */
export type TrackingInput = {
  /** Carrier's name; pages are known for UPS, USPS, FedEx and DHL. */
  carrier: Scalars['String']['input'];
  /** The carrier's number, 1 to 100 characters. */
  trackingNumber: Scalars['String']['input'];
  /** Page that tells where the parcel is; made from carrier and number where absent. */
  url?: InputMaybe<Scalars['String']['input']>;
};

/** A status to give. */
export type UpdateOrderStatusInput = {
  /** What to note in the timeline, at most 500 characters. */
  note?: InputMaybe<Scalars['String']['input']>;
  /** Which order. */
  orderId: Scalars['ID']['input'];
  /** The new status. */
  status: OrderStatus;
  /** The parcel; required for SHIPPED. */
  tracking?: InputMaybe<TrackingInput>;
};

/** The changed order. */
export type UpdateOrderStatusPayload = {
  __typename?: 'UpdateOrderStatusPayload';
  /** The order after the change. */
  order: Order;
};

/** A person with an account. */
export type User = {
  __typename?: 'User';
  /** The user's orders, newest first. Null where the viewer is neither that user nor an administrator, or while the orders service is away. */
  orders?: Maybe<OrderConnection>;
  /** Opaque id, prefix usr_. */
  userId: Scalars['ID']['output'];
};


/** A person with an account. */
export type UserOrdersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  limit?: InputMaybe<Scalars['Int']['input']>;
  page?: InputMaybe<Scalars['Int']['input']>;
  status?: InputMaybe<OrderStatus>;
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
  Order: Order;
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Order:
    ( { __typename: 'Order' }
    & GraphQLRecursivePick<FederationTypes['Order'], {"orderId":true}> );
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"userId":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  CancelOrderInput: ResolverTypeWrapper<Partial<CancelOrderInput>>;
  ID: ResolverTypeWrapper<Partial<Scalars['ID']['output']>>;
  String: ResolverTypeWrapper<Partial<Scalars['String']['output']>>;
  CancelOrderPayload: ResolverTypeWrapper<Partial<Omit<CancelOrderPayload, 'order'> & { order: ResolversTypes['Order'] }>>;
  CreateOrderInput: ResolverTypeWrapper<Partial<CreateOrderInput>>;
  CreateOrderPayload: ResolverTypeWrapper<Partial<Omit<CreateOrderPayload, 'order'> & { order: ResolversTypes['Order'] }>>;
  Boolean: ResolverTypeWrapper<Partial<Scalars['Boolean']['output']>>;
  DateTime: ResolverTypeWrapper<Partial<Scalars['DateTime']['output']>>;
  Decimal: ResolverTypeWrapper<Partial<Scalars['Decimal']['output']>>;
  Money: ResolverTypeWrapper<Partial<Money>>;
  Int: ResolverTypeWrapper<Partial<Scalars['Int']['output']>>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Order: ResolverTypeWrapper<OrderRecord>;
  OrderConnection: ResolverTypeWrapper<OrderPage>;
  OrderEdge: ResolverTypeWrapper<OrderPageEdge>;
  OrderItem: ResolverTypeWrapper<OrderItemRecord>;
  OrderStatus: ResolverTypeWrapper<Partial<OrderStatus>>;
  OrderSummary: ResolverTypeWrapper<Partial<OrderSummary>>;
  PageInfo: ResolverTypeWrapper<Partial<PageInfo>>;
  PaymentMethod: ResolverTypeWrapper<Partial<PaymentMethod>>;
  PaymentMethodInput: ResolverTypeWrapper<Partial<PaymentMethodInput>>;
  PostalAddress: ResolverTypeWrapper<Partial<PostalAddress>>;
  PostalAddressInput: ResolverTypeWrapper<Partial<PostalAddressInput>>;
  Product: ResolverTypeWrapper<Partial<Product>>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  TimelineEntry: ResolverTypeWrapper<TimelineRecord>;
  Tracking: ResolverTypeWrapper<Partial<Tracking>>;
  TrackingInput: ResolverTypeWrapper<Partial<TrackingInput>>;
  UpdateOrderStatusInput: ResolverTypeWrapper<Partial<UpdateOrderStatusInput>>;
  UpdateOrderStatusPayload: ResolverTypeWrapper<Partial<Omit<UpdateOrderStatusPayload, 'order'> & { order: ResolversTypes['Order'] }>>;
  User: ResolverTypeWrapper<Partial<Omit<User, 'orders'> & { orders?: Maybe<ResolversTypes['OrderConnection']> }>>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  CancelOrderInput: Partial<CancelOrderInput>;
  ID: Partial<Scalars['ID']['output']>;
  String: Partial<Scalars['String']['output']>;
  CancelOrderPayload: Partial<Omit<CancelOrderPayload, 'order'> & { order: ResolversParentTypes['Order'] }>;
  CreateOrderInput: Partial<CreateOrderInput>;
  CreateOrderPayload: Partial<Omit<CreateOrderPayload, 'order'> & { order: ResolversParentTypes['Order'] }>;
  Boolean: Partial<Scalars['Boolean']['output']>;
  DateTime: Partial<Scalars['DateTime']['output']>;
  Decimal: Partial<Scalars['Decimal']['output']>;
  Money: Partial<Money>;
  Int: Partial<Scalars['Int']['output']>;
  Mutation: Record<PropertyKey, never>;
  Order: OrderRecord;
  OrderConnection: OrderPage;
  OrderEdge: OrderPageEdge;
  OrderItem: OrderItemRecord;
  OrderSummary: Partial<OrderSummary>;
  PageInfo: Partial<PageInfo>;
  PaymentMethod: Partial<PaymentMethod>;
  PaymentMethodInput: Partial<PaymentMethodInput>;
  PostalAddress: Partial<PostalAddress>;
  PostalAddressInput: Partial<PostalAddressInput>;
  Product: Partial<Product>;
  Query: Record<PropertyKey, never>;
  TimelineEntry: TimelineRecord;
  Tracking: Partial<Tracking>;
  TrackingInput: Partial<TrackingInput>;
  UpdateOrderStatusInput: Partial<UpdateOrderStatusInput>;
  UpdateOrderStatusPayload: Partial<Omit<UpdateOrderStatusPayload, 'order'> & { order: ResolversParentTypes['Order'] }>;
  User: Partial<Omit<User, 'orders'> & { orders?: Maybe<ResolversParentTypes['OrderConnection']> } | FederationReferenceTypes['User']>;
};

export type CancelOrderPayloadResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['CancelOrderPayload'] = ResolversParentTypes['CancelOrderPayload']> = {
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
};

export type CreateOrderPayloadResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['CreateOrderPayload'] = ResolversParentTypes['CreateOrderPayload']> = {
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export type MoneyResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  cents?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  currencyCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  cancelOrder?: Resolver<Maybe<ResolversTypes['CancelOrderPayload']>, ParentType, ContextType, RequireFields<MutationCancelOrderArgs, 'input'>>;
  createOrder?: Resolver<Maybe<ResolversTypes['CreateOrderPayload']>, ParentType, ContextType, RequireFields<MutationCreateOrderArgs, 'input'>>;
  updateOrderStatus?: Resolver<Maybe<ResolversTypes['UpdateOrderStatusPayload']>, ParentType, ContextType, RequireFields<MutationUpdateOrderStatusArgs, 'input'>>;
};

export type OrderResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['Order'] = ResolversParentTypes['Order'], FederationReferenceType extends FederationReferenceTypes['Order'] = FederationReferenceTypes['Order']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Order']> | FederationReferenceType, FederationReferenceType, ContextType>;
  billingAddress?: Resolver<ResolversTypes['PostalAddress'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  estimatedDelivery?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  itemCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  items?: Resolver<Array<ResolversTypes['OrderItem']>, ParentType, ContextType>;
  orderId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  paymentMethod?: Resolver<ResolversTypes['PaymentMethod'], ParentType, ContextType>;
  shippingAddress?: Resolver<ResolversTypes['PostalAddress'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['OrderStatus'], ParentType, ContextType>;
  summary?: Resolver<ResolversTypes['OrderSummary'], ParentType, ContextType>;
  timeline?: Resolver<Array<ResolversTypes['TimelineEntry']>, ParentType, ContextType>;
  tracking?: Resolver<Maybe<ResolversTypes['Tracking']>, ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type OrderConnectionResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['OrderConnection'] = ResolversParentTypes['OrderConnection']> = {
  edges?: Resolver<Array<ResolversTypes['OrderEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Order']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type OrderEdgeResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['OrderEdge'] = ResolversParentTypes['OrderEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
};

export type OrderItemResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['OrderItem'] = ResolversParentTypes['OrderItem']> = {
  itemId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  price?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  productId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  subtotal?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type OrderSummaryResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['OrderSummary'] = ResolversParentTypes['OrderSummary']> = {
  shipping?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  subtotal?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  tax?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PaymentMethodResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['PaymentMethod'] = ResolversParentTypes['PaymentMethod']> = {
  brand?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  last4?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PostalAddressResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['PostalAddress'] = ResolversParentTypes['PostalAddress']> = {
  city?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  country?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  street?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  zipCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ProductResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['Product'] = ResolversParentTypes['Product']> = {
  productId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType, RequireFields<QueryOrderArgs, 'orderId'>>;
  orders?: Resolver<Maybe<ResolversTypes['OrderConnection']>, ParentType, ContextType, Partial<QueryOrdersArgs>>;
};

export type TimelineEntryResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['TimelineEntry'] = ResolversParentTypes['TimelineEntry']> = {
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['OrderStatus'], ParentType, ContextType>;
  timestamp?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type TrackingResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['Tracking'] = ResolversParentTypes['Tracking']> = {
  carrier?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  trackingNumber?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type UpdateOrderStatusPayloadResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['UpdateOrderStatusPayload'] = ResolversParentTypes['UpdateOrderStatusPayload']> = {
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
};

export type UserResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  orders?: Resolver<Maybe<ResolversTypes['OrderConnection']>, ParentType, ContextType, Partial<UserOrdersArgs>>;
  userId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type Resolvers<ContextType = OrdersContext> = {
  CancelOrderPayload?: CancelOrderPayloadResolvers<ContextType>;
  CreateOrderPayload?: CreateOrderPayloadResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Order?: OrderResolvers<ContextType>;
  OrderConnection?: OrderConnectionResolvers<ContextType>;
  OrderEdge?: OrderEdgeResolvers<ContextType>;
  OrderItem?: OrderItemResolvers<ContextType>;
  OrderSummary?: OrderSummaryResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PaymentMethod?: PaymentMethodResolvers<ContextType>;
  PostalAddress?: PostalAddressResolvers<ContextType>;
  Product?: ProductResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  TimelineEntry?: TimelineEntryResolvers<ContextType>;
  Tracking?: TrackingResolvers<ContextType>;
  UpdateOrderStatusPayload?: UpdateOrderStatusPayloadResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
};

