import { z } from 'zod';

/** The GraphQL twin of a REST read: a document written apart from the router's own, and a schema that turns its data
 *  into what REST should say. */
export type Twin = {
  name: string;
  path: string;
  document: string;
  variables?: Record<string, unknown>;
  expected: z.ZodType;
};

const amount = z.object({ amount: z.string() }).transform((money) => Number(money.amount));
const status = z.string().transform((name) => name.toLowerCase());
const categoryPath = z.object({ path: z.array(z.object({ name: z.string() })) });

const summary = z.object({ subtotal: amount, tax: amount, shipping: amount, total: amount });
const line = z.object({
  productId: z.string(),
  name: z.string(),
  price: amount,
  quantity: z.number(),
  subtotal: amount,
});
/** A cart's line takes its name from the product. */
const cartLine = z.preprocess((item) => {
  const { product, ...rest } = z.looseObject({ product: z.looseObject({ name: z.string() }) }).parse(item);
  return { ...rest, name: product.name };
}, line);

/** A cart as the answers to its changes tell it: ids apart, they differ between twins. */
export const changedCart = z.object({ items: z.array(cartLine), summary });

export const placedOrder = z.object({
  status,
  items: z.array(line),
  summary,
  shippingAddress: z.record(z.string(), z.string()),
});

const listedProduct = z
  .object({
    productId: z.string(),
    name: z.string(),
    description: z.string(),
    price: z.object({ amount: z.string(), currencyCode: z.string() }),
    category: categoryPath,
    inventory: z.number(),
    images: z.array(z.string()),
    rating: z.number(),
    reviewCount: z.number(),
  })
  .transform(({ price, category, ...product }) => ({
    ...product,
    price: Number(price.amount),
    currency: price.currencyCode,
    category: category.path[0]?.name,
  }));

const productDetails = z
  .looseObject({
    price: z.object({ amount: z.string(), currencyCode: z.string() }),
    category: categoryPath,
    specifications: z.array(z.object({ name: z.string(), value: z.string() })),
  })
  .transform(({ price, category, specifications, ...product }) => ({
    ...product,
    price: Number(price.amount),
    currency: price.currencyCode,
    category: category.path[0]?.name,
    subcategory: category.path[1]?.name ?? null,
    specifications: Object.fromEntries(specifications.map((fact) => [fact.name, fact.value])),
  }));

function pagination(totalItems: number, currentPage: number, itemsPerPage: number) {
  const totalPages = Math.ceil(totalItems / itemsPerPage);
  const hasNextPage = currentPage < totalPages;
  return { currentPage, totalPages, totalItems, itemsPerPage, hasNextPage, hasPreviousPage: currentPage > 1 };
}

function listing(page: number, limit: number): z.ZodType {
  const connection = z.object({ totalCount: z.number(), nodes: z.array(listedProduct) });
  return z.object({ products: connection }).transform(({ products: { totalCount, nodes } }) => ({
    products: nodes,
    pagination: pagination(totalCount, page, limit),
  }));
}

const orderDetails = z
  .looseObject({
    status,
    items: z.array(line),
    summary,
    tracking: z.looseObject({}).nullable(),
    timeline: z.array(z.object({ status, timestamp: z.string() })),
  })
  .transform(({ tracking, ...order }) => ({ ...order, ...(tracking ? { tracking } : {}) }));

const orderListing = z
  .object({
    totalCount: z.number(),
    nodes: z.array(z.looseObject({ status, summary: z.object({ total: amount }) })),
  })
  .transform(({ totalCount, nodes }) => ({
    orders: nodes.map(({ summary: { total }, ...order }) => ({ ...order, total })),
    pagination: pagination(totalCount, 1, 5),
  }));

const cart = z
  .looseObject({
    items: z.array(
      z.looseObject({ itemId: z.string(), product: z.looseObject({ images: z.array(z.string()) }) }),
    ),
    summary,
  })
  .transform((whole) => ({
    ...whole,
    items: whole.items.map((item) => ({
      ...cartLine.parse(item),
      itemId: item.itemId,
      image: item.product.images[0],
    })),
  }));

/** What a schema finds under one key of the data. */
function under(key: string, schema: z.ZodType): z.ZodType {
  return z.looseObject({ [key]: schema }).transform((data) => data[key]);
}

const LISTING = `totalCount nodes {
  productId name description price { amount currencyCode } category { path { name } } inventory images rating reviewCount
}`;

export const SUMMARY = 'summary { subtotal { amount } tax { amount } shipping { amount } total { amount } }';

export const publicTwins: Twin[] = [
  {
    name: 'the first page of products',
    path: '/api/v1/products',
    document: `{ products(page: 1, limit: 20) { ${LISTING} } }`,
    expected: listing(1, 20),
  },
  {
    name: 'a later page, filtered and sorted',
    path: '/api/v1/products?category=Electronics&minPrice=20&maxPrice=500&sortBy=price&sortOrder=asc&page=2&limit=7',
    document: `{ products(filter: { category: "electronics", minPrice: 20, maxPrice: "500" },
      sort: { field: PRICE, direction: ASC }, page: 2, limit: 7) { ${LISTING} } }`,
    expected: listing(2, 7),
  },
  {
    name: 'products by name, backwards',
    path: '/api/v1/products?sortBy=name&sortOrder=desc&limit=100',
    document: `{ products(sort: { field: NAME, direction: DESC }, page: 1, limit: 100) { ${LISTING} } }`,
    expected: listing(1, 100),
  },
  {
    name: 'a page past the end',
    path: '/api/v1/products?page=9999',
    document: `{ products(page: 9999, limit: 20) { ${LISTING} } }`,
    expected: listing(9999, 20),
  },
  {
    name: 'an unknown category',
    path: '/api/v1/products?category=no-such-category',
    document: `{ products(filter: { category: "no-such-category" }, page: 1, limit: 20) { ${LISTING} } }`,
    expected: listing(1, 20),
  },
  {
    name: 'the details of a product',
    path: '/api/v1/products/prod_007',
    document: `{ product(productId: "prod_007") {
      productId name description longDescription price { amount currencyCode } category { path { name } } brand sku inventory
      images specifications { name value } rating reviewCount createdAt updatedAt } }`,
    expected: under('product', productDetails),
  },
];

/** @param orderId an order of the viewer's */
export function privateTwins(orderId: string): Twin[] {
  return [
    {
      name: 'the profile',
      path: '/api/v1/users/profile',
      document: `{ me { userId email firstName lastName phoneNumber createdAt updatedAt
        addresses { addressId street city state zipCode country isDefault } } }`,
      expected: under('me', z.unknown()),
    },
    {
      name: 'the cart',
      path: '/api/v1/cart',
      document: `{ cart { cartId userId updatedAt ${SUMMARY}
        items { itemId productId price { amount } quantity subtotal { amount } product { name images } } } }`,
      expected: under('cart', cart),
    },
    {
      name: 'an order',
      path: `/api/v1/orders/${orderId}`,
      document: `query Order($orderId: ID!) { order(orderId: $orderId) {
        orderId userId status items { productId name price { amount } quantity subtotal { amount } } ${SUMMARY}
        shippingAddress { street city state zipCode country } tracking { carrier trackingNumber url }
        timeline { status timestamp } createdAt estimatedDelivery } }`,
      variables: { orderId },
      expected: under('order', orderDetails),
    },
    {
      name: 'the orders',
      path: '/api/v1/orders?limit=5',
      document: `{ orders(page: 1, limit: 5) { totalCount
        nodes { orderId status summary { total { amount } } itemCount createdAt estimatedDelivery } } }`,
      expected: under('orders', orderListing),
    },
  ];
}
