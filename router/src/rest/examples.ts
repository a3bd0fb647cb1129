/** The design's own examples, section 5. */

const person = { userId: 'usr_1234567890', email: 'user@example.com', firstName: 'John', lastName: 'Doe' };
const address = { street: '123 Main St', city: 'New York', state: 'NY', zipCode: '10001', country: 'USA' };
const images = ['https://cdn.example.com/products/prod_001_1.jpg'];
const cartId = 'cart_usr_1234567890';
const orderedItem = {
  productId: 'prod_001',
  name: 'Wireless Headphones',
  price: 99.99,
  quantity: 2,
  subtotal: 199.98,
};
const cartItem = { itemId: 'item_001', ...orderedItem };
const summary = { subtotal: 199.98, tax: 15.99, shipping: 10, total: 225.97 };
const created = '2024-01-15T10:30:00Z';
const ordered = { createdAt: '2024-01-15T15:00:00Z', estimatedDelivery: '2024-01-20T15:00:00Z' };
const orderId = 'ord_1234567890';
const ownOrder = { orderId, userId: person.userId };
const orderBody = {
  items: [orderedItem],
  summary,
  shippingAddress: address,
};
const token = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9...';

/** Bodies of requests. */
export const requestExamples = {
  registration: {
    email: person.email,
    password: 'SecurePass123!',
    firstName: person.firstName,
    lastName: person.lastName,
    phoneNumber: '+1234567890',
  },
  credentials: { email: person.email, password: 'SecurePass123!' },
  newCartItem: { productId: 'prod_001', quantity: 2 },
  changedCartItem: { quantity: 3 },
  newOrder: {
    shippingAddress: address,
    billingAddress: address,
    paymentMethod: { type: 'credit_card', token: 'tok_visa_1234' },
  },
};

/** `data` of answers. */
export const examples = {
  newUser: { ...person, createdAt: created },
  session: { accessToken: token, refreshToken: token, expiresIn: 3600, user: person },
  profile: {
    ...person,
    phoneNumber: '+1234567890',
    addresses: [{ addressId: 'addr_001', ...address, isDefault: true }],
    createdAt: created,
    updatedAt: created,
  },
  productPage: {
    products: [
      {
        productId: 'prod_001',
        name: 'Wireless Headphones',
        description: 'High-quality wireless headphones',
        price: 99.99,
        currency: 'USD',
        category: 'Electronics',
        inventory: 50,
        images,
        rating: 4.5,
        reviewCount: 128,
      },
    ],
    pagination: {
      currentPage: 1,
      totalPages: 10,
      totalItems: 200,
      itemsPerPage: 20,
      hasNextPage: true,
      hasPreviousPage: false,
    },
  },
  product: {
    productId: 'prod_001',
    name: 'Wireless Headphones',
    description: 'High-quality wireless headphones with noise cancellation',
    longDescription: 'Detailed product description...',
    price: 99.99,
    currency: 'USD',
    category: 'Electronics',
    subcategory: 'Audio',
    brand: 'TechBrand',
    sku: 'WH-001',
    inventory: 50,
    images: [...images, 'https://cdn.example.com/products/prod_001_2.jpg'],
    specifications: { color: 'Black', weight: '250g', batteryLife: '30 hours' },
    rating: 4.5,
    reviewCount: 128,
    createdAt: '2024-01-10T08:00:00Z',
    updatedAt: '2024-01-15T12:00:00Z',
  },
  cart: {
    cartId,
    userId: person.userId,
    items: [{ ...cartItem, image: images[0] ?? null }],
    summary,
    updatedAt: '2024-01-15T14:30:00Z',
  },
  changedCart: { cartId, items: [cartItem], summary },
  updatedCart: {
    cartId,
    items: [{ ...cartItem, quantity: 3, subtotal: 299.97 }],
    summary: { subtotal: 299.97, tax: 23.99, shipping: 10, total: 333.96 },
  },
  emptyCart: { cartId, items: [], summary: { subtotal: 0, tax: 0, shipping: 0, total: 0 } },
  placedOrder: { ...ownOrder, status: 'pending' as const, ...orderBody, ...ordered },
  order: {
    ...ownOrder,
    status: 'shipped' as const,
    ...orderBody,
    tracking: {
      carrier: 'UPS',
      trackingNumber: '1Z999AA10123456784',
      url: 'https://www.ups.com/track?tracknum=1Z999AA10123456784',
    },
    timeline: [
      { status: 'pending' as const, timestamp: '2024-01-15T15:00:00Z' },
      { status: 'confirmed' as const, timestamp: '2024-01-15T15:30:00Z' },
      { status: 'shipped' as const, timestamp: '2024-01-16T10:00:00Z' },
    ],
    ...ordered,
  },
  orderPage: {
    orders: [{ orderId, status: 'shipped' as const, total: 225.97, itemCount: 2, ...ordered }],
    pagination: {
      currentPage: 1,
      totalPages: 5,
      totalItems: 45,
      itemsPerPage: 10,
      hasNextPage: true,
      hasPreviousPage: false,
    },
  },
};
