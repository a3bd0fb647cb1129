import { httpUrl, integer, port, postgresUrl, serviceVariables } from '@commerce/kit/config';
import { z } from 'zod';

export const ordersConfig = z.object({
  ...serviceVariables,
  PORT: port.default(4004),
  ORDERS_DATABASE_URL: postgresUrl,
  CATALOG_URL: httpUrl,
  CART_URL: httpUrl,
  DATABASE_POOL_SIZE: integer(1, 100).default(10),
});

export type OrdersConfig = z.infer<typeof ordersConfig>;
