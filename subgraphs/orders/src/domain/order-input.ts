import { z } from 'zod';
import { cardFreeLine } from './card-free-line.ts';
import { paymentMethodInput } from './payment-method.ts';

const postalAddressInput = z.object({
  street: cardFreeLine(1, 200),
  city: cardFreeLine(1, 100),
  state: cardFreeLine(0, 100),
  zipCode: cardFreeLine(1, 20),
  country: cardFreeLine(1, 100),
});

/** What an order needs beside the cart. The invoice goes where the parcel goes unless told otherwise. */
export const orderInput = z
  .object({
    shippingAddress: postalAddressInput,
    billingAddress: postalAddressInput.nullish(),
    paymentMethod: paymentMethodInput,
  })
  .transform((input) => ({ ...input, billingAddress: input.billingAddress ?? input.shippingAddress }));

export type OrderInput = z.output<typeof orderInput>;
