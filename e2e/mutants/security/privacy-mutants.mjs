import { securityMutant } from './security-mutant.mjs';

const usersErasure = 'subgraphs/users/migrations/0004_erasure.sql';
const cartErasure = 'subgraphs/cart/migrations/0003_erasure.sql';
const ordersErasure = 'subgraphs/orders/migrations/0006_erasure.sql';
const catalogTraces = 'subgraphs/catalog/migrations/0006_customer_traces.sql';
const deletion = 'subgraphs/users/src/domain/delete-account.ts';
const erasureStore = 'subgraphs/users/src/data/erasure-store.ts';
const erasures = 'subgraphs/users/src/domain/erasures.ts';

const deleteTest = 'subgraphs/users/test/delete-account.db.test.ts';
const tombstoneTest = 'subgraphs/users/test/tombstone.db.test.ts';
const cartTest = 'subgraphs/cart/test/privacy.db.test.ts';
const catalogTest = 'subgraphs/catalog/test/privacy.db.test.ts';
const ordersTest = 'subgraphs/orders/test/erase-customer.db.test.ts';
const erasedOrdersTest = 'subgraphs/orders/test/erased-orders.db.test.ts';

const mutant = securityMutant('Privacy');

const accounts = [
  ...[
    ['addresses of a deleted account', 'they stay', 'DELETE FROM addresses WHERE user_id = p_user_id;'],
    [
      'devices of a deleted account',
      'its sessions tell from where they came',
      'UPDATE refresh_families SET device = NULL, address = NULL WHERE user_id = p_user_id;',
    ],
    [
      'resets of a deleted account',
      'they stay open',
      'DELETE FROM password_resets WHERE user_id = p_user_id;',
    ],
    [
      'verifications of a deleted account',
      'they stay open',
      'DELETE FROM email_verifications WHERE user_id = p_user_id;',
    ],
  ].map(([name, off, find]) =>
    mutant(name, off, { test: deleteTest, file: usersErasure, find, replace: '' }),
  ),
  mutant('sessions of a deleted account', 'they live on', {
    test: deleteTest,
    file: usersErasure,
    find: 'session_epoch = session_epoch + 1, erased_at',
    replace: 'erased_at',
  }),
  mutant('a password changed meanwhile', 'the old one deletes the account', {
    test: tombstoneTest,
    file: usersErasure,
    find: ' AND password_hash = p_password_hash',
    replace: '',
  }),
  mutant('an administrator made meanwhile', 'their account is deleted', {
    test: tombstoneTest,
    file: usersErasure,
    find: "is_active AND role = 'customer'",
    replace: 'is_active',
  }),
  mutant('what stands for a deleted account', 'it can be activated and named again', {
    test: tombstoneTest,
    file: usersErasure,
    find: 'CONSTRAINT "users_erased_name_nobody" CHECK (',
    replace: 'CONSTRAINT "users_erased_name_nobody" CHECK (true or ',
  }),
  mutant('a verification that is late', 'it is a fault of the service', {
    test: tombstoneTest,
    file: 'subgraphs/users/src/data/verification-store.ts',
    find: ' and users.erased_at is null',
    replace: '',
  }),
  mutant('known places of a deleted account', 'they are kept', {
    test: tombstoneTest,
    file: deletion,
    find: '  await deps.loginGuard.forget({ email, clientAddress });\n',
    replace: '',
  }),
  mutant('cached profile of a deleted account', 'it is shown', {
    test: tombstoneTest,
    file: deletion,
    find: '  await deps.profiles.forget(userId);\n',
    replace: '',
  }),
  mutant('password of who deletes', 'any will do', {
    test: deleteTest,
    file: deletion,
    find: '    if (!isRight) throw wrongPassword();\n',
    replace: '',
  }),
  mutant('administrators who delete', 'they are told that their password is wrong', {
    test: deleteTest,
    file: deletion,
    find: "if (account.role === 'admin')",
    replace: 'if (account.role === null)',
  }),
  mutant('telling again', 'a subgraph that was away twice is given up', {
    test: deleteTest,
    file: erasureStore,
    find: 'where not is_complete and due_at <= now()',
    replace: 'where not is_complete and attempts = 0 and due_at <= now()',
  }),
  mutant('telling no more', 'a subgraph that proved it is told again', {
    test: deleteTest,
    file: erasureStore,
    find: 'where not is_complete and due_at <= now()',
    replace: 'where due_at <= now()',
  }),
  mutant('one erasure', 'every customer reads it', {
    test: deleteTest,
    file: erasures,
    find: '  await requirePresentAdmin(deps, viewer);\n  return await deps.erasures.find',
    replace: '  return await deps.erasures.find',
  }),
  mutant('the list of erasures', 'every customer reads it', {
    test: deleteTest,
    file: erasures,
    find: '  await requirePresentAdmin(deps, viewer);\n  const request',
    replace: '  const request',
  }),
];

const refused = {
  find: 'IF EXISTS (SELECT FROM erased_customers WHERE user_id = NEW.user_id) THEN',
  replace: 'IF false THEN',
};

const customers = [
  mutant('the cart of an erased customer', 'it stays', {
    test: cartTest,
    file: cartErasure,
    find: '  DELETE FROM carts WHERE cart_id = v_cart_id;\n',
    replace: '',
  }),
  mutant('additions of an erased customer', 'a token that still lives fills a cart', {
    test: cartTest,
    file: cartErasure,
    ...refused,
  }),
  mutant('orders of an erased customer', 'a token that still lives orders', {
    test: ordersTest,
    file: ordersErasure,
    ...refused,
  }),
  mutant('erased orders name nobody', 'an address can be written again', {
    test: ordersTest,
    file: ordersErasure,
    find: 'CONSTRAINT "orders_erased_name_nobody" CHECK (',
    replace: 'CONSTRAINT "orders_erased_name_nobody" CHECK (true or ',
  }),
  mutant('erased orders are final', 'one that is to be delivered loses its address', {
    test: erasedOrdersTest,
    file: ordersErasure,
    find: 'CONSTRAINT "orders_erased_are_final" CHECK (',
    replace: 'CONSTRAINT "orders_erased_are_final" CHECK (true or ',
  }),
  mutant('what a mail server said', 'it is kept, with the address', {
    test: erasedOrdersTest,
    file: ordersErasure,
    find: 'UPDATE order_mails SET last_error = NULL',
    replace: 'UPDATE order_mails SET last_error = last_error',
  }),
  mutant('mails to an erased customer', 'they are tried again', {
    test: erasedOrdersTest,
    file: ordersErasure,
    find: '  DELETE FROM order_mails WHERE order_id = ANY (v_all) AND sent_at IS NULL;\n',
    replace: '',
  }),
  mutant('keys of an erased customer', 'they stay', {
    test: ordersTest,
    file: ordersErasure,
    find: '  DELETE FROM idempotency_keys WHERE user_id = p_user_id;\n',
    replace: '',
  }),
  mutant('notes on erased orders', 'they stay', {
    test: ordersTest,
    file: ordersErasure,
    find: 'UPDATE order_timeline SET note = NULL WHERE',
    replace: 'UPDATE order_timeline SET note = NULL WHERE false AND',
  }),
  mutant('later notes', 'they name the person', {
    test: ordersTest,
    file: ordersErasure,
    find: 'NEW.note := NULL;',
    replace: 'NULL;',
  }),
  mutant('later reasons', 'they name the person', {
    test: ordersTest,
    file: ordersErasure,
    find: 'NEW.reason := NULL;',
    replace: 'NULL;',
  }),
  mutant('parcel numbers of events', 'they stay', {
    test: ordersTest,
    file: ordersErasure,
    find: 'UPDATE order_events SET data = jsonb_set(',
    replace: "UPDATE order_events SET data = coalesce(data, '{}') WHERE false; PERFORM jsonb_set(",
  }),
  mutant('orders that become final', 'nobody follows up', {
    test: ordersTest,
    file: ordersErasure,
    find: '  PERFORM erase_orders(v_order_ids);\n',
    replace: '',
  }),
  mutant('orders that failed unseen', 'they keep the person', {
    test: ordersTest,
    file: ordersErasure,
    find: 'WHERE user_id = p_user_id AND acknowledged_at IS NULL',
    replace: 'WHERE false AND acknowledged_at IS NULL',
  }),
  mutant('tables that come to name people', 'the catalog does not see them', {
    test: catalogTest,
    file: catalogTraces,
    find: 'IF v_count > 0 THEN\n      RETURN',
    replace: 'IF false THEN\n      RETURN',
  }),
  ...[
    ['cart', 'subgraphs/cart/src/graphql/mutation.ts', cartTest],
    ['orders', 'subgraphs/orders/src/domain/erase-customer.ts', ordersTest],
    ['catalog', 'subgraphs/catalog/src/domain/erase-customer.ts', catalogTest],
  ].map(([name, file, test]) =>
    mutant(`who has a customer erased in ${name}`, 'anybody', {
      test,
      file,
      find: "requireService(viewer, 'users');",
      replace: '',
    }),
  ),
  ...[
    ['users', 'subgraphs/users/src/graphql/privacy.ts', deleteTest],
    ['cart', 'subgraphs/cart/src/graphql/data-export.ts', cartTest],
    ['orders', 'subgraphs/orders/src/graphql/privacy.ts', 'subgraphs/orders/test/export-orders.db.test.ts'],
    ['catalog', 'subgraphs/catalog/src/graphql/privacy.ts', catalogTest],
  ].map(([name, file, test]) =>
    mutant(`owner of an export of ${name}`, 'anybody reads it (two guards, one behind the other)', {
      test,
      edits: [
        {
          file,
          find: "viewer.kind === 'user' && viewer.userId === userId ? { userId } : null",
          replace: 'viewer && { userId }',
        },
        { file, find: "if (viewer.kind !== 'user' || viewer.userId !== userId) return null;", replace: '' },
      ],
    }),
  ),
];

/** What is left of who deletes an account, and what is told to whom of customers. */
export const privacyMutants = [...accounts, ...customers];
