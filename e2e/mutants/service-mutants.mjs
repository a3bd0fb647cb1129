const stock = 'subgraphs/catalog/migrations/0004_stock.sql';
const catalogTables = 'subgraphs/catalog/migrations/0001_tables.sql';
const ledger = 'infra/payment-provider/src/data/ledger-store.ts';
const connection = 'packages/kit/src/guarded-connection.ts';

const shortIsNotSeen = {
  file: stock,
  find: `when p.inventory < l.quantity then 'short' end`,
  replace: `when false then 'short' end`,
};
const reservations = 'subgraphs/catalog/test/reservations.db.test.ts';
const isReleased = `if exists (select 1 from stock_releases r where r.order_id = p_order_id) then
    return jsonb_build_object('outcome', 'refused');
  end if;
  if not exists (select 1 from stock_reservations r where r.order_id = p_order_id) then
    return`;
const anythingGoes = (find) => ({ file: catalogTables, find, replace: 'CHECK (true)' });

/** Guards of the catalog, the cart, the payment provider and the database client. */
export const serviceMutants = [
  {
    guard: 'Conditional update of stock',
    off: 'nothing is ever short; the CHECKs of the tables stay',
    edits: [shortIsNotSeen],
    tests: [reservations],
  },
  {
    guard: 'Conditional update of stock, and the CHECKs',
    off: 'nothing is ever short, for the tables neither',
    edits: [
      shortIsNotSeen,
      anythingGoes(`CHECK (0 <= "products"."reserved" and "products"."reserved" <= "products"."on_hand")`),
      anythingGoes(
        `CHECK (0 <= "stock_movements"."reserved_after" and "stock_movements"."reserved_after" <= "stock_movements"."on_hand_after")`,
      ),
    ],
    tests: [reservations, 'subgraphs/catalog/test/stock-concurrency.db.test.ts'],
  },
  {
    guard: 'All lines or none',
    off: 'the lines that can be had are taken though another is short',
    edits: [
      {
        file: stock,
        find: `v_answer := lock_stock_lines(v_lines, true);
  if v_answer is not null then`,
        replace: `v_answer := lock_stock_lines(v_lines, true);
  if v_answer is not null then
    perform move_stock('reservation', p_order_id, null, (
      select jsonb_agg(jsonb_build_object(
        'productId', l -> 'productId', 'onHandDelta', 0, 'reservedDelta', l -> 'quantity'))
      from jsonb_array_elements(v_lines) l where lock_stock_lines(jsonb_build_array(l), true) is null
    ));`,
      },
    ],
    tests: [reservations],
  },
  {
    guard: 'Tombstone of released stock',
    off: 'a reservation that comes after the release is held',
    edits: [
      {
        file: stock,
        find: `${isReleased} null;`,
        replace: `${isReleased} null;`.replace(/exists \(.*?\)/, 'false'),
      },
    ],
    tests: [reservations],
  },
  {
    guard: 'Tombstone of released stock',
    off: 'a commitment that comes after the release takes the pieces',
    edits: [
      {
        file: stock,
        find: `${isReleased} jsonb_build_object('outcome', 'unknown');`,
        replace: `${isReleased} jsonb_build_object('outcome', 'unknown');`.replace(/exists \(.*?\)/, 'false'),
      },
    ],
    tests: [reservations],
  },
  {
    guard: 'Inbox of the cart',
    off: 'an order is taken out of its cart as often as it is asked for',
    edits: [
      {
        file: 'subgraphs/cart/migrations/0001_functions.sql',
        find: 'IF NOT FOUND THEN RETURN false; END IF;',
        replace: '',
      },
    ],
    tests: ['subgraphs/cart/test/services.db.test.ts'],
  },
  {
    guard: 'Idempotency of the payment provider',
    off: 'a key that was used before moves money again',
    edits: [
      {
        file: 'infra/payment-provider/migrations/0000_ledger.sql',
        find: 'CONSTRAINT "entries_entry_key_key" UNIQUE("entry_key"),',
        replace: '',
      },
      ...['opened', 'judged', 'moved'].map((rows) => ({
        file: ledger,
        find: `from ${rows} on conflict (entry_key) do nothing`,
        replace: `from ${rows} on conflict do nothing`,
      })),
    ],
    tests: ['infra/payment-provider/test/ledger.db.test.ts'],
  },
  {
    guard: 'Tombstone of a voided payment',
    off: 'an authorisation that comes after its void is approved',
    edits: [
      {
        file: ledger,
        find: 'on conflict (authorisation_key) do nothing returning amount, currency)',
        replace: `on conflict (authorisation_key) do update set state = excluded.state, amount = excluded.amount
      where payments.state = 'voided' returning amount, currency)`,
      },
    ],
    tests: ['infra/payment-provider/test/ledger.db.test.ts'],
  },
  {
    guard: 'Guard of the database client',
    off: 'a connection is kept after its socket died, and connects again by itself',
    edits: [
      { file: connection, find: 'onclose: () => die(connectionLost())', replace: 'onclose: () => {}' },
      { file: connection, find: 'if (isDead || socket !== null) throw connectionLost();', replace: '' },
      { file: connection, find: 'if (!isRefusal(error)) die(error);', replace: '' },
    ],
    tests: ['packages/kit/test/guarded-connection.db.test.ts'],
  },
];
