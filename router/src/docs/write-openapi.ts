import { readFileSync, writeFileSync } from 'node:fs';
import { createOpenApiDocument } from './openapi.ts';

/** Writes schema/openapi.json. With --check it writes nothing and fails where the committed file is out of date. */

const file = new URL('../../../schema/openapi.json', import.meta.url);

function readIfThere(url: URL): string {
  try {
    return readFileSync(url, 'utf8');
  } catch {
    return '';
  }
}

const text = `${JSON.stringify(createOpenApiDocument(), null, 2)}\n`;
if (!process.argv.includes('--check')) {
  writeFileSync(file, text);
} else if (readIfThere(file) !== text) {
  process.stderr.write('schema/openapi.json is out of date: run `npm run openapi -w router`\n');
  process.exitCode = 1;
}
