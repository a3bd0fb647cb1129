import { AppError } from '@commerce/kit/errors';

/** More than any operation may declare is never read. */
const MAX_VARIABLES = 100;
/** Values in all variables together, at any depth. Each is checked against its type, and an invalid one costs an error
 *  with a stack. */
const MAX_VALUES = 2_000;

/** Stands before anything looks at the variables. What is no object at all is left to whoever reads them.
 *  @throws AppError VAL_001 */
export function requireModestVariables(variables: unknown): void {
  if (typeof variables !== 'object' || variables === null) return;
  if (Object.keys(variables).length > MAX_VARIABLES) throw tooMany(`${MAX_VARIABLES} variables`);
  const pending: object[] = [variables];
  let values = 0;
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    const inner: unknown[] = Object.values(value);
    values += inner.length;
    if (values > MAX_VALUES) throw tooMany(`${MAX_VALUES} values in its variables`);
    for (const each of inner) if (typeof each === 'object' && each !== null) pending.push(each);
  }
}

function tooMany(limit: string): AppError {
  return new AppError('VAL_001', `An operation may have at most ${limit}`);
}
