import { cartConfig } from '@commerce/cart/config';
import { catalogConfig } from '@commerce/catalog/config';
import { ordersConfig } from '@commerce/orders/config';
import { routerConfig } from '@commerce/router/config';
import { usersConfig } from '@commerce/users/config';

/** What each service reads of the environment. */
export const serviceSchemas = [usersConfig, catalogConfig, cartConfig, ordersConfig, routerConfig];
