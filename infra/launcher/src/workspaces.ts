import { fileURLToPath } from 'node:url';
import type { DatabaseName } from './databases.ts';

/** The whole repository; the launcher's src and dist are equally far from it. */
export const repository = fileURLToPath(new URL('../../..', import.meta.url));

/** The workspace that a database belongs to. */
export function workspaceOf(name: DatabaseName): string {
  const folder = name === 'payments' ? 'infra/payment-provider' : `subgraphs/${name}`;
  return fileURLToPath(new URL(`../../../${folder}`, import.meta.url));
}
