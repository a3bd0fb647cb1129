import { createLogger } from '@commerce/kit/logger';
import { migrateTo, type TestDatabase } from '@commerce/testkit/database';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOrdersApp } from '../src/app.ts';
import { createFakePayments } from './fake-payments.ts';
import { createFakeShop } from './fake-shop.ts';
import { cloneOldDatabase } from './old-database.ts';

/** Of orders before their checkouts were rows of their own. */
const OLD_MIGRATIONS = 2;

/** An order as it was then, what the provider had done for it, and what is to become of it. */
type OldOrder = {
  name: string;
  checkoutState: string;
  status: string;
  isTold: boolean;
  isConsumed: boolean;
  payment: 'none' | 'authorised' | 'declined' | 'voided' | 'captured' | 'refunded';
  stock: 'none' | 'held' | 'committed' | 'released';
  migrated: string;
  /** At the end, with the recovery's help. */
  ended: { state: string; status: string; payment: OldOrder['payment']; isHolding: boolean };
};

const told = { isTold: true, isConsumed: true };
const hidden = { isTold: false, isConsumed: false };
const paid = { state: 'done', status: 'confirmed', payment: 'captured', isHolding: true } as const;
const failed = { state: 'failed', status: 'cancelled', isHolding: false } as const;

const oldOrders: OldOrder[] = [
  {
    name: 'placing',
    checkoutState: 'placing',
    status: 'pending',
    ...hidden,
    payment: 'none',
    stock: 'held',
    migrated: 'authorising',
    ended: { ...failed, payment: 'voided' },
  },
  {
    name: 'placing_authorised',
    checkoutState: 'placing',
    status: 'pending',
    ...hidden,
    payment: 'authorised',
    stock: 'committed',
    migrated: 'authorising',
    ended: paid,
  },
  {
    name: 'taken',
    checkoutState: 'taken',
    status: 'pending',
    ...told,
    payment: 'authorised',
    stock: 'committed',
    migrated: 'committed',
    ended: paid,
  },
  {
    name: 'taken_captured',
    checkoutState: 'taken',
    status: 'pending',
    isTold: true,
    isConsumed: false,
    payment: 'captured',
    stock: 'committed',
    migrated: 'committed',
    ended: paid,
  },
  {
    name: 'taken_confirmed',
    checkoutState: 'taken',
    status: 'confirmed',
    isTold: true,
    isConsumed: false,
    payment: 'captured',
    stock: 'committed',
    migrated: 'captured',
    ended: paid,
  },
  {
    name: 'taken_shipped',
    checkoutState: 'taken',
    status: 'shipped',
    isTold: true,
    isConsumed: false,
    payment: 'captured',
    stock: 'committed',
    migrated: 'captured',
    ended: { ...paid, status: 'shipped' },
  },
  {
    name: 'settled',
    checkoutState: 'settled',
    status: 'delivered',
    ...told,
    payment: 'captured',
    stock: 'committed',
    migrated: 'done',
    ended: { ...paid, status: 'delivered' },
  },
  {
    name: 'undoing',
    checkoutState: 'undoing',
    status: 'cancelled',
    ...hidden,
    payment: 'authorised',
    stock: 'held',
    migrated: 'voiding',
    ended: { ...failed, payment: 'voided' },
  },
  {
    name: 'failed',
    checkoutState: 'failed',
    status: 'cancelled',
    ...hidden,
    payment: 'declined',
    stock: 'released',
    migrated: 'failed',
    ended: { ...failed, payment: 'declined' },
  },
  {
    name: 'cancelling',
    checkoutState: 'cancelling',
    status: 'cancelled',
    ...told,
    payment: 'captured',
    stock: 'committed',
    migrated: 'voiding',
    ended: { ...failed, payment: 'refunded' },
  },
  {
    name: 'closed_cancelled',
    checkoutState: 'closed',
    status: 'cancelled',
    ...told,
    payment: 'refunded',
    stock: 'released',
    migrated: 'failed',
    ended: { ...failed, payment: 'refunded' },
  },
  {
    name: 'refunding',
    checkoutState: 'refunding',
    status: 'refunded',
    ...told,
    payment: 'captured',
    stock: 'committed',
    migrated: 'done',
    ended: { ...paid, status: 'refunded', payment: 'refunded' },
  },
  {
    name: 'closed_refunded',
    checkoutState: 'closed',
    status: 'refunded',
    ...told,
    payment: 'refunded',
    stock: 'committed',
    migrated: 'done',
    ended: { ...paid, status: 'refunded', payment: 'refunded' },
  },
];

async function insertOld(sql: postgres.Sql, { name, checkoutState, status, isTold, isConsumed }: OldOrder) {
  const orderId = `ord_${name}`;
  const tracking =
    status === 'shipped' || status === 'delivered'
      ? '{"carrier": "UPS", "trackingNumber": "1", "url": null}'
      : null;
  const address = { street: 'S', city: 'C', state: '', zipCode: '1', country: 'USA' };
  const method = { type: 'credit_card', brand: null, last4: null, reference: null };
  await sql`insert into orders (order_id, user_id, status, subtotal, tax, shipping, total_amount, shipping_address,
      billing_address, payment_method, tracking_info, estimated_delivery, item_count, cart_id, cart_version,
      checkout_state, acknowledged_at, cart_consumed_at)
    values (${orderId}, ${`usr_${name}`}, ${status}, 99.99, 7.99, 10, 117.98, ${sql.json(address)},
      ${sql.json(address)}, ${sql.json(method)}, ${tracking}::text::jsonb, now(), 1, ${`cart_${name}`}, 1,
      ${checkoutState}, ${isTold ? sql`now()` : null}, ${isConsumed ? sql`now()` : null})`;
  await sql`insert into order_items (item_id, order_id, product_id, product_name, quantity, price, subtotal, position)
    values (${`item_${name}`}, ${orderId}, 'prod_001', 'Headphones', 1, 99.99, 99.99, 0)`;
  await sql`insert into order_timeline (order_id, status) values (${orderId}, 'pending')`;
  if (status !== 'pending')
    await sql`insert into order_timeline (order_id, status) values (${orderId}, ${status})`;
}

let database: TestDatabase;
let sql: postgres.Sql;
const shop = createFakeShop();
const books = createFakePayments();
let app: ReturnType<typeof createOrdersApp>;
let before: postgres.RowList<postgres.Row[]>;

const TOTAL = 11_798;

async function pay({ name, payment }: OldOrder) {
  const orderId = `ord_${name}`;
  const common = {
    orderId,
    authorisationKey: `${orderId}:auth:1`,
    reference: null,
    amount: TOTAL as never,
    currency: 'USD',
  };
  if (payment === 'none') return;
  const token = payment === 'declined' ? 'tok_declined' : 'tok_visa';
  await books.payment.authorise({ ...common, method: { type: 'credit_card', token } });
  if (payment === 'voided') await books.payment.void({ ...common, key: `${orderId}:void:1` });
  if (payment !== 'captured' && payment !== 'refunded') return;
  await books.payment.capture({ ...common, key: `${orderId}:capture:1` });
  if (payment === 'refunded') {
    await books.payment.refund({ ...common, key: `${orderId}:refund:1`, refundAmount: TOTAL as never });
  }
}

function stockUp({ name, stock }: OldOrder) {
  const status = { none: null, held: 'HELD', committed: 'COMMITTED', released: 'RELEASED' }[stock];
  const lines = [{ productId: 'prod_001', quantity: 1 }];
  if (status) shop.reservations.set(`ord_${name}`, { status: status as 'HELD', lines });
}

beforeAll(async () => {
  database = await cloneOldDatabase(OLD_MIGRATIONS);
  sql = postgres(database.url, { onnotice: () => {}, fetch_types: false });
  for (const order of oldOrders) {
    await insertOld(sql, order);
    await pay(order);
    stockUp(order);
  }
  shop.addProduct('prod_001', { name: 'Headphones', priceCents: 9_999, onHand: 100 });
  before =
    await sql`select order_id, status, total_amount, acknowledged_at, updated_at from orders order by 1`;
  await migrateTo('orders', database.url);
  app = createOrdersApp({
    db: drizzle(sql),
    ping: async () => {},
    cart: shop.cart,
    catalog: shop.catalog,
    payment: books.payment,
    logger: createLogger({ service: 'orders', level: 'silent' }),
  });
});
afterAll(async () => {
  await sql.end({ timeout: 5 });
  await database.drop();
});

describe('orders that were under way when checkouts became rows of their own', () => {
  it('stay as they were', async () => {
    const after =
      await sql`select order_id, status, total_amount, acknowledged_at, updated_at from orders order by 1`;
    expect([...after]).toEqual([...before]);
  });

  it.each(oldOrders.map((order) => [order.name, order.migrated] as const))(
    '%s are %s',
    async (name, state) => {
      const [row] = await sql`
      select state, epoch, attempts, parked_at, failure, due_at > now() as "isLeased", due_at < now() + interval '1 minute'
        as "isSoon" from checkouts where order_id = ${`ord_${name}`}`;
      expect(row).toMatchObject({
        state,
        epoch: 1,
        attempts: 0,
        parked_at: null,
        failure: null,
        isSoon: true,
      });
    },
  );

  it('are told to have gone back where they were refunded, and owed where they were not yet', async () => {
    const rows =
      await sql`select order_id, refunded_amount, pricing from orders where refunded_amount > 0 order by 1`;
    expect([...rows]).toEqual(
      ['ord_closed_refunded', 'ord_refunding'].map((order_id) => ({
        order_id,
        refunded_amount: '117.98',
        pricing: null,
      })),
    );
    const refunds =
      await sql`select order_id, amount, state, restock, requested_by, provider_key from refunds`;
    expect([...refunds]).toEqual([
      {
        order_id: 'ord_refunding',
        amount: '117.98',
        state: 'requested',
        restock: [],
        requested_by: 'migration',
        // As it was asked for in those days: it may have gone through.
        provider_key: 'ord_refunding:refund:1',
      },
    ]);
  });

  it('leave nothing of the old columns and of the demonstration provider’s books', async () => {
    const columns = await sql`select column_name from information_schema.columns
      where table_name = 'orders' and column_name in ('checkout_state', 'attempted_at')`;
    expect([...columns]).toEqual([]);
    expect([...(await sql`select 1 from pg_namespace where nspname = 'demo_payments'`)]).toEqual([]);
  });

  it('are brought to their end by the recovery', async () => {
    const { signal } = new AbortController();
    await sql`update checkouts set due_at = now() - interval '1 second'`;
    await app.recoverCheckouts(signal);
    await app.settleRefunds(signal);
    for (const { name, ended } of oldOrders) {
      const orderId = `ord_${name}`;
      const [row] = await sql`select c.state, o.status from checkouts c join orders o using (order_id)
        where order_id = ${orderId}`;
      const stock = shop.reservations.get(orderId)?.status;
      expect([name, row?.state, row?.status]).toEqual([name, ended.state, ended.status]);
      expect([name, books.payments.get(`${orderId}:auth:1`)?.state]).toEqual([name, ended.payment]);
      expect([name, stock === 'COMMITTED' || stock === 'HELD']).toEqual([name, ended.isHolding]);
    }
    // Nothing was taken or given back twice.
    for (const { name } of oldOrders) {
      const ledger = books.ledger(`ord_${name}`);
      expect(new Set(ledger).size).toBe(ledger.length);
    }
    expect(await sql`select 1 from refunds where state <> 'done'`).toHaveLength(0);
  });
});
