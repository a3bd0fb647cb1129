import type { Db } from '@commerce/kit/postgres';
import { sql } from 'drizzle-orm';
import { cartIdOf } from './data/cart-record.ts';

// Values of the other services' seeds, which are not imported: an account of the users service, and a
// product of the catalog that is on sale and well stocked.
const userId = 'usr_demo_customer';
const line = { itemId: 'item_demo_customer', productId: 'prod_002', quantity: 1, price: '79.95' };

export type SeedCartOptions = {
  db: Db;
  /** When the product is said to have been added. */
  now: Date;
};

/** Puts one product into the demonstration customer's cart, in one statement. Does nothing where that
 *  customer has a cart, an emptied one too. Not for production. */
export async function seedCart({ db, now }: SeedCartOptions): Promise<void> {
  const at = sql`${now.toISOString()}::timestamptz`;
  await db.execute(sql`
    with cart as (
      insert into carts (cart_id, user_id, version, created_at, updated_at)
      values (${cartIdOf(userId)}, ${userId}, 1, ${at}, ${at})
      on conflict do nothing
      returning cart_id
    )
    insert into cart_items (item_id, cart_id, product_id, quantity, price, created_at, updated_at)
    select ${line.itemId}, cart_id, ${line.productId}, ${line.quantity}::integer, ${line.price}::numeric,
      ${at}, ${at}
    from cart`);
}
