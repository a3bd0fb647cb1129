import { fileURLToPath } from 'node:url';

/** Folder of the migrations, for `migrateDatabase`. */
export const migrationsFolder = fileURLToPath(new URL('../migrations', import.meta.url));
