import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { ChorePlan } from './plan.ts';
import type { Answer, ShopRequests } from './requests.ts';
import type { Tally } from './tally.ts';

export type AdministratorDeps = { requests: ShopRequests; tally: Tally; token: string };

const PATIENCE_MS = 4_000;

const UPDATE = `mutation Update($input: UpdateOrderStatusInput!) {
  updateOrderStatus(input: $input) { order { status } }
}`;
const REFUND = `mutation Refund($input: RefundOrderInput!, $key: String) {
  refundOrder(input: $input, idempotencyKey: $key) { refund { state } }
}`;
const RETRY = `mutation Retry($input: RetryCheckoutInput!) { retryCheckout(input: $input) { orderId } }`;
const STOCK = `mutation Stock($input: UpdateInventoryInput!) { updateInventory(input: $input) { product { productId } } }`;

/** What a chore is done with: an order as the databases have it. */
export type OrderOnHand = {
  orderId: string;
  status: string;
  /** In cents. */
  total: number;
  lines: readonly { productId: string; quantity: number }[];
};

/** Does a chore with one of the orders, and repeats it where there is no answer. */
export async function doChore(
  chore: ChorePlan,
  orders: readonly OrderOnHand[],
  deps: AdministratorDeps,
): Promise<void> {
  const wanted = orders.filter(({ status }) => startOf[chore.kind].includes(status));
  const order = wanted[Math.floor(chore.share * wanted.length)];
  if (order === undefined) return;
  const key = randomUUID();
  const deadline = Date.now() + PATIENCE_MS;
  do {
    const answer = await request(chore, order, { ...deps, key });
    if (answer.kind === 'done') return deps.tally.count(`administration: ${chore.kind}`);
    // While users is away nobody is known to be an administrator.
    if (answer.kind === 'refused' && answer.code !== 'AUTH_004') {
      if (!answer.code.startsWith('BUS_'))
        deps.tally.complain(`${chore.kind}: ${answer.code} ${answer.message}`);
      return;
    }
    await delay(300);
  } while (Date.now() < deadline);
}

const startOf: Readonly<Record<ChorePlan['kind'], readonly string[]>> = {
  ship: ['confirmed', 'processing'],
  deliver: ['shipped'],
  cancel: ['confirmed', 'processing', 'pending'],
  refund: ['confirmed', 'processing', 'shipped', 'delivered'],
};

async function request(
  { kind, share }: ChorePlan,
  { orderId, total, status, lines }: OrderOnHand,
  { requests, token, key }: AdministratorDeps & { key: string },
): Promise<Answer> {
  switch (kind) {
    case 'ship': {
      const tracking = { carrier: 'UPS', trackingNumber: '1Z999' };
      return await requests.graphql(UPDATE, { input: { orderId, status: 'SHIPPED', tracking } }, token);
    }
    case 'deliver':
      return await requests.graphql(UPDATE, { input: { orderId, status: 'DELIVERED' } }, token);
    case 'cancel':
      return await requests.graphql(UPDATE, { input: { orderId, status: 'CANCELLED' } }, token);
    case 'refund': {
      const isWhole = share < 0.3 && (status === 'shipped' || status === 'delivered');
      const [line] = lines;
      const input = {
        orderId,
        ...(isWhole ? {} : { amount: (Math.ceil(total * share * 0.4 + 1) / 100).toFixed(2) }),
        ...(line ? { restock: [{ productId: line.productId, quantity: 1 }] } : {}),
      };
      return await requests.graphql(REFUND, { input, key }, token);
    }
  }
}

/** Lets a parked checkout be taken up again, as an operator would.
 *  @returns whether it was done */
export async function retryParked(orderId: string, { requests, token }: AdministratorDeps): Promise<boolean> {
  return (await requests.graphql(RETRY, { input: { orderId } }, token)).kind === 'done';
}

export async function setStock(
  { requests, token }: Pick<AdministratorDeps, 'requests' | 'token'>,
  productId: string,
  onHand: number,
): Promise<void> {
  const answer = await requests.graphql(STOCK, { input: { productId, onHand } }, token);
  if (answer.kind !== 'done')
    throw new Error(`The stock of ${productId} was not set: ${JSON.stringify(answer)}`);
}
