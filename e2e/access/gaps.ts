import type { GraphQLSchema } from 'graphql';
import { entityExpectations, serviceFields } from './entity-expectations.ts';
import { mutationExpectations, queryExpectations } from './expectations.ts';
import { fieldReach } from './field-reach.ts';
import {
  auditedMutationsOf,
  entitiesOf,
  objectTypesOf,
  rootFieldsOf,
  serviceFieldsOf,
  subgraphSchemas,
  subgraphs,
} from './schemas.ts';

/** What the tables lack of a public schema, and what they have beyond it. */
export function findGaps(schema: GraphQLSchema): { missing: string[]; superfluous: string[] } {
  const roots = rootFieldsOf(schema).map(({ kind, field }) => `${kind} ${field.name}`);
  const fields = objectTypesOf(schema).flatMap((type) =>
    Object.keys(type.getFields()).map((field) => `${type.name}.${field}`),
  );
  return compare(
    [...roots, ...fields],
    [
      ...queryExpectations.map(({ field }) => `query ${field}`),
      ...mutationExpectations.map(({ field }) => `mutation ${field}`),
      ...fieldReach.keys(),
    ],
  );
}

/** The same of the subgraphs: entities, and what is for other services. */
export function findSubgraphGaps(): { missing: string[]; superfluous: string[] } {
  const entities = subgraphs.flatMap(entitiesOf).map(({ subgraph, type }) => `${subgraph}.${type.name}`);
  const services = subgraphs.flatMap((name) =>
    serviceFieldsOf(name).map(({ field }) => `${name}: ${field.name}`),
  );
  return compare(
    [...entities, ...services],
    [
      ...Object.keys(entityExpectations),
      ...subgraphs.flatMap((name) => Object.keys(serviceFields[name]).map((field) => `${name}: ${field}`)),
    ],
  );
}

/** The same of what the audit logs record: all that customers are refused and administrators are not, and what
 *  administrators do to the things of others. */
export function findAuditGaps(schemas = Object.values(subgraphSchemas)) {
  const forAdministrators = mutationExpectations
    .filter(({ other, entitled }) => other === 'AUTH_004' && entitled === 'administrator')
    .map(({ field }) => field);
  return compare([...forAdministrators, 'cancelOrder'], schemas.flatMap(auditedMutationsOf));
}

function compare(declared: readonly string[], expected: readonly string[]) {
  return {
    missing: declared.filter((name) => !expected.includes(name)),
    superfluous: expected.filter((name) => !declared.includes(name)),
  };
}
