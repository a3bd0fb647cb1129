import { AppError } from '@commerce/kit/errors';
import { type ASTNode, type DocumentNode, visit } from 'graphql';

/** Of one field, fragment, operation or variable. The public schema offers `@skip` and `@include`. */
const MAX_DIRECTIVES_EACH = 5;
/** Of a whole document. Each one that is unknown or stands twice is an error of its own. */
const MAX_DIRECTIVES = 100;

/** @throws AppError VAL_001 */
export function requireFewDirectives(document: DocumentNode): void {
  let total = 0;
  visit(document, {
    enter(node) {
      const count = directivesOf(node);
      total += count;
      if (count > MAX_DIRECTIVES_EACH) throw tooMany(`${MAX_DIRECTIVES_EACH} directives in one place`);
      if (total > MAX_DIRECTIVES) throw tooMany(`${MAX_DIRECTIVES} directives`);
    },
  });
}

function directivesOf(node: ASTNode): number {
  return 'directives' in node ? (node.directives?.length ?? 0) : 0;
}

function tooMany(limit: string): AppError {
  return new AppError('VAL_001', `An operation may have at most ${limit}`);
}
