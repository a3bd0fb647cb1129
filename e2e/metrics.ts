/** A metric of a service, by its label `kind`.
 *  @param origin of the service */
export async function readByKind(origin: string, name: string): Promise<Record<string, number>> {
  const text = await (await fetch(`${origin}/metrics`)).text();
  const lines = text.matchAll(new RegExp(`^${name}\\{[^}]*kind="(\\w+)"[^}]*\\} (\\S+)$`, 'gm'));
  return Object.fromEntries([...lines].map(([, kind = '', value]) => [kind, Number(value)]));
}
