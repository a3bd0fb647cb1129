import { limitMutants } from './limit-mutants.mjs';
import { orderMutants } from './order-mutants.mjs';
import { serviceMutants } from './service-mutants.mjs';

/** The guards of checkout and against floods, each with what turns it off and the tests that have to notice.
 *  { guard, off, edits: [{ file, find, replace }], tests } */
export const mutants = [...serviceMutants, ...orderMutants, ...limitMutants];
