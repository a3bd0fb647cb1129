import { type Place, places, wantOf } from './places.ts';
import { createRandom, type Random } from './random.ts';

type ServiceToKill = 'catalog' | 'cart' | 'users' | 'router' | 'payments';
/** A connection that runs through a proxy of ours. */
export type Link = 'orders database' | 'other databases' | 'catalog' | 'cart' | 'payments' | 'orders';

/** What goes wrong in a round, beside the place at which orders is killed. */
export type Fault =
  | { kind: 'kill'; service: ServiceToKill; downMs: number }
  | { kind: 'hang'; service: 'catalog' | 'cart'; forMs: number }
  | { kind: 'crash of Postgres'; cluster: 'orders' | 'others' }
  | { kind: 'ended sessions'; database: 'orders' | 'catalog' | 'cart' | 'payments' }
  | { kind: 'cut connections'; link: Link }
  /** The next requests that hold the text are carried out, and their answers lost; or they never arrive. */
  | { kind: 'lost answer' | 'lost request'; link: Link; text: string; count: number }
  | { kind: 'payment'; operation: PaymentOperation; fault: PaymentFault; count: number; delayMs: number };

type PaymentOperation = 'authorise' | 'capture' | 'void' | 'refund' | 'find';
type PaymentFault =
  | 'delay'
  | 'lose-request'
  | 'lose-answer'
  | 'late'
  | 'twice'
  | 'decline'
  | 'refuse'
  | 'error';

export type TimedFault = { atMs: number; fault: Fault };

/** What one customer does in a round. */
export type ShopperPlan = {
  customer: number;
  startMs: number;
  via: 'rest' | 'graphql';
  hasKey: boolean;
  /** How many requests with one and the same content, at once. */
  copies: number;
  lines: readonly { product: number; quantity: number }[];
  isDeclined: boolean;
  /** Whether the customer cancels once the order is taken. */
  cancels: boolean;
};

export type ChorePlan = { kind: 'ship' | 'refund' | 'cancel' | 'deliver'; atMs: number; share: number };

export type RoundPlan = {
  place: Place;
  /** The hit at which orders is killed, from 1. */
  hit: number;
  downMs: number;
  faults: readonly TimedFault[];
  shoppers: readonly ShopperPlan[];
  chores: readonly ChorePlan[];
};

export const CUSTOMERS = 48;
export const PRODUCTS = 12;

/** The faults and the customers of every round. The same seed gives the same plan. */
export function planRounds(seed: number, rounds: number): RoundPlan[] {
  const random = createRandom(seed);
  const plan: RoundPlan[] = [];
  let turn: Place[] = [];
  for (let round = 0; round < rounds; round += 1) {
    if (turn.length === 0) turn = random.shuffle(places);
    plan.push(planRound(random, turn.shift() ?? random.pick(places)));
  }
  return plan;
}

/** A further round for a place that was not come by. */
export function planRound(random: Random, place: Place): RoundPlan {
  const want = wantOf(place);
  const customers = random.shuffle(Array.from({ length: CUSTOMERS }, (_, index) => index));
  const shoppers = customers
    .slice(0, random.integer(4, 8))
    .map((customer) => planShopper(random, customer, want === 'cancellation'));
  const faults: TimedFault[] =
    want === 'lost cart'
      ? [{ atMs: 0, fault: { kind: 'lost request', link: 'cart', text: 'consumeCart', count: 6 } }]
      : Array.from({ length: random.integer(0, 2) }, () => ({
          atMs: random.integer(0, 1_500),
          fault: planFault(random),
        }));
  return {
    place,
    hit: planHit(random, place),
    downMs: random.integer(50, 400),
    faults,
    shoppers,
    chores: planChores(random, want === 'refund'),
  };
}

function planHit(random: Random, place: Place): number {
  // It is come by every second: at first there is nothing to place yet.
  if (place === 'before dispatch') return random.integer(2, 3);
  return wantOf(place) === 'order' ? random.integer(1, 3) : 1;
}

function planShopper(random: Random, customer: number, cancels: boolean): ShopperPlan {
  const products = random.shuffle(Array.from({ length: PRODUCTS }, (_, index) => index));
  return {
    customer,
    startMs: random.integer(0, 600),
    via: random.pick(['rest', 'graphql']),
    hasKey: random.chance(0.6),
    copies: random.chance(0.25) ? random.integer(2, 3) : 1,
    lines: products
      .slice(0, random.integer(1, 4))
      .map((product) => ({ product, quantity: random.integer(1, 3) })),
    isDeclined: random.chance(0.08),
    cancels: random.chance(cancels ? 0.7 : 0.12),
  };
}

function planChores(random: Random, refunds: boolean): ChorePlan[] {
  const kinds = refunds
    ? (['refund', 'refund', 'ship', 'refund'] as const)
    : random.shuffle(['ship', 'refund', 'deliver', 'cancel', 'ship'] as const).slice(0, random.integer(0, 2));
  return kinds.map((kind) => ({ kind, atMs: random.integer(0, 1_500), share: random.fraction() }));
}

function planFault(random: Random): Fault {
  const kind = random.pick([
    'kill',
    'kill',
    'hang',
    'crash of Postgres',
    'ended sessions',
    'cut connections',
    'lost answer',
    'lost answer',
    'lost request',
    'payment',
    'payment',
    'payment',
  ] as const);
  switch (kind) {
    case 'kill':
      return {
        kind,
        service: random.pick(['catalog', 'cart', 'users', 'router', 'payments']),
        downMs: random.integer(50, 600),
      };
    case 'hang':
      return { kind, service: random.pick(['catalog', 'cart']), forMs: random.integer(1_000, 4_000) };
    case 'crash of Postgres':
      return { kind, cluster: random.pick(['orders', 'others']) };
    case 'ended sessions':
      return { kind, database: random.pick(['orders', 'catalog', 'cart', 'payments']) };
    case 'cut connections':
      return {
        kind,
        link: random.pick(['orders database', 'other databases', 'catalog', 'cart', 'payments', 'orders']),
      };
    case 'lost answer':
    case 'lost request':
      return { kind, ...planLoss(random), count: random.integer(1, 2) };
    case 'payment':
      return planPaymentFault(random);
  }
}

/** Texts of the requests whose loss hurts. */
const losable: readonly { link: Link; texts: readonly string[] }[] = [
  {
    link: 'orders database',
    texts: ['insert into orders', 'update checkouts', 'set acknowledged_at', 'update refunds'],
  },
  { link: 'other databases', texts: ['consume_cart', 'stock_reservations', 'insert into payments'] },
  { link: 'catalog', texts: ['reserveStock', 'commitStock', 'releaseStock', 'restockOrder'] },
  { link: 'cart', texts: ['checkoutCart', 'cartVersion', 'consumeCart'] },
  { link: 'payments', texts: ['/authorisations', '/captures', '/voids', '/refunds'] },
  { link: 'orders', texts: ['createOrder', 'cancelOrder', 'refundOrder'] },
];

function planLoss(random: Random): { link: Link; text: string } {
  const { link, texts } = random.pick(losable);
  return { link, text: random.pick(texts) };
}

function planPaymentFault(random: Random): Fault {
  const operation = random.pick<PaymentOperation>([
    'authorise',
    'authorise',
    'capture',
    'capture',
    'void',
    'refund',
    'find',
  ]);
  const anywhere = ['delay', 'lose-request', 'lose-answer', 'late', 'twice', 'error'] as const;
  const fault = random.pick<PaymentFault>([
    ...anywhere,
    ...(operation === 'authorise' ? (['decline'] as const) : []),
    ...(operation === 'capture' || operation === 'refund' ? (['refuse'] as const) : []),
  ]);
  return {
    kind: 'payment',
    operation,
    fault,
    count: random.integer(1, 3),
    delayMs: random.integer(100, 6_500),
  };
}
