const statements = 'subgraphs/orders/src/data/checkout-statements.ts';
const machine = 'subgraphs/orders/src/domain/checkout-machine.ts';
const orderStore = 'subgraphs/orders/src/data/order-store.ts';
const orderTables = 'subgraphs/orders/migrations/0000_tables.sql';
const checkoutTables = 'subgraphs/orders/migrations/0002_checkouts.sql';

const test = (name) => `subgraphs/orders/test/${name}.test.ts`;

const keyIsNotAsked = {
  file: orderStore,
  find: `\${order.idempotency ? sql\`where exists (select 1 from claimed)\` : sql\`\`}`,
  replace: '',
};
const notUnique = (index) => ({
  file: orderTables,
  find: `CREATE UNIQUE INDEX "${index}"`,
  replace: `CREATE INDEX "${index}"`,
});
const anyRefund = {
  file: 'subgraphs/orders/src/data/refund-statements.ts',
  find: `(status in ('shipped', 'delivered') and refunded_amount + old.amount <= total_amount`,
  replace: `(status in ('shipped', 'delivered')`,
};

/** Guards of the orders service. */
export const orderMutants = [
  {
    guard: 'Fence of a checkout',
    off: 'a writer need not have the epoch',
    edits: [{ file: statements, find: ` and c.epoch = \${epoch}`, replace: '' }],
    tests: [test('run-checkout.db')],
  },
  {
    guard: 'Fence of a checkout',
    off: 'a writer need not know the state',
    edits: [{ file: statements, find: ` and c.state = \${state}`, replace: '' }],
    tests: [test('run-checkout.db')],
  },
  {
    guard: 'Lease of a checkout',
    off: 'recovery takes up what somebody is at work on',
    edits: [
      {
        file: statements,
        find: 'and c.due_at <= now() and c.attempts < ',
        replace: 'and c.attempts < ',
      },
    ],
    tests: [test('recover-checkouts.db')],
  },
  {
    guard: 'Row of the idempotency key',
    off: 'an order is recorded though its key is taken',
    edits: [keyIsNotAsked],
    tests: [test('idempotency.db')],
  },
  {
    guard: 'Row of the idempotency key',
    off: 'keys are not recorded',
    edits: [
      keyIsNotAsked,
      { file: orderStore, find: 'const claim = idempotency\n', replace: 'const claim = false\n' },
    ],
    tests: [test('idempotency.db')],
  },
  {
    guard: 'One open order a cart',
    off: 'orders_open_cart_key is not unique',
    edits: [notUnique('orders_open_cart_key')],
    tests: [test('cart-consumption.db')],
  },
  {
    guard: 'One live order a version of a cart',
    off: 'orders_live_cart_version_key is not unique',
    edits: [notUnique('orders_live_cart_version_key')],
    tests: [test('idempotency.db')],
  },
  {
    guard: 'Stock is taken before the money',
    off: 'the steps commit and capture are changed for each other',
    edits: [
      {
        file: machine,
        find: `case 'authorised':\n      return 'commit';`,
        replace: `case 'authorised':\n      return 'capture';`,
      },
      {
        file: machine,
        find: `case 'capturing':\n      return 'capture';`,
        replace: `case 'capturing':\n      return 'commit';`,
      },
      {
        file: machine,
        find: `case 'commit':\n      if (outcome.kind === 'done') return { to: 'committed'`,
        replace: `case 'capture':\n      if (outcome.kind === 'done') return { to: 'committed'`,
      },
      {
        file: machine,
        find: `case 'capture':\n      if (outcome.kind === 'done') return captured(`,
        replace: `case 'commit':\n      if (outcome.kind === 'done') return captured(`,
      },
    ],
    tests: [test('place-order-faults.db')],
  },
  {
    guard: 'Event in the statement of its change',
    off: 'a step of a checkout writes none',
    edits: [
      {
        file: statements,
        find: `return sql\`\${entry}\${event}\${owed}\`;`,
        replace: `return sql\`\${entry}\${owed}\`;`,
      },
    ],
    tests: [test('written-events.db')],
  },
  {
    guard: 'Parking',
    off: 'a checkout is tried without end',
    edits: [
      { file: statements, find: 'const MAX_ATTEMPTS = 8;', replace: 'const MAX_ATTEMPTS = 1_000_000;' },
    ],
    tests: [test('run-checkout.db')],
  },
  {
    guard: 'Refunds are set aside',
    off: 'more than is left may be asked for; the CHECK of the table stays',
    edits: [anyRefund],
    tests: [test('refund-order.db')],
  },
  {
    guard: 'Refunds are set aside, and the CHECK',
    off: 'more than is left may be asked for, for the table as well',
    edits: [
      anyRefund,
      {
        file: checkoutTables,
        find: `CHECK ("orders"."refunded_amount" between 0 and "orders"."total_amount" and (`,
        replace: 'CHECK ((',
      },
    ],
    tests: [test('refund-order.db')],
  },
  {
    guard: 'Pieces that go back are set aside',
    off: 'refunds may name the same pieces twice',
    edits: [
      {
        file: 'subgraphs/orders/migrations/0005_refund_keys.sql',
        find: `CHECK ("order_items"."restocked_quantity" between 0 and "order_items"."quantity")`,
        replace: 'CHECK (true)',
      },
    ],
    tests: [test('refund-races.db')],
  },
  {
    guard: 'A refused refund gets another key',
    off: 'what was refused is asked for under the same key',
    edits: [
      {
        file: 'subgraphs/orders/src/clients/refund-keys.ts',
        find: `return [orderId, kind, name, Number(turn) + 1].join(':');`,
        replace: `return turn === '' ? '' : [orderId, kind, name].join(':');`,
      },
    ],
    tests: [test('owed-refunds.db')],
  },
  {
    guard: 'Money that is owed stays owed',
    off: 'a refund of a cancelled or refunded order may be over without its money',
    edits: [
      {
        file: 'subgraphs/orders/src/data/refund-statements.ts',
        find: `        and status not in ('cancelled', 'refunded') for update
    ), r as (`,
        replace: '        for update\n    ), r as (',
      },
    ],
    tests: [test('refund-order.db'), test('owed-refunds.db')],
  },
  {
    guard: 'Money that is owed stays owed',
    off: 'a cancellation is done though its money was refused',
    edits: [
      {
        file: statements,
        find: 'const owed = owedUnder ?',
        replace: 'const owed = false ?',
      },
    ],
    tests: [test('owed-refunds.db')],
  },
  {
    guard: 'News is for who asks the provider next',
    off: 'a message that comes while somebody is at work is over',
    edits: [
      {
        file: 'subgraphs/orders/src/domain/handle-provider-messages.ts',
        find: `if (states.includes('at-work')) throw new Error('Somebody is at work on the order');`,
        replace: '',
      },
    ],
    tests: [test('provider-messages.db')],
  },
  {
    guard: 'Places in the feed are given under a lock',
    off: 'several dispatchers give places at once',
    edits: [
      {
        file: 'subgraphs/orders/migrations/0004_event_delivery.sql',
        find: `PERFORM pg_advisory_xact_lock(hashtext('order_events.position'));`,
        replace: '',
      },
    ],
    tests: [test('event-feed.db')],
  },
  {
    guard: 'Signature of the provider’s messages',
    off: 'a message is believed whoever sent it',
    edits: [
      {
        file: 'subgraphs/orders/src/clients/stripe-event.ts',
        find: 'Stripe.webhooks.constructEvent(payload, signatureHeader, secret, TOLERANCE_SECONDS)',
        replace: 'JSON.parse(payload)',
      },
    ],
    tests: [test('stripe-event')],
  },
];
