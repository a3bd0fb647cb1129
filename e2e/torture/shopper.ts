import { setTimeout as delay } from 'node:timers/promises';
import type { ShopperPlan } from './plan.ts';
import type { OrderInput, ShopRequests } from './requests.ts';
import type { Tally } from './tally.ts';

export type ShopperDeps = {
  requests: ShopRequests;
  tally: Tally;
  products: readonly string[];
  token: string;
  /** Names the attempts of this customer in this round. */
  key: string;
  /** Whether what failed is to be tried again. */
  isPatient(): boolean;
};

const CANCEL = `mutation Cancel($input: CancelOrderInput!) { cancelOrder(input: $input) { order { status } } }`;

/** A customer fills the cart, orders it, tries again where there was no answer, and perhaps cancels. */
export async function goShopping(plan: ShopperPlan, deps: ShopperDeps): Promise<void> {
  await delay(plan.startMs);
  for (const { product, quantity } of plan.lines) {
    await addToCart(deps, { productId: deps.products[product] ?? '', quantity });
  }
  const orderIds = new Set(
    (await Promise.all(Array.from({ length: plan.copies }, () => order(plan, deps)))).flat(),
  );
  if (plan.hasKey && orderIds.size > 1) {
    deps.tally.complain(`One key gave several orders: ${[...orderIds].join(', ')}`);
  }
  if (plan.cancels) {
    for (const orderId of orderIds) await cancel(deps, orderId);
  }
}

async function addToCart(
  { requests, token, isPatient }: ShopperDeps,
  item: { productId: string; quantity: number },
): Promise<void> {
  do {
    const answer = await requests.rest('POST', '/api/v1/cart/items', { token, body: item });
    if (answer.kind !== 'away') return;
    await delay(200);
  } while (isPatient());
}

/** @returns the orders that the customer was told of */
async function order(plan: ShopperPlan, deps: ShopperDeps): Promise<string[]> {
  const { requests, tally, token, key } = deps;
  for (let attempt = 1; ; attempt += 1) {
    const answer = await requests.createOrder({
      via: plan.via,
      input: inputOf(plan),
      key: plan.hasKey ? key : null,
      token,
    });
    if (answer.kind === 'taken') {
      if (tally.ack(answer.order)) tally.count('orders: acknowledged');
      if (answer.isReplayed) tally.count('orders: acknowledged again');
      return [answer.order.orderId];
    }
    const isOver = answer.kind === 'refused' && answer.code !== 'RES_002';
    if (isOver || !deps.isPatient()) {
      tally.count(isOver ? `orders: refused with ${answer.code}` : 'orders: given up by the client');
      return [];
    }
    tally.count('orders: tried again');
    await delay(150 + 100 * attempt);
  }
}

/** The same for each attempt: a key stands for one content. */
function inputOf({ isDeclined }: ShopperPlan): OrderInput {
  return {
    shippingAddress: {
      street: '1 Torture St',
      city: 'Albany',
      state: 'NY',
      zipCode: '12207',
      country: 'USA',
    },
    paymentMethod: { type: 'credit_card', token: isDeclined ? 'tok_declined_1' : 'tok_visa_4242' },
  };
}

async function cancel({ requests, tally, token, isPatient }: ShopperDeps, orderId: string): Promise<void> {
  do {
    const answer = await requests.graphql(CANCEL, { input: { orderId } }, token);
    if (answer.kind === 'done') return tally.count('orders: cancelled by the customer');
    if (answer.kind === 'refused') {
      // It may have been shipped, or given up, in between; but it is there.
      if (answer.code !== 'BUS_002') tally.complain(`Cancelling ${orderId}: ${answer.code}`);
      return tally.count(`cancellations: refused with ${answer.code}`);
    }
    await delay(300);
  } while (isPatient());
}
