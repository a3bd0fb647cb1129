import { AppError } from '@commerce/kit/errors';
import { cents } from '@commerce/kit/money';
import type { CartClient, CheckoutCart } from '../src/clients/cart.ts';
import type { CatalogClient, StockLine } from '../src/clients/catalog.ts';

export type Fault =
  /** Fails before it does anything. */
  | 'fail'
  /** Does it, but the answer is lost. */
  | 'lose'
  /** Gives up waiting; it is done when `deliverLate` is called. */
  | 'late'
  /** Does not answer, until `endHanging` is called; then it fails. */
  | 'hang'
  /** Says no, for good. */
  | 'refuse';
export type Step = 'read' | 'version' | 'consume' | 'reserve' | 'commit' | 'release' | 'restock';

export type FakeProduct = {
  name: string;
  priceCents: number;
  shownCents?: number;
  onHand: number;
  isActive?: boolean;
};

const unavailable = () => new AppError('SYS_002', 'Unavailable (test)', { retryAfterSeconds: 2 });

/** Carts and stock in memory, with the same promises as the real services, and faults on request. */
export function createFakeShop() {
  const products = new Map<string, FakeProduct>();
  const reservations = new Map<
    string,
    { status: 'HELD' | 'COMMITTED' | 'RELEASED'; lines: readonly StockLine[] }
  >();
  const carts = new Map<string, { version: number; lines: Map<string, number>; consumed: Set<string> }>();
  const restocks = new Map<string, { orderId: string; lines: readonly StockLine[] }>();
  const faults = new Map<Step, Fault[]>();
  const calls: Step[] = [];
  const late: (() => unknown)[] = [];
  const hanging: (() => void)[] = [];
  let afterRead: (() => Promise<void>) | null = null;

  const reservedOf = (productId: string) =>
    [...reservations.values()]
      .filter(({ status }) => status === 'HELD')
      .flatMap(({ lines }) => lines)
      .filter((line) => line.productId === productId)
      .reduce((sum, line) => sum + line.quantity, 0);
  const availableOf = (productId: string) => (products.get(productId)?.onHand ?? 0) - reservedOf(productId);

  async function step<Result>(name: Step, act: () => Result): Promise<Result> {
    calls.push(name);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 3));
    const fault = faults.get(name)?.shift();
    if (fault === 'fail') throw unavailable();
    if (fault === 'refuse') throw new AppError('BUS_001', 'Gone (test)');
    if (fault === 'hang') {
      await new Promise<void>((resolve) => hanging.push(resolve));
      throw unavailable();
    }
    if (fault === 'late') {
      late.push(act);
      throw unavailable();
    }
    const result = act();
    if (fault === 'lose') throw unavailable();
    return result;
  }

  function reserve(orderId: string, lines: readonly StockLine[]): void {
    const known = reservations.get(orderId);
    if (known?.status === 'RELEASED') throw new AppError('BUS_002', 'The order was released');
    if (known) return;
    for (const { productId, quantity } of lines) {
      if (!products.has(productId)) throw new AppError('RES_001', 'No such product');
      if (!isActive(productId)) throw new AppError('BUS_002', 'Not sold', { details: { productId } });
      const available = availableOf(productId);
      if (available < quantity) {
        throw new AppError('BUS_001', undefined, { details: { productId, requested: quantity, available } });
      }
    }
    reservations.set(orderId, { status: 'HELD', lines });
  }

  function changeOnHand(lines: readonly StockLine[], sign: 1 | -1): void {
    for (const { productId, quantity } of lines) {
      const product = products.get(productId);
      if (product) product.onHand += sign * quantity;
    }
  }

  function commit(orderId: string): void {
    const known = reservations.get(orderId);
    if (!known || known.status === 'RELEASED') throw new AppError('BUS_001', 'Nothing is held');
    if (known.status === 'HELD') changeOnHand(known.lines, -1);
    known.status = 'COMMITTED';
  }

  /** The lines of an order less what is back by restocks. */
  const leftOf = (orderId: string, lines: readonly StockLine[]) =>
    lines.map(({ productId, quantity }) => {
      const back = [...restocks.values()]
        .filter((restock) => restock.orderId === orderId)
        .flatMap((restock) => restock.lines.filter((line) => line.productId === productId));
      return { productId, quantity: back.reduce((left, line) => left - line.quantity, quantity) };
    });

  function release(orderId: string): void {
    const known = reservations.get(orderId) ?? { status: 'RELEASED' as const, lines: [] };
    if (known.status === 'COMMITTED') changeOnHand(leftOf(orderId, known.lines), 1);
    reservations.set(orderId, { ...known, status: 'RELEASED' });
  }

  function putBack({ orderId, restockId, lines }: Parameters<CatalogClient['restockOrder']>[0]): void {
    const known = reservations.get(orderId);
    if (known?.status === 'RELEASED' || restocks.has(restockId)) return;
    if (known?.status !== 'COMMITTED') throw new AppError('RES_001', 'Nothing was taken');
    const left = new Map(leftOf(orderId, known.lines).map((line) => [line.productId, line.quantity]));
    if (lines.some((line) => line.quantity > (left.get(line.productId) ?? 0))) {
      throw new AppError('BUS_002', 'More than is left to return');
    }
    restocks.set(restockId, { orderId, lines });
    changeOnHand(lines, 1);
  }

  const isActive = (productId: string) => products.get(productId)?.isActive ?? true;
  const cartOf = (userId: string) => {
    const cart = carts.get(userId) ?? { version: 0, lines: new Map<string, number>(), consumed: new Set() };
    carts.set(userId, cart);
    return cart;
  };

  function checkoutCart(userId: string): CheckoutCart {
    const { version, lines } = cartOf(userId);
    const rows = [...lines].map(([productId, quantity]) => {
      const product = products.get(productId);
      return {
        productId,
        name: product?.name ?? null,
        quantity,
        price: cents(product?.priceCents ?? 100),
        shownPrice: cents(product?.shownCents ?? product?.priceCents ?? 100),
        available: availableOf(productId),
        isActive: product !== undefined && isActive(productId),
      };
    });
    const subtotal = rows.reduce((sum, row) => sum + row.price * row.quantity, 0);
    const tax = Math.floor(subtotal * 0.08);
    const shipping = rows.length > 0 ? 1_000 : 0;
    return {
      cartId: `cart_${userId}`,
      version,
      currency: 'USD',
      lines: rows,
      subtotal: cents(subtotal),
      tax: cents(tax),
      shipping: cents(shipping),
      total: cents(subtotal + tax + shipping),
      pricing: { taxRateBasisPoints: 800, taxRounding: 'down', shippingFlatCents: 1_000 },
    };
  }

  const cart: CartClient = {
    async readCheckoutCart(userId) {
      const read = await step('read', () => checkoutCart(userId));
      await afterRead?.();
      return read;
    },
    readVersion: (userId) => step('version', () => cartOf(userId).version),
    consumeCart: ({ userId, orderId, lines }) =>
      step('consume', () => {
        const own = cartOf(userId);
        if (own.consumed.has(orderId)) return;
        own.consumed.add(orderId);
        own.version += 1;
        for (const { productId, quantity } of lines) {
          const left = (own.lines.get(productId) ?? 0) - quantity;
          if (left > 0) own.lines.set(productId, left);
          else own.lines.delete(productId);
        }
      }),
  };
  const catalog: CatalogClient = {
    reserveStock: (orderId, lines) => step('reserve', () => reserve(orderId, lines)),
    commitStock: (orderId) => step('commit', () => commit(orderId)),
    releaseStock: (orderId) => step('release', () => release(orderId)),
    restockOrder: (restock) => step('restock', () => putBack(restock)),
  };

  return {
    cart,
    catalog,
    products,
    calls,
    reservations,
    /** The next calls of the step fail in these ways, one each. */
    fault: (name: Step, ...kinds: Fault[]) => void faults.set(name, [...(faults.get(name) ?? []), ...kinds]),
    deliverLate() {
      for (const act of late.splice(0)) {
        try {
          act();
        } catch {
          // What comes too late may be refused.
        }
      }
    },
    endHanging() {
      for (const end of hanging.splice(0)) end();
    },
    reset() {
      for (const all of [products, reservations, restocks, carts, faults]) all.clear();
      calls.length = 0;
      late.length = 0;
      afterRead = null;
    },
    /** Runs between reading a cart and what is done with it. */
    onceRead: (work: () => Promise<void>) => {
      afterRead = async () => {
        afterRead = null;
        await work();
      };
    },
    addProduct: (productId: string, product: FakeProduct) => void products.set(productId, product),
    putInCart: (userId: string, productId: string, quantity: number) => {
      const own = cartOf(userId);
      own.version += 1;
      own.lines.set(productId, (own.lines.get(productId) ?? 0) + quantity);
    },
    linesOf: (userId: string) => Object.fromEntries(cartOf(userId).lines),
    versionOf: (userId: string) => cartOf(userId).version,
    onHandOf: (productId: string) => products.get(productId)?.onHand,
    reservedOf,
  };
}
