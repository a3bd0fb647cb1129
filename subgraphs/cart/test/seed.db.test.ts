import { cents } from '@commerce/kit/money';
import { drizzle } from 'drizzle-orm/postgres-js';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { seedCart } from '../src/seed.ts';
import { type CartFixture, createCartFixture } from './cart-fixture.ts';
import { customer, offer } from './samples.ts';

const casey = customer('usr_demo_customer');
const now = new Date('2024-03-01T09:00:00.000Z');
let fixture: CartFixture;
let seed: () => Promise<void>;

beforeEach(async () => {
  fixture = await createCartFixture();
  fixture.catalog.set(offer('prod_001'), offer('prod_002', { priceCents: cents(7_995) }));
  seed = async () => await seedCart({ db: drizzle(fixture.client), now });
});
afterEach(async () => await fixture.close());

it('gives the demonstration customer a cart with one line, without warnings', async () => {
  await seed();
  const cart = await fixture.readCart(casey);
  expect(cart).toMatchObject({ version: 1, itemCount: 1, updatedAt: '2024-03-01T09:00:00Z', warnings: [] });
  expect(cart.items).toMatchObject([
    { productId: 'prod_002', quantity: 1, price: { amount: '79.95' }, createdAt: '2024-03-01T09:00:00Z' },
  ]);
});

it('changes nothing the second time, nor where twenty run at once', async () => {
  await Promise.all(Array.from({ length: 20 }, seed));
  await fixture.add(casey, 'prod_001', 2);
  const before = await fixture.readCart(casey);
  await seed();
  expect(await fixture.readCart(casey)).toEqual(before);
});

it('leaves a cart that was emptied empty', async () => {
  await seed();
  await fixture.clear(casey);
  await seed();
  expect((await fixture.readCart(casey)).items).toEqual([]);
});
