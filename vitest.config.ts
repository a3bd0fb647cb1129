import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

const require = createRequire(import.meta.url);

const report = process.env.VITEST_REPORT;

// Workspaces are loaded from their sources, not from dist.
const fromSource = { resolve: { conditions: ['source'] } };

export default defineConfig({
  ssr: fromSource,
  // The environment that global setup is loaded in.
  environments: { __vitest__: fromSource },
  resolve: {
    // Vite would load graphql's ES module beside the CommonJS one that Apollo loads, and each
    // refuses the other's schemas.
    alias: [{ find: /^graphql$/, replacement: require.resolve('graphql') }],
  },
  test: {
    include: ['**/*.test.ts', 'e2e/*.e2e.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    // Continuous integration counts from the report.
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
    globalSetup: ['packages/testkit/src/global-setup.ts'],
    setupFiles: ['packages/testkit/src/exit-with-vitest.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
