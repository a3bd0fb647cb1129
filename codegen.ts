import type { CodegenConfig } from '@graphql-codegen/cli';

/** Of the audit logs, which are alike wherever there is one. */
const auditMappers = {
  AuditEntry: '@commerce/kit/audit-log#AuditRecord',
  AuditLogConnection: '@commerce/kit/audit-page#AuditPage',
  AuditLogEdge: '@commerce/kit/audit-page#AuditPageEdge',
};

/** What resolvers are handed as parents, by subgraph and type, where that is not the type itself:
 *  `<type>: <module path as seen from src/graphql/generated.ts>#<exported type>`. */
const mappers: Record<string, Record<string, string>> = {
  users: {
    ...auditMappers,
    UserConnection: './user-view.ts#UserPage',
    Erasure: '../data/erasure-record.ts#ErasureRecord',
    ErasureProof: '../data/erasure-record.ts#SubgraphProof',
    ErasureConnection: './erasure-page.ts#ErasurePage',
    ErasureEdge: './erasure-page.ts#ErasurePageEdge',
  },
  catalog: {
    ...auditMappers,
    Product: '../data/product-record.ts#ProductRecord',
    ProductOffer: '../data/product-store.ts#OfferRecord',
    ProductConnection: './connections.ts#ProductPage',
    ProductEdge: './connections.ts#ProductPageEdge',
    ProductSearchConnection: './connections.ts#SearchPage',
    ProductSearchEdge: './connections.ts#SearchPageEdge',
    SearchFacets: './connections.ts#FacetEntries',
    CategoryFacet: './connections.ts#CategoryFacetEntry',
    PriceFacet: './connections.ts#PriceFacetEntry',
    Category: '../data/category-store.ts#CategoryRecord',
    StockMovement: '../data/movement-record.ts#MovementRecord',
    StockMovementConnection: './connections.ts#MovementPage',
    StockMovementEdge: './connections.ts#MovementPageEdge',
    StockReservation: '../domain/order-stock.ts#OrderStock',
  },
  cart: {
    User: '../domain/view-cart.ts#CartOwner',
    Cart: '../domain/view-cart.ts#CartView',
    CartItem: '../domain/view-cart.ts#LineView',
    Product: '../domain/price-lines.ts#ProductStub',
  },
  orders: {
    ...auditMappers,
    Order: '../data/order-record.ts#OrderRecord',
    OrderItem: '../data/order-record.ts#OrderItemRecord',
    TimelineEntry: '../data/order-record.ts#TimelineRecord',
    OrderConnection: './order-page.ts#OrderPage',
    OrderEdge: './order-page.ts#OrderPageEdge',
    Refund: '../data/refund-record.ts#RefundRecord',
    Receipt: './receipt-view.ts#ReceiptView',
    ParkedCheckout: '../data/parked-checkouts.ts#ParkedCheckoutRecord',
    ParkedCheckoutConnection: './parked-checkouts.ts#ParkedCheckoutPage',
    ParkedCheckoutEdge: './parked-checkouts.ts#ParkedCheckoutPageEdge',
    ParkedWork: '../data/parked-work.ts#ParkedWorkRecord',
    ParkedWorkConnection: './parked-work.ts#ParkedWorkPage',
    ParkedWorkEdge: './parked-work.ts#ParkedWorkPageEdge',
    OrderEvent: '../data/event-rows.ts#EventRecord',
    OrderEventData: '../data/event-rows.ts#EventData',
    OrderEventRefund: './event-page.ts#EventRefund',
    OrderEventConnection: './event-page.ts#EventPage',
    OrderEventEdge: './event-page.ts#EventPageEdge',
    WebhookEndpoint: '../data/webhook-record.ts#EndpointRecord',
    WebhookDelivery: '../data/webhook-record.ts#DeliveryRecord',
    WebhookDeliveryConnection: './webhook-page.ts#DeliveryPage',
    WebhookDeliveryEdge: './webhook-page.ts#DeliveryPageEdge',
  },
};

function resolverTypes(name: string): CodegenConfig['generates'][string] {
  return {
    schema: `subgraphs/${name}/schema.graphql`,
    plugins: ['typescript', 'typescript-resolvers'],
    config: {
      federation: true,
      useTypeImports: true,
      // The build erases types and cannot emit TypeScript's enum.
      enumsAsTypes: true,
      contextType: `../context.ts#${name.charAt(0).toUpperCase()}${name.slice(1)}Context`,
      // Resolvers hand on plain rows; each field of an object type without a resolver must fit its row.
      maybeValue: 'T | null',
      inputMaybeValue: 'T | null | undefined',
      defaultMapper: 'Partial<{T}>',
      mappers: mappers[name] ?? {},
      scalars: {
        ID: 'string',
        DateTime: { input: 'Date', output: 'Date' },
        Decimal: { input: 'string', output: 'string' },
        Json: { input: 'never', output: 'unknown' },
      },
    },
  };
}

const config: CodegenConfig = {
  generates: Object.fromEntries(
    Object.keys(mappers).map((name) => [`subgraphs/${name}/src/graphql/generated.ts`, resolverTypes(name)]),
  ),
};

// The tool reads the default export.
export default config;
