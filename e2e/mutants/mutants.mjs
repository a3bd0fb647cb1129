import { limitMutants } from './limit-mutants.mjs';
import { orderMutants } from './order-mutants.mjs';
import { auditMutants } from './security/audit-mutants.mjs';
import { boundMutants } from './security/bound-mutants.mjs';
import { documentMutants } from './security/document-mutants.mjs';
import { headerMutants } from './security/header-mutants.mjs';
import { injectionMutants } from './security/injection-mutants.mjs';
import { operationMutants } from './security/operation-mutants.mjs';
import { ownershipMutants } from './security/ownership-mutants.mjs';
import { passwordMutants } from './security/password-mutants.mjs';
import { privacyMutants } from './security/privacy-mutants.mjs';
import { restMutants } from './security/rest-mutants.mjs';
import { serviceCallMutants } from './security/service-call-mutants.mjs';
import { sessionMutants } from './security/session-mutants.mjs';
import { subgraphAnswerMutants } from './security/subgraph-answer-mutants.mjs';
import { tokenMutants } from './security/token-mutants.mjs';
import { serviceMutants } from './service-mutants.mjs';

/** By the headings of the security requirements. */
const securityMutants = [
  ...tokenMutants,
  ...sessionMutants,
  ...passwordMutants,
  ...ownershipMutants,
  ...privacyMutants,
  ...auditMutants,
  ...operationMutants,
  ...documentMutants,
  ...boundMutants,
  ...serviceCallMutants,
  ...subgraphAnswerMutants,
  ...restMutants,
  ...headerMutants,
  ...injectionMutants,
];

/** The guards of checkout, against floods, and behind the security requirements, each with what turns it off and the
 *  tests that have to notice.
 *  { guard, off, edits: [{ file, find, replace }], tests } */
export const mutants = [...serviceMutants, ...orderMutants, ...limitMutants, ...securityMutants];
