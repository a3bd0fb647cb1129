import type { Connection } from '@commerce/kit/pagination';
import type { ErasureRecord } from '../data/erasure-record.ts';

/** A page of erasures whose total is counted only where it is asked for. */
export type ErasurePage = Connection<ErasureRecord>;
export type ErasurePageEdge = ErasurePage['edges'][number];
