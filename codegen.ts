import type { CodegenConfig } from '@graphql-codegen/cli';

/** What resolvers are handed as parents, by subgraph and type, where that is not the type itself:
 *  `<type>: <module path as seen from src/graphql/generated.ts>#<exported type>`. */
const mappers: Record<string, Record<string, string>> = {
  users: {},
  catalog: {},
  cart: {},
  orders: {},
};

function resolverTypes(name: string): CodegenConfig['generates'][string] {
  return {
    schema: `subgraphs/${name}/schema.graphql`,
    plugins: ['typescript', 'typescript-resolvers'],
    config: {
      federation: true,
      useTypeImports: true,
      enumType: 'string-literal',
      contextType: `../context.ts#${name.charAt(0).toUpperCase()}${name.slice(1)}Context`,
      // Resolvers hand on plain rows; each field of an object type without a resolver must fit its row.
      maybeValue: 'T | null',
      inputMaybeValue: 'T | null | undefined',
      defaultMapper: 'Partial<{T}>',
      mappers: mappers[name] ?? {},
      scalars: {
        ID: 'string',
        DateTime: { input: 'Date', output: 'Date' },
        Decimal: { input: 'string', output: 'string' },
      },
    },
  };
}

const config: CodegenConfig = {
  generates: Object.fromEntries(
    Object.keys(mappers).map((name) => [`subgraphs/${name}/src/graphql/generated.ts`, resolverTypes(name)]),
  ),
};

// The tool reads the default export.
export default config;
