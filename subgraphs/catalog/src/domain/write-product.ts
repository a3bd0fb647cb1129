import { AppError, parseInput } from '@commerce/kit/errors';
import { requireAdmin, type Viewer } from '@commerce/kit/viewer';
import type { ProductRecord } from '../data/product-record.ts';
import type { ProductWriteResult } from '../data/product-store.ts';
import type { CatalogDeps } from './deps.ts';
import { createProductSchema, updateProductSchema } from './product-input.ts';

/** @throws AppError AUTH_002-004, VAL_001, VAL_002, RES_001 for an unknown category, RES_002 for a taken SKU */
export async function createProduct(
  deps: CatalogDeps,
  viewer: Viewer,
  input: unknown,
): Promise<ProductRecord> {
  requireAdmin(viewer);
  const { price, inventory, ...fields } = parseInput(createProductSchema, input);
  const product = { ...fields, priceCents: price, onHand: inventory, productId: deps.newId('prod') };
  return await finish(deps, product.productId, await deps.products.insert(product));
}

/** Changes the fields that are given.
 *  @throws AppError AUTH_002-004, VAL_001, VAL_002, RES_001 for an unknown product or category, RES_002 for
 *  a taken SKU */
export async function updateProduct(
  deps: CatalogDeps,
  viewer: Viewer,
  input: unknown,
): Promise<ProductRecord> {
  requireAdmin(viewer);
  const { productId, price, ...fields } = parseInput(updateProductSchema, input);
  const patch = price === undefined ? fields : { ...fields, priceCents: price };
  return await finish(deps, productId, await deps.products.update(productId, patch));
}

async function finish(
  deps: CatalogDeps,
  productId: string,
  result: ProductWriteResult,
): Promise<ProductRecord> {
  switch (result.outcome) {
    case 'written':
      await deps.caches.forgetProducts([productId]);
      return result.product;
    case 'unknown':
      throw new AppError('RES_001', 'Unknown product');
    case 'unknown_category':
      throw new AppError('RES_001', 'Unknown category');
    case 'sku_taken':
      throw new AppError('RES_002', 'This SKU belongs to another product');
  }
}
