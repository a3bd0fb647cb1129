import { startTestSupergraph, type TestSupergraph } from '@commerce/testkit/in-process-supergraph';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createShopClient, type ShopClient } from './client.ts';

/** The design's section 5, top to bottom: each answer has exactly its keys, and its values where they are not ids,
 *  times or tokens. The tests build on each other, as the section does. */

let shop: TestSupergraph;
let client: ShopClient;
let token = '';
let itemId = '';
let orderId = '';

beforeAll(async () => {
  shop = await startTestSupergraph();
  client = createShopClient(shop.url);
});
afterAll(async () => {
  await shop?.close();
});

const text = expect.any(String);
const timestamp = expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/);
const userId = expect.stringMatching(/^usr_/);
const cartId = expect.stringMatching(/^cart_usr_/);
const address = { street: '123 Main St', city: 'New York', state: 'NY', zipCode: '10001', country: 'USA' };
const registration = {
  email: 'user@example.com',
  password: 'SecurePass123!',
  firstName: 'John',
  lastName: 'Doe',
  phoneNumber: '+1234567890',
};
const person = { email: 'user@example.com', firstName: 'John', lastName: 'Doe' };
const pagination = {
  currentPage: expect.any(Number),
  totalPages: expect.any(Number),
  totalItems: expect.any(Number),
  itemsPerPage: expect.any(Number),
  hasNextPage: expect.any(Boolean),
  hasPreviousPage: expect.any(Boolean),
};

function cartLine(quantity: number, subtotal: number) {
  return {
    itemId: expect.stringMatching(/^item_/),
    productId: 'prod_001',
    name: 'Wireless Headphones',
    price: 99.99,
    quantity,
    subtotal,
  };
}

const twoPieces = { subtotal: 199.98, tax: 15.99, shipping: 10, total: 225.97 };
const nothing = { subtotal: 0, tax: 0, shipping: 0, total: 0 };

function property(value: unknown, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>(
    (current, key) => (current as Record<string | number, unknown> | undefined)?.[key],
    value,
  );
}

it('5.1.1 registers a user', async () => {
  const answer = await client.rest('POST', '/api/v1/users/register', { body: registration });

  expect(answer.status).toBe(201);
  expect(answer.body).toStrictEqual({
    success: true,
    data: { userId, ...person, createdAt: timestamp },
    message: 'User registered successfully',
  });
});

it('5.1.2 logs a user in', async () => {
  const { email, password } = registration;
  const answer = await client.rest('POST', '/api/v1/users/login', { body: { email, password } });

  expect(answer.status).toBe(200);
  expect(answer.body).toStrictEqual({
    success: true,
    data: { accessToken: text, refreshToken: text, expiresIn: 3600, user: { userId, ...person } },
  });
  token = String(property(answer.body, 'data', 'accessToken'));
});

it('5.1.3 gives the profile', async () => {
  await client.graphql(
    'mutation Save($input: AddAddressInput!) { addAddress(input: $input) { address { addressId } } }',
    { token, variables: { input: address } },
  );

  const answer = await client.rest('GET', '/api/v1/users/profile', { token });

  expect(answer.status).toBe(200);
  expect(answer.body).toStrictEqual({
    success: true,
    data: {
      userId,
      ...person,
      phoneNumber: '+1234567890',
      addresses: [{ addressId: expect.stringMatching(/^addr_/), ...address, isDefault: true }],
      createdAt: timestamp,
      updatedAt: timestamp,
    },
  });
});

it('5.2.1 lists products', async () => {
  const answer = await client.rest('GET', '/api/v1/products?page=1&limit=20&sortBy=createdAt&sortOrder=asc');

  expect(answer.status).toBe(200);
  expect(answer.body).toStrictEqual({
    success: true,
    data: { products: expect.any(Array), pagination: { ...pagination, currentPage: 1, itemsPerPage: 20 } },
  });
  const products = property(answer.body, 'data', 'products');
  expect(products).toHaveLength(20);
  for (const product of products as unknown[]) {
    expect(product).toStrictEqual({
      productId: expect.stringMatching(/^prod_/),
      name: text,
      description: text,
      price: expect.any(Number),
      currency: 'USD',
      category: text,
      inventory: expect.any(Number),
      images: expect.arrayContaining([text]),
      rating: expect.any(Number),
      reviewCount: expect.any(Number),
    });
  }
});

it("5.2.1 lists the document's own product with its values, and twenty of the newest by default", async () => {
  const oldest = await client.rest('GET', '/api/v1/products?sortBy=createdAt&sortOrder=asc&limit=1');
  const newest = await client.rest('GET', '/api/v1/products');

  expect(property(oldest.body, 'data', 'products', 0)).toStrictEqual({
    productId: 'prod_001',
    name: 'Wireless Headphones',
    description: 'High-quality wireless headphones with noise cancellation',
    price: 99.99,
    currency: 'USD',
    category: 'Electronics',
    inventory: 50,
    images: [text, text],
    rating: 4.5,
    reviewCount: 128,
  });
  expect(property(newest.body, 'data', 'products')).toHaveLength(20);
  expect(property(newest.body, 'data', 'pagination')).toMatchObject({ currentPage: 1, itemsPerPage: 20 });
  const details = await client.graphql('{ products(first: 20) { nodes { productId createdAt } } }');
  const nodes = property(details.data, 'products', 'nodes') as { productId: string; createdAt: string }[];
  expect(
    (property(newest.body, 'data', 'products') as { productId: string }[]).map((p) => p.productId),
  ).toEqual(nodes.map((node) => node.productId));
  expect(nodes.map((node) => node.createdAt)).toEqual(
    nodes
      .map((node) => node.createdAt)
      .sort()
      .reverse(),
  );
});

it('5.2.2 gives the details of a product', async () => {
  const answer = await client.rest('GET', '/api/v1/products/prod_001');

  expect(answer.status).toBe(200);
  expect(answer.body).toStrictEqual({
    success: true,
    data: {
      productId: 'prod_001',
      name: 'Wireless Headphones',
      description: 'High-quality wireless headphones with noise cancellation',
      longDescription: text,
      price: 99.99,
      currency: 'USD',
      category: 'Electronics',
      subcategory: 'Audio',
      brand: 'TechBrand',
      sku: 'WH-001',
      inventory: 50,
      images: [text, text],
      specifications: { color: 'Black', weight: '250g', batteryLife: '30 hours' },
      rating: 4.5,
      reviewCount: 128,
      createdAt: '2024-01-10T08:00:00Z',
      updatedAt: timestamp,
    },
  });
});

it('5.3.2 adds an item to the cart', async () => {
  const answer = await client.rest('POST', '/api/v1/cart/items', {
    token,
    body: { productId: 'prod_001', quantity: 2 },
  });

  expect(answer.status).toBe(201);
  expect(answer.body).toStrictEqual({
    success: true,
    data: { cartId, items: [cartLine(2, 199.98)], summary: twoPieces },
    message: 'Item added to cart successfully',
  });
  itemId = String(property(answer.body, 'data', 'items', 0, 'itemId'));
});

it('5.3.1 gives the cart', async () => {
  const answer = await client.rest('GET', '/api/v1/cart', { token });

  expect(answer.status).toBe(200);
  expect(answer.body).toStrictEqual({
    success: true,
    data: {
      cartId,
      userId,
      items: [{ ...cartLine(2, 199.98), image: text }],
      summary: twoPieces,
      updatedAt: timestamp,
    },
  });
});

it('5.3.3 updates an item of the cart', async () => {
  const answer = await client.rest('PUT', `/api/v1/cart/items/${itemId}`, { token, body: { quantity: 3 } });

  expect(answer.status).toBe(200);
  expect(answer.body).toStrictEqual({
    success: true,
    data: {
      cartId,
      items: [cartLine(3, 299.97)],
      summary: { subtotal: 299.97, tax: 23.99, shipping: 10, total: 333.96 },
    },
    message: 'Cart item updated successfully',
  });
});

it('5.3.4 removes an item from the cart', async () => {
  const answer = await client.rest('DELETE', `/api/v1/cart/items/${itemId}`, { token });

  expect(answer.status).toBe(200);
  expect(answer.body).toStrictEqual({
    success: true,
    data: { cartId, items: [], summary: nothing },
    message: 'Item removed from cart successfully',
  });
});

it('5.4.1 creates an order', async () => {
  await client.rest('POST', '/api/v1/cart/items', { token, body: { productId: 'prod_001', quantity: 2 } });

  const answer = await client.rest('POST', '/api/v1/orders', {
    token,
    body: {
      shippingAddress: address,
      billingAddress: address,
      paymentMethod: { type: 'credit_card', token: 'tok_visa_1234' },
    },
  });

  const { itemId: _, ...orderLine } = cartLine(2, 199.98);
  expect(answer.status).toBe(201);
  expect(answer.body).toStrictEqual({
    success: true,
    data: {
      orderId: expect.stringMatching(/^ord_/),
      userId,
      status: 'pending',
      items: [orderLine],
      summary: twoPieces,
      shippingAddress: address,
      createdAt: timestamp,
      estimatedDelivery: timestamp,
    },
    message: 'Order created successfully',
  });
  const created = Date.parse(String(property(answer.body, 'data', 'createdAt')));
  const delivery = Date.parse(String(property(answer.body, 'data', 'estimatedDelivery')));
  expect(delivery - created).toBe(5 * 24 * 3_600_000);
  orderId = String(property(answer.body, 'data', 'orderId'));
});

it('5.4.2 gives the details of a shipped order', async () => {
  await client.waitForStatus(orderId, 'confirmed', token);
  await shipOrder();

  const answer = await client.rest('GET', `/api/v1/orders/${orderId}`, { token });

  const { itemId: _, ...orderLine } = cartLine(2, 199.98);
  expect(answer.status).toBe(200);
  expect(answer.body).toStrictEqual({
    success: true,
    data: {
      orderId,
      userId,
      status: 'shipped',
      items: [orderLine],
      summary: twoPieces,
      shippingAddress: address,
      tracking: {
        carrier: 'UPS',
        trackingNumber: '1Z999AA10123456784',
        url: 'https://www.ups.com/track?tracknum=1Z999AA10123456784',
      },
      timeline: ['pending', 'confirmed', 'shipped'].map((status) => ({ status, timestamp })),
      createdAt: timestamp,
      estimatedDelivery: timestamp,
    },
  });
});

async function shipOrder(): Promise<void> {
  const admin = await client.logIn('admin@example.com', 'Demo-Passw0rd!');
  const shipped = await client.graphql(
    'mutation Ship($input: UpdateOrderStatusInput!) { updateOrderStatus(input: $input) { order { status } } }',
    {
      token: admin,
      variables: {
        input: {
          orderId,
          status: 'SHIPPED',
          tracking: { carrier: 'UPS', trackingNumber: '1Z999AA10123456784' },
        },
      },
    },
  );
  expect(shipped.errors).toEqual([]);
}

it('5.4.3 lists the orders', async () => {
  const answer = await client.rest('GET', '/api/v1/orders?page=1&limit=10&status=shipped', { token });

  expect(answer.status).toBe(200);
  expect(answer.body).toStrictEqual({
    success: true,
    data: {
      orders: [
        {
          orderId,
          status: 'shipped',
          total: 225.97,
          itemCount: 2,
          createdAt: timestamp,
          estimatedDelivery: timestamp,
        },
      ],
      pagination: {
        currentPage: 1,
        totalPages: 1,
        totalItems: 1,
        itemsPerPage: 10,
        hasNextPage: false,
        hasPreviousPage: false,
      },
    },
  });
});
