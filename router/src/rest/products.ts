import { parseInput } from '@commerce/kit/errors';
import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { examples } from './examples.ts';
import { notFound, requireId } from './request.ts';
import { gatewayAmount, paginate, timestamp } from './schemas/common.ts';
import { productDetails, productPage, productParams, productQuery } from './schemas/products.ts';

const gatewayPrice = z.object({ ...gatewayAmount.shape, currencyCode: z.string() });

const gatewayProduct = z.object({
  productId: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  price: gatewayPrice,
  category: z.object({ path: z.array(z.object({ name: z.string() })) }),
  inventory: z.int(),
  images: z.array(z.string()),
  rating: z.number(),
  reviewCount: z.int(),
});

const gatewayProductDetails = gatewayProduct.extend({
  longDescription: z.string().nullable(),
  brand: z.string().nullable(),
  sku: z.string().nullable(),
  specifications: z.array(z.object({ name: z.string(), value: z.string() })),
  createdAt: timestamp,
  updatedAt: timestamp,
});

type ProductListQuery = z.output<typeof productQuery>;

const sortFields = { price: 'PRICE', name: 'NAME', createdAt: 'CREATED_AT' } as const;
const sortDirections = { asc: 'ASC', desc: 'DESC' } as const;

/** Only what was asked for: absent arguments get GraphQL's defaults, so that both layers answer alike. */
function listVariables(query: ProductListQuery): Record<string, unknown> {
  const { page, limit, category, minPrice, maxPrice, sortBy, sortOrder } = query;
  return {
    page,
    limit,
    filter: { category, minPrice, maxPrice },
    sort: {
      ...(sortBy === undefined ? {} : { field: sortFields[sortBy] }),
      ...(sortOrder === undefined ? {} : { direction: sortDirections[sortOrder] }),
    },
  };
}

const listProducts = defineEndpoint({
  method: 'get',
  path: '/products',
  operationId: 'listProducts',
  tag: 'Products',
  summary: 'Lists products on sale',
  description: 'Newest first where nothing else is asked for.',
  isPrivate: false,
  request: { query: productQuery },
  status: 200,
  data: productPage,
  example: examples.productPage,
  errors: ['VAL_001'],
  async handle({ query }, execute) {
    const request = parseInput(productQuery, query);
    const { products } = await execute({
      name: 'Products',
      variables: listVariables(request),
      answer: z.object({ products: z.object({ nodes: z.array(gatewayProduct), totalCount: z.int() }) }),
    });
    return {
      data: {
        products: products.nodes.map((product) => ({
          productId: product.productId,
          name: product.name,
          description: product.description,
          price: product.price.amount,
          currency: product.price.currencyCode,
          category: product.category.path[0]?.name ?? '',
          inventory: product.inventory,
          images: product.images,
          rating: product.rating,
          reviewCount: product.reviewCount,
        })),
        pagination: paginate(request, products.totalCount),
      },
    };
  },
});

const getProduct = defineEndpoint({
  method: 'get',
  path: '/products/{productId}',
  operationId: 'getProduct',
  tag: 'Products',
  summary: 'Gives the details of a product',
  isPrivate: false,
  request: { params: productParams },
  status: 200,
  data: productDetails,
  example: examples.product,
  errors: ['RES_001'],
  async handle({ params }, execute) {
    const { product } = await execute({
      name: 'Product',
      variables: { productId: requireId(params.productId, 'Product') },
      answer: z.object({ product: gatewayProductDetails.nullable() }),
    });
    if (!product) throw notFound('Product');
    const [category, subcategory] = product.category.path;
    return {
      data: {
        productId: product.productId,
        name: product.name,
        description: product.description,
        longDescription: product.longDescription,
        price: product.price.amount,
        currency: product.price.currencyCode,
        category: category?.name ?? '',
        subcategory: subcategory?.name ?? null,
        brand: product.brand,
        sku: product.sku,
        inventory: product.inventory,
        images: product.images,
        // fromEntries defines properties, so that a fact named __proto__ is a fact like any other.
        specifications: Object.fromEntries(product.specifications.map(({ name, value }) => [name, value])),
        rating: product.rating,
        reviewCount: product.reviewCount,
        createdAt: product.createdAt,
        updatedAt: product.updatedAt,
      },
    };
  },
});

export const productEndpoints = [listProducts, getProduct];
