import { readFileSync, writeFileSync } from 'node:fs';
import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import { parse, printSchema } from 'graphql';

/** Composes the four subgraphs into schema/supergraph.graphql (for the router) and schema/api.graphql (what
 *  clients see). With --check it writes nothing and fails where the committed files are out of date. */

/** The router replaces these by its configuration; they only have to be stable and harmless. */
const services = [
  { name: 'users', url: 'http://users:4001/graphql' },
  { name: 'catalog', url: 'http://catalog:4002/graphql' },
  { name: 'cart', url: 'http://cart:4003/graphql' },
  { name: 'orders', url: 'http://orders:4004/graphql' },
];

function fileUrl(path: string): URL {
  return new URL(path, import.meta.url);
}

function compose(): { supergraph: string; api: string } {
  const result = composeServices(
    services.map(({ name, url }) => ({
      name,
      url,
      typeDefs: parse(readFileSync(fileUrl(`../subgraphs/${name}/schema.graphql`), 'utf8')),
    })),
  );
  if (result.supergraphSdl === undefined) {
    throw new Error((result.errors ?? []).map((error) => error.message).join('\n'));
  }
  for (const hint of result.hints) process.stderr.write(`hint: ${hint.message}\n`);
  const api = Supergraph.build(result.supergraphSdl).apiSchema().toGraphQLJSSchema();
  return { supergraph: `${result.supergraphSdl.trimEnd()}\n`, api: `${printSchema(api)}\n` };
}

function readIfThere(url: URL): string {
  try {
    return readFileSync(url, 'utf8');
  } catch {
    return '';
  }
}

const composed = compose();
const outputs = [
  { url: fileUrl('./supergraph.graphql'), text: composed.supergraph },
  { url: fileUrl('./api.graphql'), text: composed.api },
];
if (process.argv.includes('--check')) {
  const isStale = outputs.some(({ url, text }) => readIfThere(url) !== text);
  if (isStale) process.stderr.write('The composed schema is out of date: run `npm run compose`\n');
  process.exitCode = isStale ? 1 : 0;
} else {
  for (const { url, text } of outputs) writeFileSync(url, text);
}
