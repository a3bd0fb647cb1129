import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { measureText } from '../graphql/operation-limits.ts';

/** Apollo's format of a manifest, as its tools for clients write and read it.
 *  Source: https://www.apollographql.com/docs/graphos/platform/security/persisted-queries */
const manifestSchema = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(
    z.object({
      /** What a client sends instead of the text; by custom the text's SHA-256. */
      id: z.string().min(1).max(256),
      name: z.string(),
      type: z.enum(['query', 'mutation', 'subscription']),
      body: z.string().min(1),
    }),
  ),
});

export type Manifest = z.output<typeof manifestSchema>;
export type ManifestOperation = Manifest['operations'][number];

/** @throws Error that names the file, where it is none, or an operation that no request could ask for */
export async function loadManifest(file: string): Promise<readonly ManifestOperation[]> {
  const { operations } = await readManifest(file);
  for (const { name, body } of operations) {
    try {
      if (measureText(body) === null) throw new Error('It is malformed');
    } catch (cause) {
      throw new Error(`The operation ${name} of ${file} is malformed or over a limit`, { cause });
    }
  }
  return operations;
}

async function readManifest(file: string): Promise<Manifest> {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    throw new Error(`${file} is no manifest of persisted documents`, { cause });
  }
}
