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

/** A subgraph's part of an erasure; null until it has answered. */
export type SubgraphProof = { subgraph: SubgraphName; proof: Proof | null; provedAt: Date | null };

export type ErasureRecord = {
  erasureId: string;
  userId: string;
  requestedAt: Date;
  /** Of all subgraphs. */
  proofs: SubgraphProof[];
};

/** A subgraph that is still to be told, held by whoever claimed it. */
export type DueTelling = {
  erasureId: string;
  userId: string;
  subgraph: OtherSubgraph;
  /** This one included. */
  attempts: number;
};
