import { defineConfig } from 'drizzle-kit';

// The tool reads the default export.
export default defineConfig({
  dialect: 'postgresql',
  // The audit log's tables are the kit's.
  schema: ['./src/data/tables.ts', '../../packages/kit/src/audit-tables.ts'],
  out: './migrations',
});
