import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { gqlPluckFromCodeString } from '@graphql-tools/graphql-tag-pluck';
import { type DocumentNode, parse } from 'graphql';

/** GraphQL that stands in one file of a client. */
export type ClientDocument = { file: string; document: DocumentNode };

const graphqlFile = /\.(?:graphql|gql)$/;
const codeFile = /\.(?:[cm]?[jt]s|[jt]sx)$/;
/** What a client did not write itself, or will not send. */
const foreignFolder = /(?:^|[\\/])(?:node_modules|dist|build|\.[^\\/]+)[\\/]/;

/** Reads all documents of a folder: .graphql and .gql files, and literals tagged `gql` or `graphql` in code.
 *  @returns in the order of the files' names
 *  @throws Error that names the file, for a document or code that is malformed */
export async function readClientDocuments(folder: string): Promise<ClientDocument[]> {
  const files = (await readdir(folder, { recursive: true }))
    .filter((file) => !foreignFolder.test(file))
    .sort();
  const documents = await Promise.all(files.map((file) => readFileDocuments(folder, file)));
  return documents.flat();
}

async function readFileDocuments(folder: string, file: string): Promise<ClientDocument[]> {
  const isGraphql = graphqlFile.test(file);
  if (!isGraphql && !codeFile.test(file)) return [];
  const text = await readFile(path.join(folder, file), 'utf8');
  try {
    const bodies = isGraphql ? [text] : await readLiterals(file, text);
    return bodies.map((body) => ({ file, document: parse(body) }));
  } catch (cause) {
    throw new Error(`${file}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

async function readLiterals(file: string, text: string): Promise<string[]> {
  const sources = await gqlPluckFromCodeString(file, text, { skipIndent: true });
  return sources.map(({ body }) => body);
}
