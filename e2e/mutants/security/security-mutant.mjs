/** A guard behind one line of the security requirements.
 *  @param line the heading of the requirements
 *  @returns a function that makes a mutant: of one edit, or of `edits` where a guard stands behind another */
export const securityMutant =
  (line) =>
  (name, off, { test, edits, ...edit }) => ({
    guard: `Security: ${line}: ${name}`,
    off,
    edits: edits ?? [edit],
    tests: [test],
  });
