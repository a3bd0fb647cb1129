import {
  type DefinitionNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  print,
  validate,
  visit,
} from 'graphql';
import { measureText } from '../graphql/operation-limits.ts';
import type { ClientDocument } from './client-documents.ts';
import { documentHash } from './document-hash.ts';
import type { Manifest, ManifestOperation } from './manifest.ts';
import { withTypenames } from './typenames.ts';

type Named<Node extends DefinitionNode> = { file: string; node: Node; text: string };

/** Makes a manifest of a client's documents: each operation with the fragments that it needs, wherever they stand.
 *  @param options.hasTypenames whether the client asks for `__typename` by itself, as Apollo Client does
 *  @returns operations by name, or what is wrong with the documents, one line each */
export function makeManifest(
  documents: readonly ClientDocument[],
  options: { schema: GraphQLSchema; hasTypenames: boolean },
): { manifest: Manifest; faults: readonly string[] } {
  const faults: string[] = [];
  const operations = new Map<string, Named<OperationDefinitionNode>>();
  const fragments = new Map<string, Named<FragmentDefinitionNode>>();
  for (const { file, document } of documents) {
    for (const node of document.definitions) {
      if (node.kind === Kind.OPERATION_DEFINITION) add(operations, { file, node, text: print(node) }, faults);
      else if (node.kind === Kind.FRAGMENT_DEFINITION)
        add(fragments, { file, node, text: print(node) }, faults);
      else faults.push(`${file}: only operations and fragments can be sent`);
    }
  }
  const listed = [...operations.values()].flatMap(({ file, node }) => {
    const needed = [...fragmentsOf(node, fragments)].map((fragment) => fragment.node);
    const plain: DocumentNode = { kind: Kind.DOCUMENT, definitions: [node, ...needed] };
    const document = options.hasTypenames ? withTypenames(plain) : plain;
    const errors = faultsOf(document, options.schema);
    faults.push(...errors.map((error) => `${file}: ${error}`));
    return errors.length === 0 ? [listOperation(node, print(document))] : [];
  });
  listed.sort((left, right) => (left.name < right.name ? -1 : 1));
  return { manifest: { format: 'apollo-persisted-query-manifest', version: 1, operations: listed }, faults };
}

/** Names are what clients find the ids by: each stands for one text. */
function add<Node extends OperationDefinitionNode | FragmentDefinitionNode>(
  known: Map<string, Named<Node>>,
  definition: Named<Node>,
  faults: string[],
): void {
  const name = definition.node.name?.value;
  if (name === undefined) return void faults.push(`${definition.file}: an operation has no name`);
  const other = known.get(name);
  if (other && other.text !== definition.text)
    return void faults.push(`${definition.file}: ${name} is another one in ${other.file}`);
  known.set(name, definition);
}

/** What a definition spreads, and what that spreads in turn. What is missing is left to the validation. */
function fragmentsOf(
  node: OperationDefinitionNode,
  fragments: ReadonlyMap<string, Named<FragmentDefinitionNode>>,
): Set<Named<FragmentDefinitionNode>> {
  const found = new Set<Named<FragmentDefinitionNode>>();
  const collect = (definition: OperationDefinitionNode | FragmentDefinitionNode) => {
    visit(definition, {
      FragmentSpread({ name }) {
        const fragment = fragments.get(name.value);
        if (!fragment || found.has(fragment)) return;
        found.add(fragment);
        collect(fragment.node);
      },
    });
  };
  collect(node);
  return found;
}

function faultsOf(document: DocumentNode, schema: GraphQLSchema): string[] {
  const errors = validate(schema, document);
  if (errors.length > 0) return errors.map(({ message }) => message);
  try {
    measureText(print(document));
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

function listOperation({ name, operation }: OperationDefinitionNode, body: string): ManifestOperation {
  return { id: documentHash(body), name: name?.value ?? '', type: operation, body };
}
