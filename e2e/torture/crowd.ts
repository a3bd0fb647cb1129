import { createBoundFolder } from '@commerce/testkit/bound-folder';
import type { OrderInput } from './requests.ts';
import { type Customer, startTortureShop, type TortureShop } from './shop.ts';

export const orderInput: OrderInput = {
  shippingAddress: { street: '1 Crowd St', city: 'Albany', state: 'NY', zipCode: '12207', country: 'USA' },
  paymentMethod: { type: 'credit_card', token: 'tok_visa_4242' },
};

export type Line = { productId: string; quantity: number };

/** A shop of real processes for one test file, whose folder goes with it. */
export async function startCrowdedShop(options: {
  customers: number;
  env?: Readonly<Record<string, string>>;
}): Promise<TortureShop> {
  const folder = await createBoundFolder();
  const shop = await startTortureShop(folder.path, { killsOrders: false, ...options });
  return {
    ...shop,
    async close() {
      await shop.close();
      await folder.remove();
    },
  };
}

/** Does something for each item, so many at a time.
 *  @returns result[i] is of items[i] */
export async function forEach<Item, Result>(
  items: readonly Item[],
  atATime: number,
  act: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = [...items.entries()];
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [index, item] = next;
      results[index] = await act(item, index);
    }
  };
  await Promise.all(Array.from({ length: atATime }, work));
  return results;
}

const AT_A_TIME = 16;

/** Puts lines into customers' carts.
 *  @param linesOf in the order in which they are put in */
export async function fillCarts(
  shop: TortureShop,
  customers: readonly Customer[],
  linesOf: (index: number) => readonly Line[],
): Promise<void> {
  await forEach(customers, AT_A_TIME, async (customer, index) => {
    for (const line of linesOf(index)) {
      const response = await fetch(`${shop.url}/api/v1/cart/items`, {
        method: 'POST',
        headers: headersOf(shop, customer),
        body: JSON.stringify(line),
      });
      if (response.status !== 201) throw new Error(`Not in the cart: ${await response.text()}`);
      await response.body?.cancel();
    }
  });
}

export type OrderAnswer = { status: number; code: string | null; orderId: string | null; ms: number };

/** @returns what was answered; status 0 where nothing was */
export async function placeOrder(
  shop: TortureShop,
  customer: Customer,
  options: { key?: string; origin?: string; input?: OrderInput } = {},
): Promise<OrderAnswer> {
  const { key, origin = shop.url, input = orderInput } = options;
  const startedAt = performance.now();
  const took = () => performance.now() - startedAt;
  try {
    const response = await fetch(`${origin}/api/v1/orders`, {
      method: 'POST',
      headers: { ...headersOf(shop, customer), ...(key === undefined ? {} : { 'idempotency-key': key }) },
      body: JSON.stringify(input),
    });
    const body = Object(await response.json());
    const orderId: unknown = Object(body.data).orderId ?? null;
    const code: unknown = Object(body.error).code ?? null;
    return {
      status: response.status,
      code: typeof code === 'string' ? code : null,
      orderId: typeof orderId === 'string' ? orderId : null,
      ms: took(),
    };
  } catch {
    return { status: 0, code: null, orderId: null, ms: took() };
  }
}

export function headersOf(shop: TortureShop, customer: Customer): Record<string, string> {
  return { 'content-type': 'application/json', authorization: `Bearer ${shop.tokenOf(customer)}` };
}

/** How often each status and code was answered, such as `201` and `400 BUS_001`. */
export function countAnswers(answers: readonly OrderAnswer[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, code } of answers) {
    const name = code === null ? String(status) : `${status} ${code}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}
