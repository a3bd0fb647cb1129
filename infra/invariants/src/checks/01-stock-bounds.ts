import type { Invariant } from '../invariant.ts';

export const stockBounds: Invariant = {
  number: 1,
  name: 'stock stays within its bounds',
  checks: [
    {
      holds: 'always',
      database: 'catalog',
      faults: `
        select product_id, on_hand, reserved from products
        where on_hand < 0 or reserved < 0 or reserved > on_hand`,
    },
  ],
};
