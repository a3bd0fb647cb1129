/** Import directions, as docs/architecture.md describes them. */
const subgraph = '^subgraphs/([^/]+)/src';

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'kit-imports-no-workspace',
      comment: 'The kit is what everything stands on; it knows no domain.',
      severity: 'error',
      from: { path: '^packages/kit/src' },
      to: { path: '^(packages/testkit|subgraphs|router|infra|e2e|bench)/' },
    },
    {
      name: 'no-subgraph-to-subgraph',
      comment: 'Subgraphs meet in the composed graph and through clients, never in code.',
      severity: 'error',
      from: { path: '^subgraphs/([^/]+)/' },
      to: { path: '^subgraphs/', pathNot: '^subgraphs/$1/' },
    },
    {
      name: 'no-subgraph-to-router',
      severity: 'error',
      from: { path: '^subgraphs/' },
      to: { path: '^(router|infra|e2e|bench)/', pathNot: '^infra/launcher/src/embedded-postgres' },
    },
    {
      name: 'no-router-to-subgraph',
      comment: 'The router reaches subgraphs over HTTP only.',
      severity: 'error',
      from: { path: '^router/' },
      to: { path: '^(subgraphs|infra|e2e|bench)/' },
    },
    {
      name: 'domain-knows-no-graphql',
      severity: 'error',
      from: { path: `${subgraph}/domain` },
      to: { path: `${subgraph}/graphql/|node_modules/(graphql|@apollo)/` },
    },
    {
      name: 'domain-knows-no-sql',
      comment: 'All SQL lives in data/.',
      severity: 'error',
      from: { path: `${subgraph}/(domain|graphql)` },
      to: { path: 'node_modules/(drizzle-orm|postgres|ioredis)/' },
    },
    {
      name: 'data-and-clients-stand-below-the-domain',
      severity: 'error',
      from: { path: `${subgraph}/(data|clients)/` },
      to: { path: `${subgraph}/graphql/` },
    },
    {
      name: 'graphql-reads-through-loaders',
      comment: 'Resolvers call use cases, or loaders for plain reads; never a store or a client.',
      severity: 'error',
      from: { path: `${subgraph}/graphql` },
      to: { path: `${subgraph}/(data/.*-store|clients/)`, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'sources-import-no-tests',
      severity: 'error',
      from: { path: '/src/', pathNot: '^packages/testkit/' },
      to: { path: '/test/|^packages/testkit/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/|\\.turbo/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['source', 'import', 'require', 'node', 'default'],
      exportsFields: ['exports'],
    },
  },
};
