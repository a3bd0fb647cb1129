import { type Db, queryRows } from '@commerce/kit/postgres';
import type { Viewer } from '@commerce/kit/viewer';
import DataLoader from 'dataloader';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { type Cart, type CartLine, cartSchema, lineSchema } from './cart-record.ts';

/** The most carts or lines that one statement reads. */
const MAX_BATCH_SIZE = 100;

export type CartLoaders = {
  /** By user id; null where nothing was ever added, or the viewer may not see that user's cart. */
  cartByUser: DataLoader<string, Cart | null>;
  /** By item id; null where the viewer may see no such line. */
  lineById: DataLoader<string, CartLine | null>;
};

/** Reads for one request: one statement for all ids asked for at once. Customers see their own
 *  carts, administrators every one, others none; the statement's predicate says so. */
export function createCartLoaders(db: Db, viewer: Viewer): CartLoaders {
  const userId = viewer.kind === 'user' ? viewer.userId : null;
  const isAdmin = viewer.kind === 'user' && viewer.role === 'admin';
  const isVisible = sql`(${isAdmin} or c.user_id = ${userId})`;

  async function findCarts(userIds: readonly string[]): Promise<(Cart | null)[]> {
    const rows = await queryRows(
      db,
      sql`select cart_state(c.cart_id) as cart from carts c
        where c.user_id = any(${sql.param([...userIds])}::varchar[]) and ${isVisible}`,
      z.object({ cart: cartSchema }),
    );
    const byUser = new Map(rows.map(({ cart }) => [cart.userId, cart]));
    return userIds.map((id) => byUser.get(id) ?? null);
  }

  async function findLines(itemIds: readonly string[]): Promise<(CartLine | null)[]> {
    const rows = await queryRows(
      db,
      sql`select i.item_id as "itemId", i.product_id as "productId", i.quantity, i.price, i.currency,
          i.created_at as "createdAt"
        from cart_items i join carts c on c.cart_id = i.cart_id
        where i.item_id = any(${sql.param([...itemIds])}::varchar[]) and ${isVisible}`,
      lineSchema,
    );
    const byId = new Map(rows.map((line) => [line.itemId, line]));
    return itemIds.map((id) => byId.get(id) ?? null);
  }

  return {
    cartByUser: new DataLoader(findCarts, { maxBatchSize: MAX_BATCH_SIZE }),
    lineById: new DataLoader(findLines, { maxBatchSize: MAX_BATCH_SIZE }),
  };
}
