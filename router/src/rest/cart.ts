import type { GraphQLFormattedError } from 'graphql';
import { z } from 'zod';
import { defineEndpoint, type EndpointAnswer } from './endpoint.ts';
import { examples, requestExamples } from './examples.ts';
import type { Execute } from './operations.ts';
import { parseBody, requireId } from './request.ts';
import { cart, changedCart, changedCartItem, itemParams, newCartItem } from './schemas/cart.ts';
import { gatewayAmount, gatewaySummary, timestamp } from './schemas/common.ts';

const gatewayItem = z.object({
  itemId: z.string(),
  productId: z.string(),
  product: z.object({ name: z.string(), images: z.array(z.string()).default([]) }).nullable(),
  price: gatewayAmount,
  quantity: z.int(),
  subtotal: gatewayAmount,
});

const gatewayCart = z.object({ cartId: z.string(), items: z.array(gatewayItem), summary: gatewaySummary });

function shapeItem(item: z.output<typeof gatewayItem>) {
  return {
    itemId: item.itemId,
    productId: item.productId,
    name: item.product?.name ?? null,
    price: item.price.amount,
    quantity: item.quantity,
    subtotal: item.subtotal.amount,
  };
}

const getCart = defineEndpoint({
  method: 'get',
  path: '/cart',
  operationId: 'getCart',
  tag: 'Cart',
  summary: 'Gives one’s own cart with present prices',
  isPrivate: true,
  status: 200,
  data: cart,
  example: examples.cart,
  errors: [],
  async handle(_request, execute) {
    const owned = gatewayCart.extend({ userId: z.string(), updatedAt: timestamp.nullable() });
    const answer = await execute({ name: 'Cart', answer: z.object({ cart: owned }) });
    const { cartId, userId, items, summary, updatedAt } = answer.cart;
    const pictured = items.map((item) => ({ ...shapeItem(item), image: item.product?.images[0] ?? null }));
    return { data: { cartId, userId, items: pictured, summary, updatedAt } };
  },
});

/** The change is made by the time that names are fetched: an error now would make the customer repeat it. */
function isNameMissing({ path, extensions }: GraphQLFormattedError): boolean {
  return extensions?.code === 'SYS_002' && path?.includes('product') === true;
}

/** Runs one of the mutations of the cart; all take and give the same. */
async function changeCart(
  execute: Execute,
  field: 'addCartItem' | 'updateCartItem' | 'removeCartItem',
  input: Record<string, unknown>,
): Promise<EndpointAnswer<z.output<typeof changedCart>>> {
  const answer = await execute({
    name: `${field.charAt(0).toUpperCase()}${field.slice(1)}`,
    variables: { input },
    answer: z.record(z.literal(field), z.object({ cart: gatewayCart })),
    tolerate: isNameMissing,
  });
  const { cartId, items, summary } = answer[field].cart;
  return { data: { cartId, items: items.map(shapeItem), summary } };
}

const addCartItem = defineEndpoint({
  method: 'post',
  path: '/cart/items',
  operationId: 'addCartItem',
  tag: 'Cart',
  summary: 'Adds a product to the cart',
  isPrivate: true,
  request: { body: newCartItem, bodyExample: requestExamples.newCartItem },
  status: 201,
  data: changedCart,
  message: 'Item added to cart successfully',
  example: examples.changedCart,
  errors: ['RES_001', 'BUS_001', 'BUS_002'],
  handle: ({ body }, execute) => changeCart(execute, 'addCartItem', parseBody(newCartItem, body)),
});

const updateCartItem = defineEndpoint({
  method: 'put',
  path: '/cart/items/{itemId}',
  operationId: 'updateCartItem',
  tag: 'Cart',
  summary: 'Sets the quantity of a line',
  isPrivate: true,
  request: { params: itemParams, body: changedCartItem, bodyExample: requestExamples.changedCartItem },
  status: 200,
  data: changedCart,
  message: 'Cart item updated successfully',
  example: examples.updatedCart,
  errors: ['RES_001', 'BUS_001', 'BUS_002'],
  handle({ params, body }, execute) {
    const { quantity } = parseBody(changedCartItem, body);
    return changeCart(execute, 'updateCartItem', { itemId: requireId(params.itemId, 'Cart item'), quantity });
  },
});

const removeCartItem = defineEndpoint({
  method: 'delete',
  path: '/cart/items/{itemId}',
  operationId: 'removeCartItem',
  tag: 'Cart',
  summary: 'Removes a line',
  isPrivate: true,
  request: { params: itemParams },
  status: 200,
  data: changedCart,
  message: 'Item removed from cart successfully',
  example: examples.emptyCart,
  errors: ['RES_001'],
  handle: ({ params }, execute) =>
    changeCart(execute, 'removeCartItem', { itemId: requireId(params.itemId, 'Cart item') }),
});

export const cartEndpoints = [getCart, addCartItem, updateCartItem, removeCartItem];
