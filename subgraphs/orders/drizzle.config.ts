import { defineConfig } from 'drizzle-kit';

// The tool reads the default export.
export default defineConfig({
  dialect: 'postgresql',
  schema: './src/data/tables.ts',
  out: './migrations',
});
