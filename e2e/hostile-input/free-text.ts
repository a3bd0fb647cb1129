import fc from 'fast-check';
import type { ShopClient } from '../client.ts';
import { seed } from './cases.ts';
import { rulesOf } from './field-rules.ts';
import { hostileText } from './hostile-text.ts';
import { codesOf, findFault } from './judge.ts';
import type { Fresh, Place } from './place.ts';
import { findChanges, type RowChanges, type ShopRows } from './rows.ts';
import { again } from './try-place.ts';

/** Places whose text is kept, whatever it is. */
export function isFreeText(place: Place): boolean {
  return place.isWrite && place.where === 'json' && place.shape.kind === 'text' && rulesOf(place).isFree;
}

/** Whose doing goes on behind the answer, for seconds: which of its rows are there when we look differs. */
const goesOn = /order/i;
/** Made of the words of what is written: other words, other rows. */
const derived = new Set(['catalog public.search_vocabulary']);

const LONG_MS = 1_500;

type Prepare = () => Promise<Fresh>;

/** What has to be new each time, so that a mutation succeeds again. */
export function prepareFor(operation: string, client: ShopClient, token: string): Prepare {
  const order = async () => {
    await client.graphql('mutation { clearCart { cart { version } } }', { token });
    await client.rest('POST', '/api/v1/cart/items', { token, body: { productId: 'prod_003', quantity: 1 } });
  };
  const orderId = async () => {
    await order();
    const placed = await client.rest('POST', '/api/v1/orders', {
      token,
      body: { shippingAddress: address, paymentMethod: { type: 'credit_card', token: 'tok_visa' } },
    });
    const id = String(Object(placed.body).data?.orderId);
    await client.waitForStatus(id, 'confirmed', token);
    return { path: ['input', 'orderId'], value: id };
  };
  const prepares: Record<string, Prepare> = {
    'mutation register': async () => [{ path: ['input', 'email'], value: newEmail() }],
    'post /api/v1/users/register': async () => [{ path: ['email'], value: newEmail() }],
    'mutation createProduct': async () => [{ path: ['input', 'sku'], value: unique('sku') }],
    'mutation createCategory': async () => [{ path: ['input', 'name'], value: unique('Shelf') }],
    'mutation createOrder': async () => order().then(() => []),
    'post /api/v1/orders': async () => order().then(() => []),
    'mutation cancelOrder': async () => [await orderId()],
    'mutation updateOrderStatus': async () => [
      await orderId(),
      { path: ['input', 'status'], value: 'SHIPPED' },
      { path: ['input', 'tracking'], value: { carrier: 'UPS', trackingNumber: '1Z999' } },
    ],
    'mutation refundOrder': async () => [{ path: ['input', 'amount'], value: '0.01' }],
  };
  return prepares[operation] ?? (async () => []);
}

const address = { street: '1 Own St', city: 'Troy', state: 'NY', zipCode: '12180', country: 'USA' };

let made = 0;

function unique(text: string): string {
  made += 1;
  return `${text} ${made.toString(36)}`;
}

function newEmail(): string {
  return `${unique('writer').replace(' ', '-')}@example.org`;
}

/** How many rows an operation takes away and adds, by table. */
type Footprint = ReadonlyMap<string, string>;

function footprintOf(changes: RowChanges): Footprint {
  return new Map(
    changes
      .filter(({ table }) => !derived.has(table))
      .map(({ table, removed, added }) => [table, `${removed.length} removed, ${added.length} added`]),
  );
}

/** What harmless text changes, by operation: found out once where that takes long. */
const known = new Map<string, Footprint>();

export type Writing = { rows: ShopRows; prepare: Prepare; count: number };

/** Writes hostile text where any text may stand. It is kept as it is, or refused and nothing changes; and nothing changes that
 *  harmless text does not change.
 *  @throws Error with the text that is treated otherwise */
export async function tryFreeText(place: Place, { rows, prepare, count }: Writing): Promise<void> {
  const isSlow = goesOn.test(place.operation);
  const expected = await footprintOfHarmless(place, { rows, prepare, count });
  for (const hostile of fc.sample(hostileText, { seed, numRuns: isSlow ? 1 : count })) {
    const written = await write(place, {
      rows,
      prepare,
      start: hostile,
      look: isSlow ? 'at once' : 'settled',
    });
    const problem = written.fault ?? findProblem(written, expected, isSlow);
    if (problem !== null)
      throw new Error(`${place.name}: ${JSON.stringify(written.text)}: ${problem}${again()}`);
  }
}

async function footprintOfHarmless(place: Place, { rows, prepare }: Writing): Promise<Footprint> {
  const isSlow = goesOn.test(place.operation);
  const found = isSlow ? known.get(place.operation) : undefined;
  if (found) return found;
  const look = isSlow ? 'late' : 'settled';
  // The first time may change more: a name that is another from then on.
  if (!isSlow) await write(place, { rows, prepare, start: 'First', look });
  const { codes, changes } = await write(place, { rows, prepare, start: 'Harmless', look });
  if (codes.length > 0) throw new Error(`${place.name} refuses even harmless text: ${codes.join()}`);
  known.set(place.operation, footprintOf(changes));
  return footprintOf(changes);
}

type Written = { text: string; codes: string[]; fault: string | null; changes: RowChanges };

/** When to look for what was written, and for what else was. */
type Look = 'at once' | 'settled' | 'late';

async function write(
  place: Place,
  { rows, prepare, start, look }: { rows: ShopRows; prepare: Prepare; start: string; look: Look },
): Promise<Written> {
  const read = async () => {
    if (look === 'at once') return await rows.read();
    return await rows.readSettled(look === 'late' ? LONG_MS : undefined);
  };
  const fresh = await prepare();
  const text = unique(start);
  const before = await read();
  const answer = await place.send({ wire: JSON.stringify(text) }, fresh);
  const changes = findChanges(before, await read());
  return {
    text,
    changes,
    codes: codesOf(place, answer) ?? ['none'],
    fault: findFault(place, 'harmless', answer),
  };
}

function findProblem({ text, codes, changes }: Written, expected: Footprint, isSlow: boolean): string | null {
  const footprint = footprintOf(changes);
  const others = [...footprint].filter(([table, counts]) =>
    isSlow ? !expected.has(table) : expected.get(table) !== counts,
  );
  const lacking = isSlow ? [] : [...expected.keys()].filter((table) => !footprint.has(table));
  // What was done before may still go on where it is slow.
  if (codes.length > 0)
    return (isSlow ? others.length : footprint.size) > 0 ? 'refused, and yet rows changed' : null;
  if (others.length + lacking.length > 0)
    return `changes ${JSON.stringify([...footprint])} where harmless text changes ${JSON.stringify([...expected])}`;
  const kept = changes.flatMap(({ added }) => added.flatMap((row) => textsIn(JSON.parse(row))));
  return kept.includes(text.trim()) ? null : 'not kept as it is';
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
