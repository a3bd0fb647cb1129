/** Something of a person, counted, with the reason where it is kept. */
export type ErasureCount = { what: string; count: number; reason: string | null };

/** What became of a person's data in one service. */
export type ErasureProof = {
  found: ErasureCount[];
  erased: ErasureCount[];
  kept: ErasureCount[];
  /** Whether nothing that names the person stays until later. */
  isComplete: boolean;
};

/** One entry of a proof's list, or none: nothing is not worth a word.
 *  @param reason why it is kept, and until when */
export function erasureCounts(what: string, count: number, reason: string | null = null): ErasureCount[] {
  return count > 0 ? [{ what, count, reason }] : [];
}
