import type { DataExportResolvers } from './generated.ts';

/** The cart's part of an export. */
export const dataExportResolvers: DataExportResolvers = {
  // Not even administrators: they are not whom the data is about.
  __resolveReference: ({ userId }, { viewer }) =>
    viewer.kind === 'user' && viewer.userId === userId ? { userId } : null,
  async cart({ userId }, _args, { viewer, deps }) {
    if (viewer.kind !== 'user' || viewer.userId !== userId) return null;
    const { cart, consumptions } = await deps.store.exportCart(userId);
    const found = [
      { what: 'carts', count: cart === null ? 0 : 1 },
      { what: 'lines of carts', count: cart?.lines.length ?? 0 },
      { what: 'orders taken out of the cart', count: consumptions.length },
    ];
    return { subgraph: 'cart', found, data: { cart, consumptions }, nextCursor: null };
  },
};
