import { isPlausibleId } from '@commerce/kit/ids';
import { isAdmin, type Viewer } from '@commerce/kit/viewer';
import type { CatalogLoaders } from '../data/loaders.ts';
import type { ProductRecord } from '../data/product-record.ts';

/** A product as the viewer may see it: one that is off sale is as absent as a missing one, except to
 *  administrators. */
export async function findProduct(
  loaders: CatalogLoaders,
  viewer: Viewer,
  productId: string,
): Promise<ProductRecord | null> {
  if (!isPlausibleId(productId)) return null;
  const product = await loaders.products.load(productId);
  return product && (product.isActive || isAdmin(viewer)) ? product : null;
}
