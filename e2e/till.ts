import { randomUUID } from 'node:crypto';
import { expect, vi } from 'vitest';
import { z } from 'zod';
import type { ShopClient } from './client.ts';

type Lines = Readonly<Record<string, number>>;
type Customer = Awaited<ReturnType<ShopClient['signUp']>>;
export type PlacedOrder = Customer & { orderId: string };

/** A shop's customers and its administrator, as far as orders are concerned. */
export type Till = {
  admin: string;
  /** Puts pieces into the cart of a new customer. */
  fillCart(lines: Lines): Promise<Customer>;
  checkOut(token: string, card?: string): ReturnType<ShopClient['rest']>;
  /** An order of a new customer that was taken: pending. */
  order(lines: Lines, card?: string): Promise<PlacedOrder>;
  /** The same, once it is confirmed. */
  orderConfirmed(lines: Lines, card?: string): Promise<PlacedOrder>;
  /** Changes something as administrator. */
  change(mutation: string, input: object): Promise<void>;
  ship(orderId: string): Promise<void>;
  /** Pieces of a product that can be bought. */
  inventoryOf(productId: string): Promise<number>;
};

const address = {
  street: '123 Main St',
  city: 'New York',
  state: 'NY',
  zipCode: '10001',
  country: 'USA',
};

/** The machine may be busy with other things. */
export const PATIENCE = { timeout: 60_000, interval: 100 };

const placed = z.object({ data: z.object({ orderId: z.string(), status: z.literal('pending') }) });
const stock = z.object({ product: z.object({ inventory: z.number() }) });

export async function openTill(client: ShopClient): Promise<Till> {
  const admin = await client.logIn('admin@example.com', 'Demo-Passw0rd!');

  async function fillCart(lines: Lines): Promise<Customer> {
    const customer = await client.signUp();
    for (const [productId, quantity] of Object.entries(lines)) {
      const body = { productId, quantity };
      const added = await client.rest('POST', '/api/v1/cart/items', { token: customer.token, body });
      expect(added.status).toBe(201);
    }
    return customer;
  }

  async function checkOut(token: string, card = 'tok_visa') {
    return await client.rest('POST', '/api/v1/orders', {
      token,
      body: { shippingAddress: address, paymentMethod: { type: 'credit_card', token: card } },
      headers: { 'idempotency-key': randomUUID() },
    });
  }

  async function order(lines: Lines, card?: string): Promise<PlacedOrder> {
    const customer = await fillCart(lines);
    const answer = await checkOut(customer.token, card);
    expect(answer.status).toBe(201);
    return { ...customer, orderId: placed.parse(answer.body).data.orderId };
  }

  async function change(mutation: string, input: object): Promise<void> {
    const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
    const query = `mutation Change($input: ${type}!) { ${mutation}(input: $input) { order { orderId } } }`;
    const { errors } = await client.graphql(query, { token: admin, variables: { input } });
    expect(errors).toEqual([]);
  }

  return {
    admin,
    fillCart,
    checkOut,
    order,
    async orderConfirmed(lines, card) {
      const taken = await order(lines, card);
      await waitForStatus(client, taken, 'confirmed');
      return taken;
    },
    change,
    async ship(orderId) {
      const tracking = { carrier: 'UPS', trackingNumber: '1Z999AA10123456784' };
      await change('updateOrderStatus', { orderId, status: 'SHIPPED', tracking });
    },
    async inventoryOf(productId) {
      const query = 'query Stock($productId: ID!) { product(productId: $productId) { inventory } }';
      const { data } = await client.graphql(query, { variables: { productId } });
      return stock.parse(data).product.inventory;
    },
  };
}

/** Waits longer than the client's own: nothing here is about how fast it is. */
export async function waitForStatus(
  client: ShopClient,
  { orderId, token }: Pick<PlacedOrder, 'orderId' | 'token'>,
  status: string,
): Promise<void> {
  await vi.waitFor(async () => {
    const answer = await client.rest('GET', `/api/v1/orders/${orderId}`, { token });
    expect(answer.body).toMatchObject({ data: { status } });
  }, PATIENCE);
}
