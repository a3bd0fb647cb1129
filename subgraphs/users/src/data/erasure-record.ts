import { z } from 'zod';

/** In the order in which they are named. */
export const subgraphNames = ['users', 'cart', 'orders', 'catalog'] as const;
export type SubgraphName = (typeof subgraphNames)[number];
/** Those that have to be told. */
export type OtherSubgraph = Exclude<SubgraphName, 'users'>;

const entry = z.object({ what: z.string(), count: z.number(), reason: z.string().nullable() });

/** What a subgraph did: what there was, what is gone, and what stays, with the reason. */
export const proofSchema = z.object({
  found: z.array(entry),
  erased: z.array(entry),
  kept: z.array(entry),
});
export type Proof = z.output<typeof proofSchema>;

/** False where something that names the person stays until later: the answer is to be had anew then. */
export const answerSchema = proofSchema.extend({ isComplete: z.boolean() });
export type Answer = z.output<typeof answerSchema>;

/** A subgraph's part of an erasure, as it last answered; null until then. */
export type SubgraphProof = { subgraph: SubgraphName; proof: Proof | null; provedAt: Date | null };

export type ErasureRecord = {
  erasureId: string;
  userId: string;
  requestedAt: Date;
  /** Of all subgraphs. */
  proofs: SubgraphProof[];
};

/** A subgraph that is still to be told or to be asked again, held by whoever claimed it. */
export type DueTelling = {
  erasureId: string;
  userId: string;
  subgraph: OtherSubgraph;
  /** Since it last answered, this one included. */
  attempts: number;
};
