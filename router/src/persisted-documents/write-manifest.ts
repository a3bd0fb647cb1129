import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildSchema } from 'graphql';
import { readClientDocuments } from './client-documents.ts';
import { makeManifest } from './make-manifest.ts';

/** `npm run manifest -- <folder> [out] [--typenames]`: makes a manifest of a client's documents, checked against the
 *  public schema and the router's limits. Writes nothing where anything is wrong. */

const hasTypenames = process.argv.includes('--typenames');
const [folder, out = 'persisted-documents.json'] = process.argv
  .slice(2)
  .filter((argument) => !argument.startsWith('--'))
  // npm runs scripts elsewhere; paths are meant from where the caller stands.
  .map((file) => path.resolve(process.env.INIT_CWD ?? '.', file));

if (folder === undefined) {
  process.stderr.write('Usage: npm run manifest -- <folder> [out] [--typenames]\n');
  process.exitCode = 2;
} else {
  process.exitCode = await write(folder, path.resolve(process.env.INIT_CWD ?? '.', out)).catch(
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      return 1;
    },
  );
}

async function write(from: string, to: string): Promise<number> {
  const schemaFile = new URL('../../../schema/api.graphql', import.meta.url);
  const schema = buildSchema(await readFile(schemaFile, 'utf8'));
  const { manifest, faults } = makeManifest(await readClientDocuments(from), { schema, hasTypenames });
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  if (faults.length > 0) return 1;
  await writeFile(to, `${JSON.stringify(manifest, null, 2)}\n`);
  process.stdout.write(`${manifest.operations.length} operations in ${to}\n`);
  return 0;
}
