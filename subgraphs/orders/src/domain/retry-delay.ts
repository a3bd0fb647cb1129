/** How long to wait for the next attempt, in seconds: up to a tenth more or less than planned, so that what
 *  failed together does not come back together.
 *  @param delays planned waits, in seconds: the first behind the first attempt
 *  @param attempts made so far, at least one
 *  @param random 0 to below 1
 *  @returns null where none is left: it is to be given up */
export function retryDelaySeconds(
  delays: readonly number[],
  attempts: number,
  random: number,
): number | null {
  const delay = delays[attempts - 1];
  return delay === undefined ? null : delay * (0.9 + 0.2 * random);
}
