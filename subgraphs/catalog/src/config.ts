import { integer, port, postgresUrl, redisUrl, subgraphVariables } from '@commerce/kit/config';
import { z } from 'zod';

/** Variables of the catalog service. */
export const catalogConfig = z.object({
  ...subgraphVariables,
  PORT: port.default(4002),
  CATALOG_DATABASE_URL: postgresUrl,
  DATABASE_POOL_SIZE: integer(1, 100).default(10),
  REDIS_URL: redisUrl.optional(),
});

export type CatalogConfig = z.output<typeof catalogConfig>;
