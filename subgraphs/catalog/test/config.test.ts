import { loadConfig } from '@commerce/kit/config';
import { describe, expect, it } from 'vitest';
import { catalogConfig } from '../src/config.ts';

const required = {
  INTERNAL_KEYS_ACCEPTED: `router:${'s'.repeat(43)}`,
  CATALOG_DATABASE_URL: 'postgres://catalog@127.0.0.1/catalog',
};

describe('the configuration', () => {
  it('has defaults for all but the secret and the database', () => {
    expect(loadConfig(catalogConfig, required)).toMatchObject({ PORT: 4002, DATABASE_POOL_SIZE: 10 });
  });

  it('lists all faults together', () => {
    const faulty = { PORT: '70000', DATABASE_POOL_SIZE: '0', REDIS_URL: 'http://redis' };
    expect(() => loadConfig(catalogConfig, faulty)).toThrow(
      expect.objectContaining({ faults: expect.objectContaining({ length: 5 }) }),
    );
  });
});
