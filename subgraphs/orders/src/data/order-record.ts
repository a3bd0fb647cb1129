import type { Cents } from '@commerce/kit/money';

/** In the order in which an order can have them: each path through them only goes forward. */
export const orderStatuses = [
  'pending',
  'confirmed',
  'processing',
  'shipped',
  'delivered',
  'cancelled',
  'refunded',
] as const;
export type OrderStatus = (typeof orderStatuses)[number];

export type PostalAddress = {
  street: string;
  city: string;
  state: string;
  zipCode: string;
  country: string;
};

/** What is kept of a means of payment; brand, last four and reference are null until it is authorised. */
export type PaymentMethodRecord = {
  type: string;
  brand: string | null;
  last4: string | null;
  /** The provider's name of the authorisation. */
  reference: string | null;
  /** The customer was answered before brand and last4 were known. */
  isToldLate?: boolean | undefined;
};

/** The rules by which tax and shipping of an order came about. */
export type PricingRecord = {
  /** Hundredths of a per cent of the subtotal: 800 is 8 %. */
  taxRateBasisPoints: number;
  /** How a fraction of a cent of tax was rounded. */
  taxRounding: 'down' | 'half_up' | 'up';
  shippingFlatCents: number;
};

export type TrackingRecord = { carrier: string; trackingNumber: string; url: string | null };

export type OrderRecord = {
  orderId: string;
  userId: string;
  status: OrderStatus;
  currency: string;
  subtotal: Cents;
  tax: Cents;
  shipping: Cents;
  total: Cents;
  itemCount: number;
  shippingAddress: PostalAddress;
  billingAddress: PostalAddress;
  paymentMethod: PaymentMethodRecord;
  tracking: TrackingRecord | null;
  cartId: string;
  cartVersion: number;
  createdAt: Date;
  updatedAt: Date;
  /** It is shown as it was when it was taken: whatever belongs to it by now, such as refunds, does not show. */
  isAsTaken?: boolean;
  /** When the customer could first be told of it. Until then it shows nowhere: null while it is being
   *  decided, and for ever where it failed. */
  acknowledgedAt: Date | null;
  /** When its pieces were known to be out of the cart. Until then nothing else of that cart is ordered. */
  cartConsumedAt: Date | null;
  /** What went back, or is going back, by refunds. */
  refunded: Cents;
  /** Null for orders older than receipts. */
  pricing: PricingRecord | null;
  estimatedDelivery: Date;
  /** Present where the order is shown as it was at an earlier time; else it is loaded when asked for. */
  timeline?: TimelineRecord[];
};

export type OrderItemRecord = {
  itemId: string;
  orderId: string;
  productId: string;
  name: string;
  price: Cents;
  quantity: number;
  subtotal: Cents;
  currency: string;
};

export type TimelineRecord = {
  orderId: string;
  status: OrderStatus;
  note: string | null;
  timestamp: Date;
};
