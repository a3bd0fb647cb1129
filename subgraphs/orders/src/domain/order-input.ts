import { z } from 'zod';
import { paymentMethodInput } from './payment-method.ts';
import { plainText } from './plain-text.ts';

const postalAddressInput = z.object({
  street: plainText(1, 200),
  city: plainText(1, 100),
  state: plainText(0, 100),
  zipCode: plainText(1, 20),
  country: plainText(1, 100),
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
