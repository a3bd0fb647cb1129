import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '@commerce/launcher/free-port';
import { paymentEnvironment, type Shop, serviceEnvironment } from '@commerce/launcher/service-environment';
import { repository, workspaceOf } from '@commerce/launcher/workspaces';
import type { ArmedPlaces } from './armed-places.ts';
import type { Link } from './plan.ts';
import { createShopProcess, type ShopProcess } from './shop-processes.ts';
import type { TcpProxy } from './tcp-proxy.ts';

export type ProcessName = 'users' | 'catalog' | 'cart' | 'orders' | 'payments' | 'router';
export type Origins = Record<ProcessName, string>;

export async function chooseOrigins(): Promise<Origins> {
  return {
    users: await chooseOrigin(),
    catalog: await chooseOrigin(),
    cart: await chooseOrigin(),
    orders: await chooseOrigin(),
    payments: await chooseOrigin(),
    router: await chooseOrigin(),
  };
}

export async function chooseOrigin(): Promise<string> {
  return `http://127.0.0.1:${await findFreePort()}`;
}

/** Makes an instance of a service that answers at an origin; it is not started.
 *  The router reaches orders, and orders everybody, through proxies. */
export type MakeInstance = (name: ProcessName, origin: string) => ShopProcess;

export function createInstances(deps: {
  /** Its databases are behind proxies. */
  shop: Omit<Shop, 'paymentProviderUrl'>;
  folder: string;
  origins: Origins;
  links: Readonly<Record<Link, TcpProxy>>;
  armed: ArmedPlaces;
  killsOrders: boolean;
}): MakeInstance {
  const { shop, folder, links, armed } = deps;
  const linked = (link: Link) => `http://127.0.0.1:${links[link].port}`;
  const originsFor = (name: ProcessName): Origins => {
    if (name === 'orders') return { ...deps.origins, catalog: linked('catalog'), cart: linked('cart') };
    return { ...deps.origins, orders: linked('orders') };
  };
  const whole = { ...shop, paymentProviderUrl: linked('payments') };
  return (name, origin) => {
    const { hostname: host, port } = new URL(origin);
    const listener = { host, port: Number(port) };
    const env =
      name === 'payments'
        ? paymentEnvironment(shop, listener)
        : serviceEnvironment(name, whole, { ...listener, origins: originsFor(name) });
    const isOurs = name === 'orders' && deps.killsOrders;
    return createShopProcess({
      name,
      script: isOurs ? fileURLToPath(new URL('orders.mjs', import.meta.url)) : 'dist/main.js',
      folder: name === 'router' ? path.join(repository, 'router') : workspaceOf(name),
      env: { ...env, TORTURE_FOLDER: folder },
      origin,
      logFolder: folder,
      ...(isOurs ? { isExpectedToEnd: armed.hasFired } : {}),
    });
  };
}
