import { type Subgraph, subgraphs } from './databases.ts';

export type ServiceName = Subgraph | 'router';
export const serviceNames: readonly ServiceName[] = [...subgraphs, 'router'];
