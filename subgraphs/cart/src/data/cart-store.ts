import { type Cents, decimalText } from '@commerce/kit/money';
import { type Db, queryRows, violatedConstraint } from '@commerce/kit/postgres';
import { eq, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type Cart, cartIdOf, cartSchema } from './cart-record.ts';
import { carts } from './tables.ts';

/** Price of one piece by product id, as read fresh. */
export type FreshPrices = ReadonlyMap<string, Cents>;

export type Addition = {
  userId: string;
  /** Id of the line where a new one is made. */
  itemId: string;
  productId: string;
  quantity: number;
  currencyCode: string;
  /** What can be bought now, the pieces in the cart included. */
  available: number;
  /** Must hold the product's; other lines without one count as last shown. */
  prices: FreshPrices;
  limits: { lines: number; quantity: number; subtotalCents: Cents };
};

/** `requested` is what the line would have held. */
export type AdditionOutcome =
  | { outcome: 'done'; cart: Cart }
  /** The customer's account was deleted. */
  | { outcome: 'erased' }
  | { outcome: 'over_quantity' | 'short' | 'other_currency' | 'full' | 'over_total'; requested: number };

export type QuantityChange = {
  userId: string;
  itemId: string;
  quantity: number;
  prices: FreshPrices;
  maxSubtotalCents: Cents;
};

export type QuantityOutcome =
  | { outcome: 'done'; cart: Cart }
  | { outcome: 'missing' }
  | { outcome: 'over_total' };
export type RemovalOutcome = { outcome: 'done'; cart: Cart } | { outcome: 'missing' };

export type Consumption = {
  userId: string;
  orderId: string;
  version: number;
  lines: readonly { productId: string; quantity: number }[];
};

const done = z.object({ outcome: z.literal('done'), cart: cartSchema });
const refusedAddition = z.object({
  outcome: z.enum(['over_quantity', 'short', 'other_currency', 'full', 'over_total']),
  requested: z.number(),
});
const missing = z.object({ outcome: z.literal('missing') });
const overTotal = z.object({ outcome: z.literal('over_total') });
// Made once: zod compiles a schema when it is first used, which costs more than the reading.
const cartRow = z.object({ cart: cartSchema.nullable() });
const additionRow = z.union([done, refusedAddition]);
const quantityRow = z.union([done, missing, overTotal]);
const removalRow = z.union([done, missing]);
const consumedRow = z.object({ consumed: z.boolean() });
const erasureCounts = z.object({ carts: z.number(), lines: z.number(), consumptions: z.number() });
const erasedRow = z.object({ counts: erasureCounts });
const exportRow = z.object({
  cart: z.looseObject({ lines: z.array(z.unknown()) }).nullable(),
  consumptions: z.array(z.unknown()),
});
const orderIdRow = z.object({ orderId: z.string() });

/** Carts in Postgres. Every change is one statement, a function of the migrations; it answers with
 *  the cart as that change left it. */
export function createCartStore(db: Db) {
  /** The one row of a statement that always gives one. */
  async function queryRow<Schema extends z.ZodType>(query: SQL, row: Schema): Promise<z.output<Schema>> {
    const [first] = await queryRows(db, query, row);
    if (first === undefined) throw new Error('A statement that gives one row gave none');
    return first;
  }

  return {
    /** @returns null where nothing was ever added */
    async findCart(userId: string): Promise<Cart | null> {
      const { cart } = await queryRow(sql`select cart_state(${cartIdOf(userId)}) as cart`, cartRow);
      return cart;
    },

    /** @returns 0 where nothing was ever added */
    async findVersion(userId: string): Promise<number> {
      const [cart] = await db
        .select({ version: carts.version })
        .from(carts)
        .where(eq(carts.cartId, cartIdOf(userId)));
      return cart?.version ?? 0;
    },

    async addItem(addition: Addition): Promise<AdditionOutcome> {
      try {
        return await queryRow(addStatement(addition), additionRow);
      } catch (error) {
        if (violatedConstraint(error) === 'carts_customers_are_not_erased') return { outcome: 'erased' };
        throw error;
      }
    },

    async setQuantity(change: QuantityChange): Promise<QuantityOutcome> {
      return await queryRow(
        sql`select outcome, cart from set_cart_item_quantity(
          p_cart_id => ${cartIdOf(change.userId)}, p_item_id => ${change.itemId},
          p_quantity => ${change.quantity}, p_prices => ${jsonOf(change.prices)}::jsonb,
          p_max_subtotal => ${decimalText(change.maxSubtotalCents)})`,
        quantityRow,
      );
    },

    async removeItem(userId: string, itemId: string): Promise<RemovalOutcome> {
      return await queryRow(
        sql`select outcome, cart from remove_cart_item(
          p_cart_id => ${cartIdOf(userId)}, p_item_id => ${itemId})`,
        removalRow,
      );
    },

    /** @returns null where nothing was ever added */
    async clear(userId: string): Promise<Cart | null> {
      const { cart } = await queryRow(sql`select clear_cart(${cartIdOf(userId)}) as cart`, cartRow);
      return cart;
    },

    /** Takes ordered pieces out, once an order.
     *  @returns false where this order's had been taken out before */
    async consume({ userId, orderId, version, lines }: Consumption): Promise<boolean> {
      const { consumed } = await queryRow(
        sql`select consume_cart(${cartIdOf(userId)}, ${orderId}, ${version}::integer,
          ${JSON.stringify(lines)}::jsonb) as consumed`,
        consumedRow,
      );
      return consumed;
    },

    /** Forgets orders that were taken out of their carts so long ago that nobody asks for it again.
     *  @param limit how many at most
     *  @returns how many */
    async pruneConsumptions(ageDays: number, limit: number): Promise<number> {
      const rows = await queryRows(
        db,
        sql`delete from cart_consumptions where order_id in (
            select order_id from cart_consumptions where consumed_at < now() - make_interval(days => ${ageDays})
            order by consumed_at, order_id limit ${limit} for update skip locked)
          returning order_id as "orderId"`,
        orderIdRow,
      );
      return rows.length;
    },

    /** Removes a customer's cart and refuses further additions, once.
     *  @returns what there was the first time */
    async eraseCustomer(userId: string): Promise<z.output<typeof erasureCounts>> {
      const { counts } = await queryRow(sql`select erase_customer(${userId}) as counts`, erasedRow);
      return counts;
    },

    /** All that is kept of a user, times and amounts as text. */
    async exportCart(userId: string): Promise<z.output<typeof exportRow>> {
      return await queryRow(exportStatement(cartIdOf(userId)), exportRow);
    },

    /** Stores what the customer is shown; changes neither version nor updatedAt of the cart.
     *  @param prices by item id */
    async recordShownPrices(cartId: string, prices: ReadonlyMap<string, Cents>): Promise<void> {
      // The cart's row is locked first, as in every change: else two writers of the same lines deadlock.
      await db.execute(sql`
        with cart as (select cart_id from carts where cart_id = ${cartId} for no key update),
        shown as (select item_id, price::numeric from jsonb_each_text(${jsonOf(prices)}::jsonb) as entry (item_id, price))
        update cart_items item set price = shown.price
        from cart, shown
        where item.cart_id = cart.cart_id and item.item_id = shown.item_id and item.price <> shown.price`);
    },
  };
}

export type CartStore = ReturnType<typeof createCartStore>;

function addStatement({ limits, ...addition }: Addition): SQL {
  return sql`select outcome, requested, cart from add_cart_item(
    p_user_id => ${addition.userId}, p_item_id => ${addition.itemId},
    p_product_id => ${addition.productId}, p_quantity => ${addition.quantity},
    p_currency => ${addition.currencyCode}, p_available => ${addition.available},
    p_prices => ${jsonOf(addition.prices)}::jsonb,
    p_max_lines => ${limits.lines}, p_max_quantity => ${limits.quantity},
    p_max_subtotal => ${decimalText(limits.subtotalCents)})`;
}

/** More consumptions than these are none that a person makes within 30 days. */
const MAX_EXPORTED = 1_000;

function exportStatement(cartId: string): SQL {
  return sql`select cart_state(${cartId}) as cart, (
    select coalesce(jsonb_agg(jsonb_build_object('orderId', k.order_id, 'version', k.version,
      'consumedAt', k.consumed_at) order by k.consumed_at, k.order_id), '[]')
    from (select order_id, version, consumed_at from cart_consumptions where cart_id = ${cartId}
      order by consumed_at desc, order_id limit ${MAX_EXPORTED}) k) as consumptions`;
}

function jsonOf(prices: ReadonlyMap<string, Cents>): string {
  return JSON.stringify(Object.fromEntries([...prices].map(([key, price]) => [key, decimalText(price)])));
}
