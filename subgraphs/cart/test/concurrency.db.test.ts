import { cents } from '@commerce/kit/money';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CartFixture, createCartFixture } from './cart-fixture.ts';
import { customer, offer } from './samples.ts';

/** A race that is lost only now and then must not pass. */
function twentyTimes(run: (round: number) => Promise<void>): () => Promise<void> {
  return async () => {
    for (let round = 0; round < 20; round += 1) await run(round);
  };
}

let fixture: CartFixture;

beforeAll(async () => {
  fixture = await createCartFixture({ poolSize: 20 });
  fixture.catalog.set(offer('prod_a', { inventory: 1_000 }), offer('prod_b', { inventory: 1_000 }));
});
afterAll(async () => await fixture.close());

describe('at once', () => {
  it(
    'fifty additions of one at once make fifty, counted fifty times',
    twentyTimes(async (round) => {
      const userId = `usr_fifty${round}`;
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => fixture.add(customer(userId), 'prod_a', 1)),
      );
      expect(answers.every((answer) => answer.code === undefined)).toBe(true);
      expect(await fixture.storedLines(userId)).toMatchObject([{ quantity: 50 }]);
      expect(await fixture.storedVersion(userId)).toBe(50);
      // Each answer is the cart as that addition left it.
      const versions = answers.map((answer) => answer.cart.version).sort((a, b) => a - b);
      expect(versions).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    }),
  );

  it(
    'not one piece more than can be bought is added',
    twentyTimes(async (round) => {
      const userId = `usr_short${round}`;
      fixture.catalog.set(offer('prod_few', { inventory: 7 }));
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => fixture.add(customer(userId), 'prod_few', 1)),
      );
      expect(answers.filter((answer) => answer.code === 'BUS_001')).toHaveLength(13);
      expect(await fixture.storedLines(userId)).toMatchObject([{ quantity: 7 }]);
    }),
  );

  it(
    'a cart that is nearly full takes one more product of many',
    twentyTimes(async (round) => {
      const userId = `usr_full${round}`;
      const [cart] = await fixture.client`
      insert into carts (cart_id, user_id) values (${`cart_${userId}`}, ${userId}) returning cart_id`;
      await fixture.client`
      insert into cart_items (item_id, cart_id, product_id, quantity, price, created_at)
      select ${`item_${round}_`} || n, ${cart?.cart_id}, 'prod_old' || n, 1, 1, now() - n * interval '1 second'
      from generate_series(1, 99) n`;
      const ids = Array.from({ length: 8 }, (_, index) => `prod_new${index}`);
      fixture.catalog.set(...ids.map((id) => offer(id)));
      const answers = await Promise.all(ids.map((id) => fixture.add(customer(userId), id)));
      expect(answers.filter((answer) => answer.code === 'BUS_002')).toHaveLength(7);
      expect(await fixture.storedLines(userId)).toHaveLength(100);
    }),
  );

  it(
    'of two currencies at once one is taken',
    twentyTimes(async (round) => {
      const userId = `usr_currency${round}`;
      fixture.catalog.set(offer('prod_eur', { currencyCode: 'EUR' }));
      const answers = await Promise.all(
        ['prod_a', 'prod_eur', 'prod_b', 'prod_eur'].map((id) => fixture.add(customer(userId), id)),
      );
      const lines = await fixture.client`
      select distinct currency from cart_items where cart_id = ${`cart_${userId}`}`;
      expect(lines).toHaveLength(1);
      expect(answers.filter((answer) => answer.code === 'BUS_002')).toHaveLength(2);
    }),
  );

  it(
    'an order is taken out once, however often and with whatever beside it',
    twentyTimes(async (round) => {
      const userId = `usr_consume${round}`;
      await fixture.add(customer(userId), 'prod_a', 5);
      await fixture.add(customer(userId), 'prod_b', 5);
      const order = {
        userId,
        orderId: `ord_${round}`,
        version: 2,
        lines: [
          { productId: 'prod_a', quantity: 5 },
          { productId: 'prod_b', quantity: 5 },
        ],
      };
      const [answers] = await Promise.all([
        Promise.all(Array.from({ length: 10 }, () => fixture.consume(order))),
        ...Array.from({ length: 5 }, () => fixture.add(customer(userId), 'prod_a', 1)),
      ]);
      expect(answers.filter((answer) => answer.consumed)).toHaveLength(1);
      expect(answers.filter((answer) => answer.consumed === false)).toHaveLength(9);
      expect(await fixture.storedLines(userId)).toMatchObject([{ product_id: 'prod_a', quantity: 5 }]);
    }),
  );

  it(
    'readers that store new prices and writers do not block each other for good',
    twentyTimes(async (round) => {
      const userId = `usr_mixed${round}`;
      const viewer = customer(userId);
      await fixture.add(viewer, 'prod_a');
      await fixture.add(viewer, 'prod_b');
      const work = Array.from({ length: 30 }, async (_, index) => {
        const prices = { inventory: 1_000, priceCents: cents(1_000 + index) };
        fixture.catalog.set(offer('prod_a', prices), offer('prod_b', prices));
        return await (index % 3 === 0
          ? fixture.add(viewer, index % 2 ? 'prod_a' : 'prod_b')
          : fixture.ask(viewer, '{ cart { items { price { cents } } } }'));
      });
      const answers = await Promise.all(work);
      expect(answers.map((answer) => answer.code)).toEqual(answers.map(() => undefined));
      expect(await fixture.storedVersion(userId)).toBe(12);
    }),
  );

  it(
    'storing shown prices and taking out orders lock the same lines without a deadlock',
    twentyTimes(async (round) => {
      const userId = `usr_locks${round}`;
      await fixture.client`insert into carts (cart_id, user_id) values (${`cart_${userId}`}, ${userId})`;
      const items = await fixture.client`
        insert into cart_items (item_id, cart_id, product_id, quantity, price)
        select md5(${userId} || '_' || n), ${`cart_${userId}`}, 'prod_' || n, 999, 1 from generate_series(1, 40) n
        returning item_id, product_id`;
      const { store } = fixture.app.createContext({
        viewer: customer(userId),
        clientAddress: '',
        requestId: '',
      }).deps;
      const lines = items.map((item) => ({ productId: String(item.product_id), quantity: 1 }));
      await Promise.all(
        Array.from({ length: 10 }, async (_, index) => {
          const prices = new Map(items.map((item) => [String(item.item_id), cents(100 + index)]));
          await Promise.all([
            store.recordShownPrices(`cart_${userId}`, prices),
            store.consume({
              userId,
              orderId: `ord_locks${round}_${index}`,
              version: 1_000,
              lines: lines.toReversed(),
            }),
          ]);
        }),
      );
      expect(await fixture.storedVersion(userId)).toBe(10);
    }),
  );
});
