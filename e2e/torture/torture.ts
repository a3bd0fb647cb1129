import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { findViolations } from '@commerce/invariants/find-violations';
import { z } from 'zod';
import { type AdministratorDeps, doChore, setStock } from './administrator.ts';
import { heal, letHappen } from './faults.ts';
import { type Place, places, wantOf } from './places.ts';
import { PRODUCTS, planRound, planRounds, type RoundPlan } from './plan.ts';
import { createRandom } from './random.ts';
import { createRequests, type ShopRequests } from './requests.ts';
import { describeOrder, settle } from './settle.ts';
import type { TortureShop } from './shop.ts';
import { goShopping } from './shopper.ts';
import { expectTold, subscribe } from './subscriber.ts';
import { createTally, type Tally } from './tally.ts';

export type TortureReport = { tally: Tally; rounds: number; neverKilledAt: Place[] };

export type TortureOptions = {
  shop: TortureShop;
  rounds: number;
  seed: number;
  log(line: string): void;
};

/** After so many rounds everything has to come to rest. */
const ROUNDS_TO_REST = 10;
/** Further rounds for places that were not come by. */
const MAX_FURTHER_ROUNDS = 12;
const REST_SECONDS = 60;
/** Of orders: so long a mail may wait for a process that was sending it when it died. */
const MAIL_LEASE_SECONDS = 90;
const PATIENCE_MS = 2_500;
const LONGEST_PATIENCE_MS = 10_000;
const PLENTY = 100_000;
const SCARCE = 6;

type World = {
  shop: TortureShop;
  tally: Tally;
  requests: ShopRequests;
  products: readonly string[];
  fired: Set<Place>;
  log(line: string): void;
};

/** Orders, cancels and refunds while the shop is being killed, and finds out whether it keeps its promises. It ends
 *  with the first round that shows that it does not. */
export async function torture(options: TortureOptions): Promise<TortureReport> {
  const { shop, rounds, seed, log } = options;
  const tally = createTally();
  const requests = createRequests(shop.url, tally);
  const world: World = { shop, tally, requests, products: await listProducts(shop), fired: new Set(), log };
  const receiver = await subscribe(administrationOf(world));
  try {
    const done = await runRounds(world, { rounds, seed });
    if (tally.complaints().length === 0) await expectTold(shop, receiver, { tally });
    for (const [name, service] of Object.entries(shop.processes)) {
      if (service.deaths() > 0) tally.complain(`${name} ended by itself ${service.deaths()} times`);
    }
    await countOrders(world);
    return { tally, rounds: done, neverKilledAt: missing(world) };
  } finally {
    await receiver.close();
  }
}

/** @returns how many were run */
async function runRounds(
  world: World,
  { rounds, seed }: Pick<TortureOptions, 'rounds' | 'seed'>,
): Promise<number> {
  const { tally } = world;
  await stockUp(world);
  const plan = planRounds(seed, rounds);
  const further = createRandom(seed + 1);
  let done = 0;
  for (; tally.complaints().length === 0; done += 1) {
    const round = plan[done] ?? planFurther(done - rounds, world, further);
    if (!round) break;
    await runRound(world, round, done + 1);
    await checkLive(world, done + 1);
    if ((done + 1) % ROUNDS_TO_REST === 0) await comeToRest(world, done + 1);
  }
  if (tally.complaints().length === 0) await comeToRest(world, done, true);
  return done;
}

function missing({ fired }: World): Place[] {
  return places.filter((place) => !fired.has(place));
}

function planFurther(index: number, world: World, random: ReturnType<typeof createRandom>): RoundPlan | null {
  const [place] = missing(world);
  // A short run cannot come by all of them.
  const isLong = world.fired.size > places.length / 2;
  return place === undefined || !isLong || index >= MAX_FURTHER_ROUNDS ? null : planRound(random, place);
}

async function runRound(world: World, plan: RoundPlan, number: number): Promise<void> {
  const { shop, tally, requests, products, log } = world;
  const startedAt = Date.now();
  await shop.armed.arm(firstPlaceOf(plan.place), plan.hit);
  const over = new AbortController();
  const isPatient = patienceOf(shop);
  const cameBy = new Set<Place>();
  const medic = reviveOrders(world, { plan, cameBy }, over.signal);
  const administration = administrationOf(world);
  const orders = await listOrders(shop);
  await Promise.all([
    ...plan.shoppers.map((shopper) => {
      const customer = shop.customers[shopper.customer];
      if (!customer) throw new Error('A plan for a customer who is not there');
      const token = shop.tokenOf(customer);
      return goShopping(shopper, { requests, tally, products, token, key: randomUUID(), isPatient });
    }),
    ...plan.chores.map(async (chore) => {
      await delay(chore.atMs);
      await doChore(chore, orders, administration);
    }),
    ...plan.faults.map((fault) => letHappen(fault, { shop, tally })),
  ]);
  const want = wantOf(plan.place);
  if (want === 'recovery' || want === 'events') await waitForBackground(cameBy, plan.place);
  over.abort();
  await medic;
  await heal(shop);
  const seconds = ((Date.now() - startedAt) / 1_000).toFixed(1);
  log(`round ${number}: ${plan.place}${cameBy.has(plan.place) ? '' : ' (not come by)'}, ${seconds} s`);
}

/** Customers try again for a while, and for as long as orders is away or has just come back. */
function patienceOf({ processes }: TortureShop): () => boolean {
  const startedAt = Date.now();
  let awayAt = startedAt;
  return () => {
    const now = Date.now();
    if (!processes.orders.isReady()) awayAt = now;
    return (
      now - startedAt < LONGEST_PATIENCE_MS &&
      (now - startedAt < PATIENCE_MS || now - awayAt < PATIENCE_MS / 2)
    );
  };
}

/** A recovery has to find an authorisation whose answer nobody has. */
function firstPlaceOf(place: Place): Place {
  return wantOf(place) === 'recovery' ? 'after authorise' : place;
}

/** Starts orders again after each death at an armed place.
 *  @param round.cameBy is told of the places at which it died */
async function reviveOrders(
  world: World,
  { plan, cameBy }: { plan: RoundPlan; cameBy: Set<Place> },
  over: AbortSignal,
): Promise<void> {
  const { shop, tally, fired } = world;
  const { orders } = shop.processes;
  while (!over.aborted) {
    await delay(20, undefined, { signal: over }).catch(() => undefined);
    if (orders.isRunning()) continue;
    const place = await shop.armed.takeFired();
    if (place === null) continue;
    fired.add(place);
    cameBy.add(place);
    tally.count('fault: kill of orders');
    tally.count(`killed ${place}`);
    await delay(plan.downMs);
    const isFirst = place !== plan.place && place === firstPlaceOf(plan.place);
    if (isFirst) await shop.armed.arm(plan.place, 1);
    await orders.start();
  }
}

/** The lease of the dead has to end first: of a checkout, or of the task that they had in the queue. */
async function waitForBackground(cameBy: ReadonlySet<Place>, place: Place): Promise<void> {
  for (let waitedMs = 0; waitedMs < 25_000 && !cameBy.has(place); waitedMs += 100) await delay(100);
}

function administrationOf({ shop, requests, tally }: World): AdministratorDeps {
  return { requests, tally, token: shop.tokenOf(shop.administrator) };
}

async function checkLive(world: World, round: number): Promise<void> {
  const { shop, tally } = world;
  const startedAt = Date.now();
  const violations = await findViolations(shop.databaseUrls(), { mode: 'live', acked: tally.acked() });
  tally.took('live check', Date.now() - startedAt);
  await report(world, violations, `round ${round}, live`);
}

type Violations = Awaited<ReturnType<typeof findViolations>>;

/** @param isLast whether also what takes longest has to end: in between, mails are left to it */
async function comeToRest(world: World, round: number, isLast = false): Promise<void> {
  const { shop, tally, log } = world;
  const startedAt = Date.now();
  const settledMs = await settle(shop, administrationOf(world));
  if (settledMs === null) tally.complain(`round ${round}: not everything ended in time`);
  else tally.took('coming to rest', settledMs);
  const find = async (settleSeconds: number) =>
    await findViolations(shop.databaseUrls(), { mode: 'quiet', acked: tally.acked(), settleSeconds });
  const first = await find(isLast ? REST_SECONDS + MAIL_LEASE_SECONDS : 5);
  const violations = isLast || areMailsOnly(first) ? first : await find(REST_SECONDS);
  await report(world, isLast || !areMailsOnly(violations) ? violations : [], `round ${round}, at rest`);
  log(`at rest after round ${round}: ${((Date.now() - startedAt) / 1_000).toFixed(1)} s`);
  await stockUp(world);
}

/** Mails that a dead process had taken up, and that wait for the end of its lease. */
function areMailsOnly(violations: Violations): boolean {
  return violations.every(
    ({ rows, total }) =>
      total === rows.length && rows.every((row) => row.work === 'mail' && row.is_parked === false),
  );
}

async function report({ shop, tally, log }: World, violations: Violations, when: string): Promise<void> {
  for (const { invariant, name, rows, total } of violations) {
    tally.complain(
      `${when}: invariant ${invariant} (${name}) is broken ${total} times: ${JSON.stringify(rows.slice(0, 3))}`,
    );
  }
  const values = violations.flatMap(({ rows }) => rows.flatMap((row) => Object.values(row)));
  const orderIds = new Set(values.filter(isOrderId));
  for (const orderId of [...orderIds].slice(0, 5)) log(await describeOrder(shop, orderId));
}

function isOrderId(value: unknown): value is string {
  return typeof value === 'string' && /^ord_\w+$/.test(value);
}

async function listProducts({ clusterOf }: TortureShop): Promise<string[]> {
  const statement = `select product_id as "productId" from products where is_active and price between 5 and 500
    and currency = 'USD' order by product_id limit ${PRODUCTS}`;
  const rows = await clusterOf('catalog').query('catalog', statement, z.object({ productId: z.string() }));
  return rows.map(({ productId }) => productId);
}

/** Most products never end; a few are always short. */
async function stockUp(world: World): Promise<void> {
  const deps = administrationOf(world);
  for (const [index, productId] of world.products.entries()) {
    await setStock(deps, productId, index % 4 === 3 ? SCARCE : PLENTY);
  }
}

const orderOnHand = z.object({
  orderId: z.string(),
  status: z.string(),
  total: z.number(),
  lines: z.array(z.object({ productId: z.string(), quantity: z.number() })),
});

/** The newest first: what is done to them meets what is under way. */
async function listOrders({ clusters }: TortureShop) {
  return await clusters.orders.query(
    'orders',
    `select order_id as "orderId", status, (total_amount * 100)::int as total, (
        select jsonb_agg(jsonb_build_object('productId', i.product_id, 'quantity', i.quantity))
        from order_items i where i.order_id = o.order_id) as lines
      from orders o where acknowledged_at is not null and order_id not like 'ord_demo%'
      order by created_at desc, order_id limit 40`,
    orderOnHand,
  );
}

async function countOrders({ shop, tally }: World): Promise<void> {
  const rows = await shop.clusters.orders.query(
    'orders',
    `select case when acknowledged_at is null then 'never told of' else status end as status, count(*)::int as count
      from orders where order_id not like 'ord_demo%' group by 1`,
    z.object({ status: z.string(), count: z.number() }),
  );
  for (const { status, count } of rows) tally.count(`orders in the end: ${status}`, count);
}
