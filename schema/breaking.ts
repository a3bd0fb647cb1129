import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { buildSchema, findBreakingChanges } from 'graphql';

/** Lists what the API schema breaks for clients since a git revision (first argument, default HEAD), and fails
 *  where it breaks anything. */
const revision = process.argv[2] ?? 'HEAD';
const before = execFileSync('git', ['show', `${revision}:schema/api.graphql`], { encoding: 'utf8' });
const after = readFileSync(new URL('./api.graphql', import.meta.url), 'utf8');
const changes = findBreakingChanges(buildSchema(before), buildSchema(after));
for (const change of changes) process.stdout.write(`${change.type}: ${change.description}\n`);
process.exitCode = changes.length > 0 ? 1 : 0;
