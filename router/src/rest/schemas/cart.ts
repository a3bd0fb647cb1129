import { z } from 'zod';
import { amount, idOf, summary, timestamp } from './common.ts';

const quantityRule = 'must be a whole number from 1 to 999';
const quantity = z
  .int(quantityRule)
  .min(1, quantityRule)
  .max(999, quantityRule)
  .meta({ description: 'Number of pieces.' });

export const itemParams = z.object({ itemId: idOf('item_') });

export const newCartItem = z
  .object({
    productId: z
      .string('must be text')
      .min(1, 'must not be empty')
      .max(64, 'must have at most 64 characters')
      .meta({ description: 'What to add. A product that is there already gets the quantity on top.' }),
    quantity,
  })
  .meta({ id: 'NewCartItem' });

export const changedCartItem = z.object({ quantity }).meta({ id: 'ChangedCartItem' });

const itemFields = {
  itemId: idOf('item_'),
  productId: idOf('prod_'),
  name: z
    .string()
    .nullable()
    .meta({ description: 'Null where the product was taken off sale; such a line cannot be ordered.' }),
  price: amount.meta({ description: 'Present price of one piece.' }),
  quantity: z.int(),
  subtotal: amount.meta({ description: 'Price times quantity.' }),
};
const cartId = z.string().meta({ description: 'cart_ and the id of its owner.' });

const cartItem = z.object(itemFields).meta({ id: 'CartItem' });
const picturedCartItem = z
  .object({
    ...itemFields,
    image: z.string().nullable().meta({ description: 'Main picture; null without one.' }),
  })
  .meta({ id: 'CartItemWithImage' });

/** What changes of the cart answer. */
export const changedCart = z
  .object({ cartId, items: z.array(cartItem), summary })
  .meta({ id: 'ChangedCart' });

export const cart = z
  .object({
    cartId,
    userId: idOf('usr_'),
    items: z.array(picturedCartItem),
    summary,
    updatedAt: timestamp.nullable().meta({ description: 'Null while nothing was ever added.' }),
  })
  .meta({ id: 'Cart' });
