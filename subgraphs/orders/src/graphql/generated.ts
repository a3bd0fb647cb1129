import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { AuditRecord } from '@commerce/kit/audit-log';
import type { AuditPage, AuditPageEdge } from '@commerce/kit/audit-page';
import type { OrderRecord, OrderItemRecord, TimelineRecord } from '../data/order-record.ts';
import type { OrderPage, OrderPageEdge } from './order-page.ts';
import type { RefundRecord } from '../data/refund-record.ts';
import type { ReceiptView } from './receipt-view.ts';
import type { ParkedCheckoutRecord } from '../data/parked-checkouts.ts';
import type { ParkedCheckoutPage, ParkedCheckoutPageEdge } from './parked-checkouts.ts';
import type { ParkedWorkRecord } from '../data/parked-work.ts';
import type { ParkedWorkPage, ParkedWorkPageEdge } from './parked-work.ts';
import type { EventRecord, EventData } from '../data/event-rows.ts';
import type { EventRefund, EventPage, EventPageEdge } from './event-page.ts';
import type { EndpointRecord, DeliveryRecord } from '../data/webhook-record.ts';
import type { DeliveryPage, DeliveryPageEdge } from './webhook-page.ts';
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

/** What is known to have been done for an order. */
export type CheckoutState =
  /** The payment is authorised; the stock may be taken. */
  | 'AUTHORISED'
  /** Stock is held; the payment may be authorised. */
  | 'AUTHORISING'
  /** The money is taken; the cart may still hold the pieces. */
  | 'CAPTURED'
  /** The money may be taken. */
  | 'CAPTURING'
  /** The stock is taken: the order stands. */
  | 'COMMITTED'
  /** Nothing is left to do. */
  | 'DONE'
  /** All is back. */
  | 'FAILED'
  /** Money is back; stock goes back. */
  | 'RELEASING'
  /** Recorded; stock may be held. */
  | 'STARTED'
  /** Money goes back. */
  | 'VOIDING';

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

/** Whom to tell of events. */
export type CreateWebhookEndpointInput = {
  /** What it is for, at most 500 characters. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** Types of events to send; all where absent or null. */
  eventTypes?: InputMaybe<Array<OrderEventType>>;
  /** Where to send events by POST: http(s), in production https and a public address; without user and password, at most 2,000 characters. */
  url: Scalars['String']['input'];
};

/** The endpoint that was made. */
export type CreateWebhookEndpointPayload = {
  __typename?: 'CreateWebhookEndpointPayload';
  /** The endpoint. */
  endpoint: WebhookEndpoint;
  /** Key of the signatures: whsec_ and 32 bytes in base64. It is shown this once. */
  secret: Scalars['String']['output'];
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
  /** Orders, hidden ones too, with lines, refunds, timelines and mails, newest first, 100 at a time. Null to anybody else, or while the orders service is away. */
  orders?: Maybe<ExportedPart>;
  /** Whose data it is. */
  userId: Scalars['ID']['output'];
};


/** All that a shop keeps of one person, a part from each subgraph. Only that person gets it. */
export type DataExportOrdersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
};

/** Which endpoint to remove. */
export type DeleteWebhookEndpointInput = {
  /** Which endpoint. */
  endpointId: Scalars['ID']['input'];
};

/** The removed endpoint. */
export type DeleteWebhookEndpointPayload = {
  __typename?: 'DeleteWebhookEndpointPayload';
  /** Its id. */
  endpointId: Scalars['ID']['output'];
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
  /** Cancels an order of one's own, or as administrator anybody's, before shipment: stock and money go back. BUS_002 once it was shipped, RES_001 where one has no such order. */
  cancelOrder?: Maybe<CancelOrderPayload>;
  /** Orders the whole cart: reserves the stock, authorises the payment, takes the stock, empties the cart and answers with the pending order; capture confirms it. Undecided after 8 seconds, the pending order is the answer, and it is confirmed or cancelled later. BUS_002 for an empty cart, an inactive product or a price other than last shown, BUS_001 where stock is short, BUS_003 where the payment is declined: in all of these the cart stays and nothing is charged. */
  createOrder?: Maybe<CreateOrderPayload>;
  /** Has somebody told of events over HTTP from now on. Deliveries are signed as Standard Webhooks says: webhook-signature holds v1 and the HMAC-SHA256 of webhook-id, webhook-timestamp and the body, joined by dots. At least once: webhook-id is the event's id, the same at each attempt. For administrators, else AUTH_004. BUS_002 where there are 32 endpoints. */
  createWebhookEndpoint?: Maybe<CreateWebhookEndpointPayload>;
  /** Removes an endpoint with its deliveries. For administrators, else AUTH_004. RES_001 where there is no such endpoint. */
  deleteWebhookEndpoint?: Maybe<DeleteWebhookEndpointPayload>;
  /** For the users service: takes the person out of the customer's orders, keeps the orders, and refuses further ones. Orders that are not final keep what delivery needs until they are. Repeating it only tells how far it is. */
  eraseCustomerInOrders: CustomerErasure;
  /** Says that the money of a refund that the payment provider refused, and that is parked, is paid back in another way: the provider is asked for it no more, its pieces go back. To be said first, and paid then: until it is said, a retry may have the provider pay. For administrators, else AUTH_004. RES_001 where no such refund is parked because it was refused; any other one may still be paid. */
  noteRefundPaidElsewhere?: Maybe<NoteRefundPaidElsewherePayload>;
  /** For the router: hands on what the payment provider's webhook brought. AUTH_003 where the signature is not the provider's, or old. */
  receivePaymentWebhook: PaymentWebhookPayload;
  /** Gives back money of a paid order, all that is left or a part, and pieces into the stock. For administrators, else AUTH_004. BUS_002 where the order is not paid, more is asked for than is left, or all of it before shipment: that is a cancellation. */
  refundOrder?: Maybe<RefundOrderPayload>;
  /** Delivers an event to an endpoint again, also one that was delivered, given up, or of a type that it does not want. For administrators, else AUTH_004. RES_001 where there is no such endpoint or event, BUS_002 where the endpoint is not active. */
  replayWebhookDelivery?: Maybe<ReplayWebhookDeliveryPayload>;
  /** Takes a parked checkout, and parked refunds, mails and payment provider's messages of its order, up again at once. For administrators, else AUTH_004. RES_001 where nothing of the order is parked. */
  retryCheckout?: Maybe<RetryCheckoutPayload>;
  /** Moves an order to another status. For administrators, else AUTH_004. BUS_002 for an illegal transition; shipping wants tracking (VAL_002). */
  updateOrderStatus?: Maybe<UpdateOrderStatusPayload>;
  /** Changes an endpoint; what is absent stays. For administrators, else AUTH_004. RES_001 where there is no such endpoint. */
  updateWebhookEndpoint?: Maybe<UpdateWebhookEndpointPayload>;
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
export type MutationCreateWebhookEndpointArgs = {
  input: CreateWebhookEndpointInput;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationDeleteWebhookEndpointArgs = {
  input: DeleteWebhookEndpointInput;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationEraseCustomerInOrdersArgs = {
  input: EraseCustomerInput;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationNoteRefundPaidElsewhereArgs = {
  input: NoteRefundPaidElsewhereInput;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationReceivePaymentWebhookArgs = {
  input: PaymentWebhookInput;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationRefundOrderArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: RefundOrderInput;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationReplayWebhookDeliveryArgs = {
  input: ReplayWebhookDeliveryInput;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationRetryCheckoutArgs = {
  input: RetryCheckoutInput;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationUpdateOrderStatusArgs = {
  input: UpdateOrderStatusInput;
};


/** Writing. A field that fails is null, with the reason in errors: what succeeded beside it still answers. */
export type MutationUpdateWebhookEndpointArgs = {
  input: UpdateWebhookEndpointInput;
};

/** A refund that was paid back elsewhere. */
export type NoteRefundPaidElsewhereInput = {
  /** Of which order. */
  orderId: Scalars['ID']['input'];
  /** Which of its refunds. */
  refundId: Scalars['ID']['input'];
};

/** The refund. */
export type NoteRefundPaidElsewherePayload = {
  __typename?: 'NoteRefundPaidElsewherePayload';
  /** The order after the change. */
  order: Order;
  /** The refund as it stands. */
  refund: Refund;
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
  /** How each cent came about; null for orders older than receipts. */
  receipt?: Maybe<Receipt>;
  /** What went back, or is going back, by refunds; of a cancelled order all that was taken goes back beside it. */
  refundedAmount: Money;
  /** The refunds, oldest first. */
  refunds: Array<Refund>;
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

/** Something that happened to an order. */
export type OrderEvent = {
  __typename?: 'OrderEvent';
  /** The order as it was then; null where it is kept in a form that is no longer read. */
  data?: Maybe<OrderEventData>;
  /** Opaque id, prefix evt_; the webhook-id of its deliveries. */
  eventId: Scalars['ID']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The order as it is now; null where it is gone. */
  order?: Maybe<Order>;
  /** To which order. */
  orderId: Scalars['ID']['output'];
  /** Place in the feed: one more than the place of the event before. */
  position: Scalars['Int']['output'];
  /** Where the order stood then; null where data is. */
  status?: Maybe<OrderStatus>;
  /** What happened. */
  type: OrderEventType;
};

/** A page of events. */
export type OrderEventConnection = {
  __typename?: 'OrderEventConnection';
  /** Events with their cursors. */
  edges: Array<OrderEventEdge>;
  /** The same events without cursors. */
  nodes: Array<OrderEvent>;
  /** Where this page stands. */
  pageInfo: PageInfo;
  /** How many events are kept in all. */
  totalCount: Scalars['Int']['output'];
};

/** An order as it was at an event. */
export type OrderEventData = {
  __typename?: 'OrderEventData';
  /** When the order was made. */
  createdAt: Scalars['DateTime']['output'];
  /** Sum of quantities. */
  itemCount: Scalars['Int']['output'];
  /** The refund that the event is about; null for all types but REFUND_SUCCEEDED and REFUND_FAILED. */
  refund?: Maybe<OrderEventRefund>;
  /** What had gone back, or was going back, by refunds. */
  refundedAmount: Money;
  /** Shipping fee. */
  shipping: Money;
  /** Sum of the lines. */
  subtotal: Money;
  /** Tax on the subtotal. */
  tax: Money;
  /** Subtotal, tax and shipping. */
  total: Money;
  /** How to follow the parcel; null where there was none. */
  tracking?: Maybe<Tracking>;
  /** When it had last changed. */
  updatedAt: Scalars['DateTime']['output'];
  /** Who ordered. */
  userId: Scalars['ID']['output'];
};

/** An event at a place in the feed. */
export type OrderEventEdge = {
  __typename?: 'OrderEventEdge';
  /** Pass as after to go on behind this event. */
  cursor: Scalars['String']['output'];
  /** The event. */
  node: OrderEvent;
};

/** A refund that an event is about. */
export type OrderEventRefund = {
  __typename?: 'OrderEventRefund';
  /** What went back. */
  amount: Money;
  /** Opaque id, prefix rfd_. */
  refundId: Scalars['ID']['output'];
};

/** What can happen to an order. */
export type OrderEventType =
  /** It was given up before shipment. */
  | 'ORDER_CANCELLED'
  /** It is paid. */
  | 'ORDER_CONFIRMED'
  /** It was taken: stock is out, the payment is authorised. */
  | 'ORDER_CREATED'
  /** It has arrived. */
  | 'ORDER_DELIVERED'
  /** It is being packed. */
  | 'ORDER_PROCESSING'
  /** All of it was paid back. */
  | 'ORDER_REFUNDED'
  /** It is on its way. */
  | 'ORDER_SHIPPED'
  /** Money of it that had gone back came back to the provider, and is owed again. Once it went back after all, REFUND_SUCCEEDED follows. */
  | 'REFUND_FAILED'
  /** Money of it went back, all or a part. */
  | 'REFUND_SUCCEEDED';

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

/** A checkout that did not get on and was given up until somebody looks into it. */
export type ParkedCheckout = {
  __typename?: 'ParkedCheckout';
  /** Times it was tried without getting on. */
  attempts: Scalars['Int']['output'];
  /** What kept it from getting on; null where it ended with its process. */
  lastError?: Maybe<Scalars['String']['output']>;
  /** Id of its order, which customers may not see yet. */
  orderId: Scalars['ID']['output'];
  /** Since when it is parked. */
  parkedAt: Scalars['DateTime']['output'];
  /** What is known to have been done. */
  state: CheckoutState;
  /** Total of the order. */
  total: Money;
  /** Who ordered. */
  userId: Scalars['ID']['output'];
};

/** A page of parked checkouts. */
export type ParkedCheckoutConnection = {
  __typename?: 'ParkedCheckoutConnection';
  /** Checkouts with their cursors. */
  edges: Array<ParkedCheckoutEdge>;
  /** The same checkouts without cursors. */
  nodes: Array<ParkedCheckout>;
  /** Where this page stands. */
  pageInfo: PageInfo;
  /** How many are parked in all. */
  totalCount: Scalars['Int']['output'];
};

/** A parked checkout at a place in the list. */
export type ParkedCheckoutEdge = {
  __typename?: 'ParkedCheckoutEdge';
  /** Pass as after to go on behind it. */
  cursor: Scalars['String']['output'];
  /** The checkout. */
  node: ParkedCheckout;
};

/** Something that was given up until somebody looks into it. Webhook deliveries are taken up again by replayWebhookDelivery, all else by retryCheckout. */
export type ParkedWork = {
  __typename?: 'ParkedWork';
  /** Times it was tried without success. */
  attempts: Scalars['Int']['output'];
  /** What it is. */
  kind: ParkedWorkKind;
  /** What kept it; null where that is not known. */
  lastError?: Maybe<Scalars['String']['output']>;
  /** Id of the order that it belongs to, which customers may not see yet; null for a payment provider's message about none of our orders. */
  orderId?: Maybe<Scalars['ID']['output']>;
  /** Since when it is parked. */
  parkedAt: Scalars['DateTime']['output'];
  /** Which one of its kind. CHECKOUT: the order's id. REFUND: the refund's id. MAIL: the mail's kind. WEBHOOK: the endpoint's id and the event's id, joined by a colon. PROVIDER_MESSAGE: the message's id. */
  subject: Scalars['String']['output'];
};

/** A page of parked work. */
export type ParkedWorkConnection = {
  __typename?: 'ParkedWorkConnection';
  /** Work with its cursors. */
  edges: Array<ParkedWorkEdge>;
  /** The same work without cursors. */
  nodes: Array<ParkedWork>;
  /** Where this page stands. */
  pageInfo: PageInfo;
  /** How much is parked in all. */
  totalCount: Scalars['Int']['output'];
};

/** Parked work at a place in the list. */
export type ParkedWorkEdge = {
  __typename?: 'ParkedWorkEdge';
  /** Pass as after to go on behind it. */
  cursor: Scalars['String']['output'];
  /** The work. */
  node: ParkedWork;
};

/** Kinds of work that can be parked. */
export type ParkedWorkKind =
  /** The checkout of an order. */
  | 'CHECKOUT'
  /** A mail to a customer. */
  | 'MAIL'
  /** What the payment provider said by itself. */
  | 'PROVIDER_MESSAGE'
  /** Money, and maybe pieces, that are to go back. */
  | 'REFUND'
  /** An event on its way to a webhook's endpoint. */
  | 'WEBHOOK';

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

/** A message of the payment provider, as it came. */
export type PaymentWebhookInput = {
  /** The body, to the byte. */
  payload: Scalars['String']['input'];
  /** The provider's signature header. */
  signature: Scalars['String']['input'];
};

/** That the message is kept. */
export type PaymentWebhookPayload = {
  __typename?: 'PaymentWebhookPayload';
  /** False where it had come before. */
  received: Scalars['Boolean']['output'];
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
  /** Privileged acts on orders and webhooks, newest first. For administrators, else AUTH_004. */
  orderAuditLog?: Maybe<AuditLogConnection>;
  /** What became of orders, in the order in which it became known: each event once, places without gaps. Whoever asks again with the last cursor misses nothing and gets nothing twice. Events are kept for 90 days; VAL_001 for a cursor that is older. For administrators, else AUTH_004. */
  orderEvents?: Maybe<OrderEventConnection>;
  /** One's own orders, newest first. AUTH_003 without a valid access token. */
  orders?: Maybe<OrderConnection>;
  /** Checkouts that were given up until somebody looks into them, longest parked first. For administrators, else AUTH_004. */
  parkedCheckouts?: Maybe<ParkedCheckoutConnection>;
  /** Work of every kind that was given up until somebody looks into it, longest parked first. For administrators, else AUTH_004. */
  parkedWork?: Maybe<ParkedWorkConnection>;
  /** One of them by id; null where there is none. For administrators, else AUTH_004. */
  webhookEndpoint?: Maybe<WebhookEndpoint>;
  /** Everybody who is told of events over HTTP, oldest first; at most 32. For administrators, else AUTH_004. */
  webhookEndpoints?: Maybe<Array<WebhookEndpoint>>;
};


/** Reading. A field that fails is null, with the reason in errors: one dead part leaves the others their answers. */
export type QueryOrderArgs = {
  orderId: Scalars['ID']['input'];
};


/** Reading. A field that fails is null, with the reason in errors: one dead part leaves the others their answers. */
export type QueryOrderAuditLogArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AuditLogFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Reading. A field that fails is null, with the reason in errors: one dead part leaves the others their answers. */
export type QueryOrderEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
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


/** Reading. A field that fails is null, with the reason in errors: one dead part leaves the others their answers. */
export type QueryParkedCheckoutsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Reading. A field that fails is null, with the reason in errors: one dead part leaves the others their answers. */
export type QueryParkedWorkArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Reading. A field that fails is null, with the reason in errors: one dead part leaves the others their answers. */
export type QueryWebhookEndpointArgs = {
  endpointId: Scalars['ID']['input'];
};

/** How each cent of an order came about: lines, tax rule, rounding, shipping. */
export type Receipt = {
  __typename?: 'Receipt';
  /** What each line costs. */
  lines: Array<ReceiptLine>;
  /** Total less what went back by refunds. */
  net: Money;
  /** What went back, or is going back, by refunds. */
  refunded: Money;
  /** Shipping, with its rule. */
  shipping: ReceiptShipping;
  /** Sum of the lines. */
  subtotal: Money;
  /** Tax, with its rule. */
  tax: ReceiptTax;
  /** Subtotal, tax and shipping. */
  total: Money;
};

/** A line of a receipt: quantity times unit price is the amount, exactly. */
export type ReceiptLine = {
  __typename?: 'ReceiptLine';
  /** Unit price times quantity. */
  amount: Money;
  /** Name at the time. */
  name: Scalars['String']['output'];
  /** Id of the product. */
  productId: Scalars['ID']['output'];
  /** Number of pieces. */
  quantity: Scalars['Int']['output'];
  /** Price of one piece. */
  unitPrice: Money;
};

/** Shipping on a receipt: a flat fee, untaxed. */
export type ReceiptShipping = {
  __typename?: 'ReceiptShipping';
  /** The fee that is charged. */
  amount: Money;
  /** The fee of an order, whatever it holds. */
  flatFee: Money;
};

/** Tax on a receipt: base times rate, rounded once. */
export type ReceiptTax = {
  __typename?: 'ReceiptTax';
  /** The tax that is charged. */
  amount: Money;
  /** What is taxed: the subtotal. Shipping is not. */
  base: Money;
  /** Base times rate before rounding, in units of the currency with up to six places: "15.9984". */
  exact: Scalars['String']['output'];
  /** The rate in hundredths of a per cent: 800 is 8 %. */
  rateBasisPoints: Scalars['Int']['output'];
  /** How a fraction of a cent was rounded. */
  rounding: TaxRounding;
  /** What rounding added to the exact tax, in millionths of the currency's unit: -8400 for 15.9984 rounded to 15.99. */
  roundingMicros: Scalars['Int']['output'];
};

/** Money that went back, or is going back. */
export type Refund = {
  __typename?: 'Refund';
  /** How much. */
  amount: Money;
  /** When it was asked for. */
  createdAt: Scalars['DateTime']['output'];
  /** True where an administrator says that it was paid back in another way than by the payment provider. */
  paidElsewhere: Scalars['Boolean']['output'];
  /** Why; null where nothing was said. */
  reason?: Maybe<Scalars['String']['output']>;
  /** Opaque id, prefix rfd_. */
  refundId: Scalars['ID']['output'];
  /** When the money went back; null before. */
  refundedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Pieces that go back into the stock with it. */
  restock: Array<RestockedLine>;
  /** Where it stands. */
  state: RefundState;
};

/** Money to give back. */
export type RefundOrderInput = {
  /** How much, above 0; all that is left where absent. */
  amount?: InputMaybe<Scalars['Decimal']['input']>;
  /** Which order. */
  orderId: Scalars['ID']['input'];
  /** Why, at most 500 characters. */
  reason?: InputMaybe<Scalars['String']['input']>;
  /** Pieces that go back into the stock; none where absent. */
  restock?: InputMaybe<Array<RestockInput>>;
};

/** The refund. */
export type RefundOrderPayload = {
  __typename?: 'RefundOrderPayload';
  /** The order after the change. */
  order: Order;
  /** The refund as it stands: DONE where all went well at once. */
  refund: Refund;
  /** True where this is the refund of an earlier call with the same key. */
  replayed: Scalars['Boolean']['output'];
};

/** Where a refund stands. */
export type RefundState =
  /** All is back. */
  | 'DONE'
  /** The money is back; pieces go back into the stock. */
  | 'REFUNDED'
  /** The provider gives nothing back, for good. */
  | 'REFUSED'
  /** Asked for, or owed: the money is on its way, the provider is away, or it has refused and an administrator has to look into it. */
  | 'REQUESTED';

/** What to deliver again. */
export type ReplayWebhookDeliveryInput = {
  /** Where to. */
  endpointId: Scalars['ID']['input'];
  /** Which event. */
  eventId: Scalars['ID']['input'];
};

/** The delivery that was queued again. */
export type ReplayWebhookDeliveryPayload = {
  __typename?: 'ReplayWebhookDeliveryPayload';
  /** The delivery, pending. */
  delivery: WebhookDelivery;
};

/** Pieces to put back into the stock. */
export type RestockInput = {
  /** Which product of the order. */
  productId: Scalars['ID']['input'];
  /** How many, at most as many as were ordered and are not back yet. */
  quantity: Scalars['Int']['input'];
};

/** Pieces that go back into the stock. */
export type RestockedLine = {
  __typename?: 'RestockedLine';
  /** Id of the product. */
  productId: Scalars['ID']['output'];
  /** Number of pieces. */
  quantity: Scalars['Int']['output'];
};

/** What to take up again. */
export type RetryCheckoutInput = {
  /** Which order. */
  orderId: Scalars['ID']['input'];
};

/** That it is taken up again. */
export type RetryCheckoutPayload = {
  __typename?: 'RetryCheckoutPayload';
  /** Id of the order. */
  orderId: Scalars['ID']['output'];
};

/** How a fraction of a cent of tax is rounded. */
export type TaxRounding =
  /** Down to the whole cent. */
  | 'DOWN'
  /** To the nearest cent; half a cent goes up. */
  | 'HALF_UP'
  /** Up to the whole cent. */
  | 'UP';

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

/** Changes of an endpoint. */
export type UpdateWebhookEndpointInput = {
  /** What it is for, at most 500 characters; null removes it, stays where absent. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** Which endpoint. */
  endpointId: Scalars['ID']['input'];
  /** Types of events to send from now on; null for all, stays where absent. */
  eventTypes?: InputMaybe<Array<OrderEventType>>;
  /** Whether to send events; stays where absent or null. */
  isActive?: InputMaybe<Scalars['Boolean']['input']>;
  /** Where to send events, as on creation; stays where absent or null. */
  url?: InputMaybe<Scalars['String']['input']>;
};

/** The changed endpoint. */
export type UpdateWebhookEndpointPayload = {
  __typename?: 'UpdateWebhookEndpointPayload';
  /** The endpoint after the change. */
  endpoint: WebhookEndpoint;
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

/** An event on its way to an endpoint. */
export type WebhookDelivery = {
  __typename?: 'WebhookDelivery';
  /** How often it was sent since it was queued or replayed. */
  attempts: Scalars['Int']['output'];
  /** When it was queued. */
  createdAt: Scalars['DateTime']['output'];
  /** When it was delivered; null where it is not. */
  deliveredAt?: Maybe<Scalars['DateTime']['output']>;
  /** The event. */
  event: OrderEvent;
  /** Id of the event. */
  eventId: Scalars['ID']['output'];
  /** Why the last attempt failed; null where none did. */
  lastError?: Maybe<Scalars['String']['output']>;
  /** HTTP status of the last answer; null where there was none. */
  lastStatus?: Maybe<Scalars['Int']['output']>;
  /** When it is sent next at the earliest; null where it is not pending. */
  nextAttemptAt?: Maybe<Scalars['DateTime']['output']>;
  /** Where the delivery stands. */
  status: WebhookDeliveryStatus;
};

/** A page of deliveries. */
export type WebhookDeliveryConnection = {
  __typename?: 'WebhookDeliveryConnection';
  /** Deliveries with their cursors. */
  edges: Array<WebhookDeliveryEdge>;
  /** The same deliveries without cursors. */
  nodes: Array<WebhookDelivery>;
  /** Where this page stands. */
  pageInfo: PageInfo;
  /** How many deliveries match in all. */
  totalCount: Scalars['Int']['output'];
};

/** A delivery at a place in a list. */
export type WebhookDeliveryEdge = {
  __typename?: 'WebhookDeliveryEdge';
  /** Pass as after to go on behind this delivery. */
  cursor: Scalars['String']['output'];
  /** The delivery. */
  node: WebhookDelivery;
};

/** Where a delivery stands. */
export type WebhookDeliveryStatus =
  /** Answered with a status of 200 to 299. */
  | 'DELIVERED'
  /** Given up after three days, or because the endpoint answered 410; may be replayed. */
  | 'PARKED'
  /** To be sent, for the first time or again. */
  | 'PENDING';

/** Somebody who is told of events over HTTP. */
export type WebhookEndpoint = {
  __typename?: 'WebhookEndpoint';
  /** When it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** Its deliveries, newest first. Those that are delivered or given up are kept for 30 days. */
  deliveries: WebhookDeliveryConnection;
  /** What it is for; null where nothing was said. */
  description?: Maybe<Scalars['String']['output']>;
  /** Opaque id, prefix whe_. */
  endpointId: Scalars['ID']['output'];
  /** Types of events that are sent; null for all. */
  eventTypes?: Maybe<Array<OrderEventType>>;
  /** Whether events are sent. An endpoint that answers 410 is no longer active; what waits for it is kept until it is again. */
  isActive: Scalars['Boolean']['output'];
  /** Where events are sent by POST. */
  url: Scalars['String']['output'];
};


/** Somebody who is told of events over HTTP. */
export type WebhookEndpointDeliveriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  status?: InputMaybe<WebhookDeliveryStatus>;
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
  DataExport: DataExport;
  Order: Order;
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  DataExport:
    ( { __typename: 'DataExport' }
    & GraphQLRecursivePick<FederationTypes['DataExport'], {"userId":true}> );
  Order:
    ( { __typename: 'Order' }
    & GraphQLRecursivePick<FederationTypes['Order'], {"orderId":true}> );
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"userId":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AuditEntry: ResolverTypeWrapper<AuditRecord>;
  ID: ResolverTypeWrapper<Partial<Scalars['ID']['output']>>;
  AuditLogConnection: ResolverTypeWrapper<AuditPage>;
  Int: ResolverTypeWrapper<Partial<Scalars['Int']['output']>>;
  AuditLogEdge: ResolverTypeWrapper<AuditPageEdge>;
  AuditLogFilter: ResolverTypeWrapper<Partial<AuditLogFilter>>;
  CancelOrderInput: ResolverTypeWrapper<Partial<CancelOrderInput>>;
  CancelOrderPayload: ResolverTypeWrapper<Partial<Omit<CancelOrderPayload, 'order'> & { order: ResolversTypes['Order'] }>>;
  CheckoutState: ResolverTypeWrapper<Partial<CheckoutState>>;
  CreateOrderInput: ResolverTypeWrapper<Partial<CreateOrderInput>>;
  CreateOrderPayload: ResolverTypeWrapper<Partial<Omit<CreateOrderPayload, 'order'> & { order: ResolversTypes['Order'] }>>;
  CreateWebhookEndpointInput: ResolverTypeWrapper<Partial<CreateWebhookEndpointInput>>;
  CreateWebhookEndpointPayload: ResolverTypeWrapper<Partial<Omit<CreateWebhookEndpointPayload, 'endpoint'> & { endpoint: ResolversTypes['WebhookEndpoint'] }>>;
  CustomerErasure: ResolverTypeWrapper<Partial<CustomerErasure>>;
  DataExport: ResolverTypeWrapper<Partial<DataExport>>;
  DateTime: ResolverTypeWrapper<Partial<Scalars['DateTime']['output']>>;
  Decimal: ResolverTypeWrapper<Partial<Scalars['Decimal']['output']>>;
  DeleteWebhookEndpointInput: ResolverTypeWrapper<Partial<DeleteWebhookEndpointInput>>;
  DeleteWebhookEndpointPayload: ResolverTypeWrapper<Partial<DeleteWebhookEndpointPayload>>;
  EraseCustomerInput: ResolverTypeWrapper<Partial<EraseCustomerInput>>;
  ErasureCount: ResolverTypeWrapper<Partial<ErasureCount>>;
  ExportedCount: ResolverTypeWrapper<Partial<ExportedCount>>;
  ExportedPart: ResolverTypeWrapper<Partial<ExportedPart>>;
  Json: ResolverTypeWrapper<Partial<Scalars['Json']['output']>>;
  Money: ResolverTypeWrapper<Partial<Money>>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NoteRefundPaidElsewhereInput: ResolverTypeWrapper<Partial<NoteRefundPaidElsewhereInput>>;
  NoteRefundPaidElsewherePayload: ResolverTypeWrapper<Partial<Omit<NoteRefundPaidElsewherePayload, 'order' | 'refund'> & { order: ResolversTypes['Order'], refund: ResolversTypes['Refund'] }>>;
  Order: ResolverTypeWrapper<OrderRecord>;
  OrderConnection: ResolverTypeWrapper<OrderPage>;
  OrderEdge: ResolverTypeWrapper<OrderPageEdge>;
  OrderEvent: ResolverTypeWrapper<EventRecord>;
  OrderEventConnection: ResolverTypeWrapper<EventPage>;
  OrderEventData: ResolverTypeWrapper<EventData>;
  OrderEventEdge: ResolverTypeWrapper<EventPageEdge>;
  OrderEventRefund: ResolverTypeWrapper<EventRefund>;
  OrderEventType: ResolverTypeWrapper<Partial<OrderEventType>>;
  OrderItem: ResolverTypeWrapper<OrderItemRecord>;
  OrderStatus: ResolverTypeWrapper<Partial<OrderStatus>>;
  OrderSummary: ResolverTypeWrapper<Partial<OrderSummary>>;
  PageInfo: ResolverTypeWrapper<Partial<PageInfo>>;
  ParkedCheckout: ResolverTypeWrapper<ParkedCheckoutRecord>;
  ParkedCheckoutConnection: ResolverTypeWrapper<ParkedCheckoutPage>;
  ParkedCheckoutEdge: ResolverTypeWrapper<ParkedCheckoutPageEdge>;
  ParkedWork: ResolverTypeWrapper<ParkedWorkRecord>;
  ParkedWorkConnection: ResolverTypeWrapper<ParkedWorkPage>;
  ParkedWorkEdge: ResolverTypeWrapper<ParkedWorkPageEdge>;
  ParkedWorkKind: ResolverTypeWrapper<Partial<ParkedWorkKind>>;
  PaymentMethod: ResolverTypeWrapper<Partial<PaymentMethod>>;
  PaymentMethodInput: ResolverTypeWrapper<Partial<PaymentMethodInput>>;
  PaymentWebhookInput: ResolverTypeWrapper<Partial<PaymentWebhookInput>>;
  PaymentWebhookPayload: ResolverTypeWrapper<Partial<PaymentWebhookPayload>>;
  PostalAddress: ResolverTypeWrapper<Partial<PostalAddress>>;
  PostalAddressInput: ResolverTypeWrapper<Partial<PostalAddressInput>>;
  Product: ResolverTypeWrapper<Partial<Product>>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Receipt: ResolverTypeWrapper<ReceiptView>;
  ReceiptLine: ResolverTypeWrapper<Partial<ReceiptLine>>;
  ReceiptShipping: ResolverTypeWrapper<Partial<ReceiptShipping>>;
  ReceiptTax: ResolverTypeWrapper<Partial<ReceiptTax>>;
  Refund: ResolverTypeWrapper<RefundRecord>;
  RefundOrderInput: ResolverTypeWrapper<Partial<RefundOrderInput>>;
  RefundOrderPayload: ResolverTypeWrapper<Partial<Omit<RefundOrderPayload, 'order' | 'refund'> & { order: ResolversTypes['Order'], refund: ResolversTypes['Refund'] }>>;
  RefundState: ResolverTypeWrapper<Partial<RefundState>>;
  ReplayWebhookDeliveryInput: ResolverTypeWrapper<Partial<ReplayWebhookDeliveryInput>>;
  ReplayWebhookDeliveryPayload: ResolverTypeWrapper<Partial<Omit<ReplayWebhookDeliveryPayload, 'delivery'> & { delivery: ResolversTypes['WebhookDelivery'] }>>;
  RestockInput: ResolverTypeWrapper<Partial<RestockInput>>;
  RestockedLine: ResolverTypeWrapper<Partial<RestockedLine>>;
  RetryCheckoutInput: ResolverTypeWrapper<Partial<RetryCheckoutInput>>;
  RetryCheckoutPayload: ResolverTypeWrapper<Partial<RetryCheckoutPayload>>;
  TaxRounding: ResolverTypeWrapper<Partial<TaxRounding>>;
  TimelineEntry: ResolverTypeWrapper<TimelineRecord>;
  Tracking: ResolverTypeWrapper<Partial<Tracking>>;
  TrackingInput: ResolverTypeWrapper<Partial<TrackingInput>>;
  UpdateOrderStatusInput: ResolverTypeWrapper<Partial<UpdateOrderStatusInput>>;
  UpdateOrderStatusPayload: ResolverTypeWrapper<Partial<Omit<UpdateOrderStatusPayload, 'order'> & { order: ResolversTypes['Order'] }>>;
  UpdateWebhookEndpointInput: ResolverTypeWrapper<Partial<UpdateWebhookEndpointInput>>;
  UpdateWebhookEndpointPayload: ResolverTypeWrapper<Partial<Omit<UpdateWebhookEndpointPayload, 'endpoint'> & { endpoint: ResolversTypes['WebhookEndpoint'] }>>;
  User: ResolverTypeWrapper<Partial<Omit<User, 'orders'> & { orders?: Maybe<ResolversTypes['OrderConnection']> }>>;
  WebhookDelivery: ResolverTypeWrapper<DeliveryRecord>;
  WebhookDeliveryConnection: ResolverTypeWrapper<DeliveryPage>;
  WebhookDeliveryEdge: ResolverTypeWrapper<DeliveryPageEdge>;
  WebhookDeliveryStatus: ResolverTypeWrapper<Partial<WebhookDeliveryStatus>>;
  WebhookEndpoint: ResolverTypeWrapper<EndpointRecord>;
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
  CancelOrderInput: Partial<CancelOrderInput>;
  CancelOrderPayload: Partial<Omit<CancelOrderPayload, 'order'> & { order: ResolversParentTypes['Order'] }>;
  CreateOrderInput: Partial<CreateOrderInput>;
  CreateOrderPayload: Partial<Omit<CreateOrderPayload, 'order'> & { order: ResolversParentTypes['Order'] }>;
  CreateWebhookEndpointInput: Partial<CreateWebhookEndpointInput>;
  CreateWebhookEndpointPayload: Partial<Omit<CreateWebhookEndpointPayload, 'endpoint'> & { endpoint: ResolversParentTypes['WebhookEndpoint'] }>;
  CustomerErasure: Partial<CustomerErasure>;
  DataExport: Partial<DataExport | FederationReferenceTypes['DataExport']>;
  DateTime: Partial<Scalars['DateTime']['output']>;
  Decimal: Partial<Scalars['Decimal']['output']>;
  DeleteWebhookEndpointInput: Partial<DeleteWebhookEndpointInput>;
  DeleteWebhookEndpointPayload: Partial<DeleteWebhookEndpointPayload>;
  EraseCustomerInput: Partial<EraseCustomerInput>;
  ErasureCount: Partial<ErasureCount>;
  ExportedCount: Partial<ExportedCount>;
  ExportedPart: Partial<ExportedPart>;
  Json: Partial<Scalars['Json']['output']>;
  Money: Partial<Money>;
  Mutation: Record<PropertyKey, never>;
  NoteRefundPaidElsewhereInput: Partial<NoteRefundPaidElsewhereInput>;
  NoteRefundPaidElsewherePayload: Partial<Omit<NoteRefundPaidElsewherePayload, 'order' | 'refund'> & { order: ResolversParentTypes['Order'], refund: ResolversParentTypes['Refund'] }>;
  Order: OrderRecord;
  OrderConnection: OrderPage;
  OrderEdge: OrderPageEdge;
  OrderEvent: EventRecord;
  OrderEventConnection: EventPage;
  OrderEventData: EventData;
  OrderEventEdge: EventPageEdge;
  OrderEventRefund: EventRefund;
  OrderItem: OrderItemRecord;
  OrderSummary: Partial<OrderSummary>;
  PageInfo: Partial<PageInfo>;
  ParkedCheckout: ParkedCheckoutRecord;
  ParkedCheckoutConnection: ParkedCheckoutPage;
  ParkedCheckoutEdge: ParkedCheckoutPageEdge;
  ParkedWork: ParkedWorkRecord;
  ParkedWorkConnection: ParkedWorkPage;
  ParkedWorkEdge: ParkedWorkPageEdge;
  PaymentMethod: Partial<PaymentMethod>;
  PaymentMethodInput: Partial<PaymentMethodInput>;
  PaymentWebhookInput: Partial<PaymentWebhookInput>;
  PaymentWebhookPayload: Partial<PaymentWebhookPayload>;
  PostalAddress: Partial<PostalAddress>;
  PostalAddressInput: Partial<PostalAddressInput>;
  Product: Partial<Product>;
  Query: Record<PropertyKey, never>;
  Receipt: ReceiptView;
  ReceiptLine: Partial<ReceiptLine>;
  ReceiptShipping: Partial<ReceiptShipping>;
  ReceiptTax: Partial<ReceiptTax>;
  Refund: RefundRecord;
  RefundOrderInput: Partial<RefundOrderInput>;
  RefundOrderPayload: Partial<Omit<RefundOrderPayload, 'order' | 'refund'> & { order: ResolversParentTypes['Order'], refund: ResolversParentTypes['Refund'] }>;
  ReplayWebhookDeliveryInput: Partial<ReplayWebhookDeliveryInput>;
  ReplayWebhookDeliveryPayload: Partial<Omit<ReplayWebhookDeliveryPayload, 'delivery'> & { delivery: ResolversParentTypes['WebhookDelivery'] }>;
  RestockInput: Partial<RestockInput>;
  RestockedLine: Partial<RestockedLine>;
  RetryCheckoutInput: Partial<RetryCheckoutInput>;
  RetryCheckoutPayload: Partial<RetryCheckoutPayload>;
  TimelineEntry: TimelineRecord;
  Tracking: Partial<Tracking>;
  TrackingInput: Partial<TrackingInput>;
  UpdateOrderStatusInput: Partial<UpdateOrderStatusInput>;
  UpdateOrderStatusPayload: Partial<Omit<UpdateOrderStatusPayload, 'order'> & { order: ResolversParentTypes['Order'] }>;
  UpdateWebhookEndpointInput: Partial<UpdateWebhookEndpointInput>;
  UpdateWebhookEndpointPayload: Partial<Omit<UpdateWebhookEndpointPayload, 'endpoint'> & { endpoint: ResolversParentTypes['WebhookEndpoint'] }>;
  User: Partial<Omit<User, 'orders'> & { orders?: Maybe<ResolversParentTypes['OrderConnection']> } | FederationReferenceTypes['User']>;
  WebhookDelivery: DeliveryRecord;
  WebhookDeliveryConnection: DeliveryPage;
  WebhookDeliveryEdge: DeliveryPageEdge;
  WebhookEndpoint: EndpointRecord;
  String: Partial<Scalars['String']['output']>;
  Boolean: Partial<Scalars['Boolean']['output']>;
};

export type AccountLimitDirectiveArgs = {
  limit: Scalars['String']['input'];
};

export type AccountLimitDirectiveResolver<Result, Parent, ContextType = OrdersContext, Args = AccountLimitDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type AuditedDirectiveArgs = {
  made?: Maybe<Scalars['String']['input']>;
  openToOthers?: Scalars['Boolean']['input'];
  target?: Maybe<Scalars['String']['input']>;
};

export type AuditedDirectiveResolver<Result, Parent, ContextType = OrdersContext, Args = AuditedDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type RateLimitDirectiveArgs = {
  limit: Scalars['String']['input'];
};

export type RateLimitDirectiveResolver<Result, Parent, ContextType = OrdersContext, Args = RateLimitDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type AuditEntryResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['AuditEntry'] = ResolversParentTypes['AuditEntry']> = {
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

export type AuditLogConnectionResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['AuditLogConnection'] = ResolversParentTypes['AuditLogConnection']> = {
  edges?: Resolver<Array<ResolversTypes['AuditLogEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['AuditEntry']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type AuditLogEdgeResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['AuditLogEdge'] = ResolversParentTypes['AuditLogEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AuditEntry'], ParentType, ContextType>;
};

export type CancelOrderPayloadResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['CancelOrderPayload'] = ResolversParentTypes['CancelOrderPayload']> = {
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
};

export type CreateOrderPayloadResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['CreateOrderPayload'] = ResolversParentTypes['CreateOrderPayload']> = {
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type CreateWebhookEndpointPayloadResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['CreateWebhookEndpointPayload'] = ResolversParentTypes['CreateWebhookEndpointPayload']> = {
  endpoint?: Resolver<ResolversTypes['WebhookEndpoint'], ParentType, ContextType>;
  secret?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CustomerErasureResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['CustomerErasure'] = ResolversParentTypes['CustomerErasure']> = {
  erased?: Resolver<Array<ResolversTypes['ErasureCount']>, ParentType, ContextType>;
  found?: Resolver<Array<ResolversTypes['ErasureCount']>, ParentType, ContextType>;
  isComplete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  kept?: Resolver<Array<ResolversTypes['ErasureCount']>, ParentType, ContextType>;
};

export type DataExportResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['DataExport'] = ResolversParentTypes['DataExport'], FederationReferenceType extends FederationReferenceTypes['DataExport'] = FederationReferenceTypes['DataExport']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['DataExport']> | FederationReferenceType, FederationReferenceType, ContextType>;
  orders?: Resolver<Maybe<ResolversTypes['ExportedPart']>, ParentType, ContextType, Partial<DataExportOrdersArgs>>;
  userId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export type DeleteWebhookEndpointPayloadResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['DeleteWebhookEndpointPayload'] = ResolversParentTypes['DeleteWebhookEndpointPayload']> = {
  endpointId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type ErasureCountResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['ErasureCount'] = ResolversParentTypes['ErasureCount']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  what?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ExportedCountResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['ExportedCount'] = ResolversParentTypes['ExportedCount']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  what?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ExportedPartResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['ExportedPart'] = ResolversParentTypes['ExportedPart']> = {
  data?: Resolver<ResolversTypes['Json'], ParentType, ContextType>;
  found?: Resolver<Array<ResolversTypes['ExportedCount']>, ParentType, ContextType>;
  nextCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  subgraph?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Json'], any> {
  name: 'Json';
}

export type MoneyResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  cents?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  currencyCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  cancelOrder?: Resolver<Maybe<ResolversTypes['CancelOrderPayload']>, ParentType, ContextType, RequireFields<MutationCancelOrderArgs, 'input'>>;
  createOrder?: Resolver<Maybe<ResolversTypes['CreateOrderPayload']>, ParentType, ContextType, RequireFields<MutationCreateOrderArgs, 'input'>>;
  createWebhookEndpoint?: Resolver<Maybe<ResolversTypes['CreateWebhookEndpointPayload']>, ParentType, ContextType, RequireFields<MutationCreateWebhookEndpointArgs, 'input'>>;
  deleteWebhookEndpoint?: Resolver<Maybe<ResolversTypes['DeleteWebhookEndpointPayload']>, ParentType, ContextType, RequireFields<MutationDeleteWebhookEndpointArgs, 'input'>>;
  eraseCustomerInOrders?: Resolver<ResolversTypes['CustomerErasure'], ParentType, ContextType, RequireFields<MutationEraseCustomerInOrdersArgs, 'input'>>;
  noteRefundPaidElsewhere?: Resolver<Maybe<ResolversTypes['NoteRefundPaidElsewherePayload']>, ParentType, ContextType, RequireFields<MutationNoteRefundPaidElsewhereArgs, 'input'>>;
  receivePaymentWebhook?: Resolver<ResolversTypes['PaymentWebhookPayload'], ParentType, ContextType, RequireFields<MutationReceivePaymentWebhookArgs, 'input'>>;
  refundOrder?: Resolver<Maybe<ResolversTypes['RefundOrderPayload']>, ParentType, ContextType, RequireFields<MutationRefundOrderArgs, 'input'>>;
  replayWebhookDelivery?: Resolver<Maybe<ResolversTypes['ReplayWebhookDeliveryPayload']>, ParentType, ContextType, RequireFields<MutationReplayWebhookDeliveryArgs, 'input'>>;
  retryCheckout?: Resolver<Maybe<ResolversTypes['RetryCheckoutPayload']>, ParentType, ContextType, RequireFields<MutationRetryCheckoutArgs, 'input'>>;
  updateOrderStatus?: Resolver<Maybe<ResolversTypes['UpdateOrderStatusPayload']>, ParentType, ContextType, RequireFields<MutationUpdateOrderStatusArgs, 'input'>>;
  updateWebhookEndpoint?: Resolver<Maybe<ResolversTypes['UpdateWebhookEndpointPayload']>, ParentType, ContextType, RequireFields<MutationUpdateWebhookEndpointArgs, 'input'>>;
};

export type NoteRefundPaidElsewherePayloadResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['NoteRefundPaidElsewherePayload'] = ResolversParentTypes['NoteRefundPaidElsewherePayload']> = {
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  refund?: Resolver<ResolversTypes['Refund'], ParentType, ContextType>;
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
  receipt?: Resolver<Maybe<ResolversTypes['Receipt']>, ParentType, ContextType>;
  refundedAmount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  refunds?: Resolver<Array<ResolversTypes['Refund']>, ParentType, ContextType>;
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

export type OrderEventResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['OrderEvent'] = ResolversParentTypes['OrderEvent']> = {
  data?: Resolver<Maybe<ResolversTypes['OrderEventData']>, ParentType, ContextType>;
  eventId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  orderId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['OrderStatus']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['OrderEventType'], ParentType, ContextType>;
};

export type OrderEventConnectionResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['OrderEventConnection'] = ResolversParentTypes['OrderEventConnection']> = {
  edges?: Resolver<Array<ResolversTypes['OrderEventEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['OrderEvent']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type OrderEventDataResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['OrderEventData'] = ResolversParentTypes['OrderEventData']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  itemCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  refund?: Resolver<Maybe<ResolversTypes['OrderEventRefund']>, ParentType, ContextType>;
  refundedAmount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  shipping?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  subtotal?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  tax?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  tracking?: Resolver<Maybe<ResolversTypes['Tracking']>, ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  userId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type OrderEventEdgeResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['OrderEventEdge'] = ResolversParentTypes['OrderEventEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['OrderEvent'], ParentType, ContextType>;
};

export type OrderEventRefundResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['OrderEventRefund'] = ResolversParentTypes['OrderEventRefund']> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  refundId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
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

export type ParkedCheckoutResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['ParkedCheckout'] = ResolversParentTypes['ParkedCheckout']> = {
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lastError?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  orderId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  parkedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['CheckoutState'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  userId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type ParkedCheckoutConnectionResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['ParkedCheckoutConnection'] = ResolversParentTypes['ParkedCheckoutConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ParkedCheckoutEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['ParkedCheckout']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ParkedCheckoutEdgeResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['ParkedCheckoutEdge'] = ResolversParentTypes['ParkedCheckoutEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ParkedCheckout'], ParentType, ContextType>;
};

export type ParkedWorkResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['ParkedWork'] = ResolversParentTypes['ParkedWork']> = {
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ParkedWorkKind'], ParentType, ContextType>;
  lastError?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  orderId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  parkedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ParkedWorkConnectionResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['ParkedWorkConnection'] = ResolversParentTypes['ParkedWorkConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ParkedWorkEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['ParkedWork']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ParkedWorkEdgeResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['ParkedWorkEdge'] = ResolversParentTypes['ParkedWorkEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ParkedWork'], ParentType, ContextType>;
};

export type PaymentMethodResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['PaymentMethod'] = ResolversParentTypes['PaymentMethod']> = {
  brand?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  last4?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PaymentWebhookPayloadResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['PaymentWebhookPayload'] = ResolversParentTypes['PaymentWebhookPayload']> = {
  received?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
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
  orderAuditLog?: Resolver<Maybe<ResolversTypes['AuditLogConnection']>, ParentType, ContextType, Partial<QueryOrderAuditLogArgs>>;
  orderEvents?: Resolver<Maybe<ResolversTypes['OrderEventConnection']>, ParentType, ContextType, Partial<QueryOrderEventsArgs>>;
  orders?: Resolver<Maybe<ResolversTypes['OrderConnection']>, ParentType, ContextType, Partial<QueryOrdersArgs>>;
  parkedCheckouts?: Resolver<Maybe<ResolversTypes['ParkedCheckoutConnection']>, ParentType, ContextType, Partial<QueryParkedCheckoutsArgs>>;
  parkedWork?: Resolver<Maybe<ResolversTypes['ParkedWorkConnection']>, ParentType, ContextType, Partial<QueryParkedWorkArgs>>;
  webhookEndpoint?: Resolver<Maybe<ResolversTypes['WebhookEndpoint']>, ParentType, ContextType, RequireFields<QueryWebhookEndpointArgs, 'endpointId'>>;
  webhookEndpoints?: Resolver<Maybe<Array<ResolversTypes['WebhookEndpoint']>>, ParentType, ContextType>;
};

export type ReceiptResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['Receipt'] = ResolversParentTypes['Receipt']> = {
  lines?: Resolver<Array<ResolversTypes['ReceiptLine']>, ParentType, ContextType>;
  net?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  refunded?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  shipping?: Resolver<ResolversTypes['ReceiptShipping'], ParentType, ContextType>;
  subtotal?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  tax?: Resolver<ResolversTypes['ReceiptTax'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type ReceiptLineResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['ReceiptLine'] = ResolversParentTypes['ReceiptLine']> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  productId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unitPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type ReceiptShippingResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['ReceiptShipping'] = ResolversParentTypes['ReceiptShipping']> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  flatFee?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type ReceiptTaxResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['ReceiptTax'] = ResolversParentTypes['ReceiptTax']> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  base?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  exact?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rateBasisPoints?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rounding?: Resolver<ResolversTypes['TaxRounding'], ParentType, ContextType>;
  roundingMicros?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RefundResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['Refund'] = ResolversParentTypes['Refund']> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  paidElsewhere?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  refundId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  refundedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  restock?: Resolver<Array<ResolversTypes['RestockedLine']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['RefundState'], ParentType, ContextType>;
};

export type RefundOrderPayloadResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['RefundOrderPayload'] = ResolversParentTypes['RefundOrderPayload']> = {
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  refund?: Resolver<ResolversTypes['Refund'], ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ReplayWebhookDeliveryPayloadResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['ReplayWebhookDeliveryPayload'] = ResolversParentTypes['ReplayWebhookDeliveryPayload']> = {
  delivery?: Resolver<ResolversTypes['WebhookDelivery'], ParentType, ContextType>;
};

export type RestockedLineResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['RestockedLine'] = ResolversParentTypes['RestockedLine']> = {
  productId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RetryCheckoutPayloadResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['RetryCheckoutPayload'] = ResolversParentTypes['RetryCheckoutPayload']> = {
  orderId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
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

export type UpdateWebhookEndpointPayloadResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['UpdateWebhookEndpointPayload'] = ResolversParentTypes['UpdateWebhookEndpointPayload']> = {
  endpoint?: Resolver<ResolversTypes['WebhookEndpoint'], ParentType, ContextType>;
};

export type UserResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  orders?: Resolver<Maybe<ResolversTypes['OrderConnection']>, ParentType, ContextType, Partial<UserOrdersArgs>>;
  userId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type WebhookDeliveryResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['WebhookDelivery'] = ResolversParentTypes['WebhookDelivery']> = {
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  deliveredAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  event?: Resolver<ResolversTypes['OrderEvent'], ParentType, ContextType>;
  eventId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastError?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  lastStatus?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  nextAttemptAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['WebhookDeliveryStatus'], ParentType, ContextType>;
};

export type WebhookDeliveryConnectionResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['WebhookDeliveryConnection'] = ResolversParentTypes['WebhookDeliveryConnection']> = {
  edges?: Resolver<Array<ResolversTypes['WebhookDeliveryEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['WebhookDelivery']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type WebhookDeliveryEdgeResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['WebhookDeliveryEdge'] = ResolversParentTypes['WebhookDeliveryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['WebhookDelivery'], ParentType, ContextType>;
};

export type WebhookEndpointResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['WebhookEndpoint'] = ResolversParentTypes['WebhookEndpoint']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  deliveries?: Resolver<ResolversTypes['WebhookDeliveryConnection'], ParentType, ContextType, Partial<WebhookEndpointDeliveriesArgs>>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endpointId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  eventTypes?: Resolver<Maybe<Array<ResolversTypes['OrderEventType']>>, ParentType, ContextType>;
  isActive?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type Resolvers<ContextType = OrdersContext> = {
  AuditEntry?: AuditEntryResolvers<ContextType>;
  AuditLogConnection?: AuditLogConnectionResolvers<ContextType>;
  AuditLogEdge?: AuditLogEdgeResolvers<ContextType>;
  CancelOrderPayload?: CancelOrderPayloadResolvers<ContextType>;
  CreateOrderPayload?: CreateOrderPayloadResolvers<ContextType>;
  CreateWebhookEndpointPayload?: CreateWebhookEndpointPayloadResolvers<ContextType>;
  CustomerErasure?: CustomerErasureResolvers<ContextType>;
  DataExport?: DataExportResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  DeleteWebhookEndpointPayload?: DeleteWebhookEndpointPayloadResolvers<ContextType>;
  ErasureCount?: ErasureCountResolvers<ContextType>;
  ExportedCount?: ExportedCountResolvers<ContextType>;
  ExportedPart?: ExportedPartResolvers<ContextType>;
  Json?: GraphQLScalarType;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NoteRefundPaidElsewherePayload?: NoteRefundPaidElsewherePayloadResolvers<ContextType>;
  Order?: OrderResolvers<ContextType>;
  OrderConnection?: OrderConnectionResolvers<ContextType>;
  OrderEdge?: OrderEdgeResolvers<ContextType>;
  OrderEvent?: OrderEventResolvers<ContextType>;
  OrderEventConnection?: OrderEventConnectionResolvers<ContextType>;
  OrderEventData?: OrderEventDataResolvers<ContextType>;
  OrderEventEdge?: OrderEventEdgeResolvers<ContextType>;
  OrderEventRefund?: OrderEventRefundResolvers<ContextType>;
  OrderItem?: OrderItemResolvers<ContextType>;
  OrderSummary?: OrderSummaryResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  ParkedCheckout?: ParkedCheckoutResolvers<ContextType>;
  ParkedCheckoutConnection?: ParkedCheckoutConnectionResolvers<ContextType>;
  ParkedCheckoutEdge?: ParkedCheckoutEdgeResolvers<ContextType>;
  ParkedWork?: ParkedWorkResolvers<ContextType>;
  ParkedWorkConnection?: ParkedWorkConnectionResolvers<ContextType>;
  ParkedWorkEdge?: ParkedWorkEdgeResolvers<ContextType>;
  PaymentMethod?: PaymentMethodResolvers<ContextType>;
  PaymentWebhookPayload?: PaymentWebhookPayloadResolvers<ContextType>;
  PostalAddress?: PostalAddressResolvers<ContextType>;
  Product?: ProductResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Receipt?: ReceiptResolvers<ContextType>;
  ReceiptLine?: ReceiptLineResolvers<ContextType>;
  ReceiptShipping?: ReceiptShippingResolvers<ContextType>;
  ReceiptTax?: ReceiptTaxResolvers<ContextType>;
  Refund?: RefundResolvers<ContextType>;
  RefundOrderPayload?: RefundOrderPayloadResolvers<ContextType>;
  ReplayWebhookDeliveryPayload?: ReplayWebhookDeliveryPayloadResolvers<ContextType>;
  RestockedLine?: RestockedLineResolvers<ContextType>;
  RetryCheckoutPayload?: RetryCheckoutPayloadResolvers<ContextType>;
  TimelineEntry?: TimelineEntryResolvers<ContextType>;
  Tracking?: TrackingResolvers<ContextType>;
  UpdateOrderStatusPayload?: UpdateOrderStatusPayloadResolvers<ContextType>;
  UpdateWebhookEndpointPayload?: UpdateWebhookEndpointPayloadResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  WebhookDelivery?: WebhookDeliveryResolvers<ContextType>;
  WebhookDeliveryConnection?: WebhookDeliveryConnectionResolvers<ContextType>;
  WebhookDeliveryEdge?: WebhookDeliveryEdgeResolvers<ContextType>;
  WebhookEndpoint?: WebhookEndpointResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = OrdersContext> = {
  accountLimit?: AccountLimitDirectiveResolver<any, any, ContextType>;
  audited?: AuditedDirectiveResolver<any, any, ContextType>;
  rateLimit?: RateLimitDirectiveResolver<any, any, ContextType>;
};
