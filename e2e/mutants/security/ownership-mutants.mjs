import { securityMutant } from './security-mutant.mjs';

const cartLoaders = 'subgraphs/cart/src/data/loaders.ts';
const cartAccess = 'subgraphs/cart/src/graphql/cart-access.ts';
const cartFunctions = 'subgraphs/cart/migrations/0001_functions.sql';
const userFunctions = 'subgraphs/users/migrations/0002_functions.sql';
const sessionStore = 'subgraphs/users/src/data/session-store.ts';
const orderQueries = 'subgraphs/orders/src/graphql/query.ts';
const orderAdministration = 'subgraphs/orders/src/graphql/administration-mutations.ts';
const viewer = 'packages/kit/src/viewer.ts';

const queriesTest = 'subgraphs/orders/test/queries.db.test.ts';
const cartTest = 'subgraphs/cart/test/change-cart.db.test.ts';
const cartFederationTest = 'subgraphs/cart/test/federation.db.test.ts';
const addressTest = 'subgraphs/users/test/addresses.db.test.ts';
const ownSessionsTest = 'subgraphs/users/test/own-sessions.db.test.ts';
const administrationTest = 'subgraphs/users/test/administration.db.test.ts';
const viewerTest = 'packages/kit/test/viewer.test.ts';
const parkedTest = 'subgraphs/orders/test/parked-work.db.test.ts';
const webhooksTest = 'subgraphs/orders/test/webhook-administration.db.test.ts';

const mutant = securityMutant('Ownership');

/** A field for administrators whose guard is taken out. */
const forAdministrators = (field, { test, file, before = '', guard = oneLine, instead = '', after = '' }) =>
  mutant(`requireAdmin of ${field}`, 'everybody may', {
    test,
    file,
    find: `${before}${guard}${after}`,
    replace: `${before}${instead}${after}`,
  });
const oneLine = '      requireAdmin(viewer);\n';
const userIdOnly = "      const userId = viewer.kind === 'user' ? viewer.userId : 'usr_none';\n";
const guardWithId = '      const { userId } = requireAdmin(viewer);\n';
const functionGuard = '  requireAdmin(viewer);\n';

/** Whose things are whose, in the SQL, and what only administrators may. */
export const ownershipMutants = [
  mutant('orders', 'everybody’s are found', {
    test: queriesTest,
    file: 'subgraphs/orders/src/data/order-reader.ts',
    find: `sql\`o.acknowledged_at is not null and o.user_id = \${scope.userId}\``,
    replace: `sql\`o.acknowledged_at is not null and \${scope.userId}::text is not null\``,
  }),
  mutant('nobody’s orders', 'who is not logged in finds all', {
    test: queriesTest,
    file: 'subgraphs/orders/src/context.ts',
    find: "if (viewer.kind !== 'user') return null;",
    replace: "if (viewer.kind !== 'user') return { kind: 'all' };",
  }),
  mutant('User.orders', 'everybody’s are listed', {
    test: queriesTest,
    file: 'subgraphs/orders/src/graphql/user.ts',
    find: "    if (scope.kind === 'owner' && scope.userId !== userId) return null;\n",
    replace: '',
  }),
  mutant('lists of orders', 'all are on everybody’s list', {
    test: queriesTest,
    file: 'subgraphs/orders/src/data/order-pages.ts',
    find: 'owner: sql`o.user_id = owner.user_id`',
    replace: 'owner: sql`true`',
  }),
  mutant('cancelOrder', 'everybody’s are cancelled', {
    test: 'subgraphs/orders/test/cancel-order.db.test.ts',
    file: 'subgraphs/orders/src/data/checkout-statements.ts',
    find: `scope.kind === 'owner' ? sql\`and user_id = \${scope.userId}\` : sql\`\``,
    replace: "scope.kind === 'owner' ? sql`` : sql``",
  }),
  mutant('Idempotency-Key', 'somebody else’s key gives their order', {
    test: 'subgraphs/orders/test/idempotency.db.test.ts',
    file: 'subgraphs/orders/src/data/idempotency-store.ts',
    find: `where k.user_id = \${userId} and k.idempotency_key`,
    replace: `where \${userId}::text is not null and k.idempotency_key`,
  }),
  mutant('carts', 'everybody’s are found (the SQL and the function before it)', {
    test: cartFederationTest,
    edits: [
      {
        file: cartLoaders,
        find: `sql\`(\${isAdmin} or c.user_id = \${userId})\``,
        replace: `sql\`(\${isAdmin} or true or c.user_id = \${userId})\``,
      },
      { file: cartAccess, find: "return viewer.role === 'admin' ? await", replace: 'return viewer ? await' },
    ],
  }),
  mutant('lines of carts', 'everybody’s are found', {
    test: cartFederationTest,
    file: cartLoaders,
    find: `sql\`(\${isAdmin} or c.user_id = \${userId})\``,
    replace: `sql\`(\${isAdmin} or true or c.user_id = \${userId})\``,
  }),
  mutant('updateCartItem', 'everybody’s are changed (the SQL and the look before it)', {
    test: cartTest,
    edits: [
      {
        file: cartFunctions,
        find: '  FROM cart_items WHERE item_id = p_item_id AND cart_id = p_cart_id;\n  IF NOT FOUND',
        replace: '  FROM cart_items WHERE item_id = p_item_id;\n  IF NOT FOUND',
      },
      {
        file: 'subgraphs/cart/src/domain/update-item.ts',
        find: 'const line = lines.find((candidate) => candidate.itemId === itemId);',
        replace: 'const line = lines.find((candidate) => candidate.itemId === itemId) ?? lines[0];',
      },
    ],
  }),
  mutant('removeCartItem', 'everybody’s are removed', {
    test: cartTest,
    file: cartFunctions,
    find: 'DELETE FROM cart_items WHERE item_id = p_item_id AND cart_id = p_cart_id;',
    replace: 'DELETE FROM cart_items WHERE item_id = p_item_id;',
  }),
  mutant('updateAddress', 'everybody’s are changed (looked up and written by the owner)', {
    test: addressTest,
    edits: [
      {
        file: userFunctions,
        find: 'INTO was_default FROM addresses WHERE user_id = p_user_id AND address_id = p_address_id;',
        replace: 'INTO was_default FROM addresses WHERE address_id = p_address_id;',
      },
      {
        file: userFunctions,
        find: '  WHERE user_id = p_user_id AND address_id = p_address_id;\n  RETURN',
        replace: '  WHERE address_id = p_address_id;\n  RETURN',
      },
    ],
  }),
  mutant('removeAddress', 'everybody’s are removed', {
    test: addressTest,
    file: userFunctions,
    find: 'DELETE FROM addresses WHERE user_id = p_user_id AND address_id = p_address_id',
    replace: 'DELETE FROM addresses WHERE address_id = p_address_id',
  }),
  mutant('sessions', 'everybody’s are listed', {
    test: ownSessionsTest,
    file: sessionStore,
    find: `where f.user_id = \${userId} and f.revoked_at is null`,
    replace: `where \${userId}::text is not null and f.revoked_at is null`,
  }),
  mutant('endSession', 'everybody’s are ended', {
    test: ownSessionsTest,
    file: sessionStore,
    find: `where user_id = \${userId} and revoked_at is null and expires_at > \${moment} \${which}`,
    replace: `where \${userId}::text is not null and revoked_at is null and expires_at > \${moment} \${which}`,
  }),
  mutant('the entity User', 'everybody sees everybody', {
    test: 'subgraphs/users/test/profile.db.test.ts',
    file: 'subgraphs/users/src/graphql/user-view.ts',
    find: "return isAdmin(viewer) || (viewer.kind === 'user' && viewer.userId === userId);",
    replace: "return isAdmin(viewer) || userId !== '';",
  }),
  mutant('products off sale', 'customers see them', {
    test: 'subgraphs/catalog/test/federation.db.test.ts',
    file: 'subgraphs/catalog/src/domain/read-product.ts',
    find: 'product.isActive || isAdmin(viewer)',
    replace: 'product.isActive || viewer !== null',
  }),
  mutant('lists of products off sale', 'customers ask for them', {
    test: 'subgraphs/catalog/test/listing.db.test.ts',
    file: 'subgraphs/catalog/src/domain/product-filter.ts',
    find: 'includeInactive: isAdmin(viewer) && includeInactive === true',
    replace: 'includeInactive: viewer !== null && includeInactive === true',
  }),
  mutant('requireUser', 'nobody is somebody', {
    test: viewerTest,
    file: viewer,
    find: "  throw new AppError('AUTH_003', isMissing ? 'Authentication required' : 'Invalid token');",
    replace: "  return { kind: 'user', userId: String(isMissing), email: '', role: 'customer' };",
  }),
  mutant('requireAdmin', 'customers are administrators', {
    test: viewerTest,
    file: viewer,
    find: "  if (user.role !== 'admin') throw new AppError('AUTH_004');\n",
    replace: '',
  }),
  mutant('the present role', 'users believes the token', {
    test: administrationTest,
    file: 'subgraphs/users/src/domain/administration.ts',
    find: "  if (standing.role !== 'admin') throw new AppError('AUTH_004');\n",
    replace: '',
  }),
  mutant('the present state', 'users believes the token', {
    test: administrationTest,
    file: 'subgraphs/users/src/domain/administration.ts',
    find: "  if (!standing?.isActive) throw new AppError('AUTH_003');\n",
    replace: "  if (!standing) throw new AppError('AUTH_003');\n",
  }),
  mutant('the right in the statement', 'two administrators demote each other at once', {
    test: administrationTest,
    file: 'subgraphs/users/src/data/administration-store.ts',
    find: `where user_id = \${actorId} and role = 'admin' and is_active\n`,
    replace: `where user_id = \${actorId}\n`,
  }),
  mutant('requireAdmin of user', 'everybody may', {
    test: administrationTest,
    file: 'subgraphs/users/src/graphql/query.ts',
    find: '      await requirePresentAdmin(deps, viewer);\n',
    replace: '',
  }),
  mutant('requireAdmin of users', 'everybody may', {
    test: administrationTest,
    file: 'subgraphs/users/src/domain/administration.ts',
    find: '  await requirePresentAdmin(deps, viewer);\n  const { search',
    replace: '  const { search',
  }),
  forAdministrators('orders of all users', {
    test: queriesTest,
    file: orderQueries,
    before: '      if (allUsers) {\n',
    guard: '        requireAdmin(viewer);\n',
  }),
  forAdministrators('parkedCheckouts', {
    test: 'subgraphs/orders/test/run-checkout.db.test.ts',
    file: orderQueries,
    before: 'async parkedCheckouts(_, args, { viewer }) {\n',
  }),
  forAdministrators('parkedWork', {
    test: parkedTest,
    file: orderQueries,
    before: 'async parkedWork(_, args, { viewer }) {\n',
  }),
  forAdministrators('updateOrderStatus', {
    test: 'subgraphs/orders/test/update-order-status.db.test.ts',
    file: orderAdministration,
    before: 'async updateOrderStatus(_, { input }, { viewer }) {\n',
    guard: guardWithId,
    instead: userIdOnly,
  }),
  forAdministrators('refundOrder', {
    test: 'subgraphs/orders/test/refund-order.db.test.ts',
    file: orderAdministration,
    before: 'async refundOrder(_, args, { viewer }) {\n',
    guard: guardWithId,
    instead: userIdOnly,
  }),
  forAdministrators('noteRefundPaidElsewhere', {
    test: 'subgraphs/orders/test/owed-refunds.db.test.ts',
    file: orderAdministration,
    before: 'async noteRefundPaidElsewhere(_, { input }, { viewer }) {\n',
    guard: guardWithId,
    instead: userIdOnly,
  }),
  forAdministrators('retryCheckout', {
    test: 'subgraphs/orders/test/run-checkout.db.test.ts',
    file: orderAdministration,
    before: 'async retryCheckout(_, { input }, { viewer }) {\n',
  }),
  ...[
    'createWebhookEndpoint(_, { input }',
    'updateWebhookEndpoint(_, { input }',
    'deleteWebhookEndpoint(_, { input: { endpointId } }',
    'replayWebhookDelivery(_, { input }',
  ].map((head) =>
    forAdministrators(head.split('(')[0], {
      test: webhooksTest,
      file: 'subgraphs/orders/src/graphql/webhook-mutations.ts',
      before: `async ${head}, { viewer }) {\n`,
    }),
  ),
  ...['webhookEndpoints(_, _args', 'webhookEndpoint(_, { endpointId }'].map((head) =>
    forAdministrators(head.split('(')[0], {
      test: webhooksTest,
      file: 'subgraphs/orders/src/graphql/webhook-queries.ts',
      before: `async ${head}, { viewer }) {\n`,
    }),
  ),
  forAdministrators('orderEvents', {
    test: 'subgraphs/orders/test/event-feed.db.test.ts',
    file: 'subgraphs/orders/src/graphql/event-queries.ts',
    before: 'async orderEvents(_, args, { viewer }) {\n',
  }),
  ...['createCategory', 'updateCategory'].map((field) =>
    forAdministrators(field, {
      test: 'subgraphs/catalog/test/category-writes.db.test.ts',
      file: 'subgraphs/catalog/src/domain/write-category.ts',
      before: `${field}(deps: CatalogDeps, viewer: Viewer, input: unknown): Promise<string> {\n`,
      guard: functionGuard,
    }),
  ),
  forAdministrators('createProduct', {
    test: 'subgraphs/catalog/test/product-writes.db.test.ts',
    file: 'subgraphs/catalog/src/domain/write-product.ts',
    guard: functionGuard,
    after: '  const { price, inventory,',
  }),
  forAdministrators('updateProduct', {
    test: 'subgraphs/catalog/test/product-writes.db.test.ts',
    file: 'subgraphs/catalog/src/domain/write-product.ts',
    guard: functionGuard,
    after: '  const { productId, price,',
  }),
  forAdministrators('updateInventory', {
    test: 'subgraphs/catalog/test/inventory.db.test.ts',
    file: 'subgraphs/catalog/src/domain/update-inventory.ts',
    guard: functionGuard,
  }),
  forAdministrators('stockMovements', {
    test: 'subgraphs/catalog/test/inventory.db.test.ts',
    file: 'subgraphs/catalog/src/domain/list-movements.ts',
    guard: '  requireAdmin(request.viewer);\n',
  }),
];
