import type { AuditLog } from '@commerce/kit/audit-log';
import type { NewId } from '@commerce/kit/ids';
import type { CatalogCaches } from '../data/catalog-caches.ts';
import type { CategoryStore } from '../data/category-store.ts';
import type { MovementStore } from '../data/movement-store.ts';
import type { ProductListStore } from '../data/product-list-store.ts';
import type { ProductStore } from '../data/product-store.ts';
import type { SearchStore } from '../data/search-store.ts';
import type { StockStore } from '../data/stock-store.ts';
import type { TraceStore } from '../data/trace-store.ts';

/** What the use cases are made of; shared by all requests. */
export type CatalogDeps = {
  products: ProductStore;
  lists: ProductListStore;
  search: SearchStore;
  stock: StockStore;
  movements: MovementStore;
  traces: TraceStore;
  categories: CategoryStore;
  caches: CatalogCaches;
  auditLog: AuditLog;
  newId: NewId;
};
