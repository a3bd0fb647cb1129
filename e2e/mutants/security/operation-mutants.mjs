import { securityMutant } from './security-mutant.mjs';

const limits = 'router/src/graphql/operation-limits.ts';
const size = 'router/src/graphql/selection-size.ts';
const directives = 'router/src/graphql/directive-limits.ts';
const server = 'router/src/graphql/server.ts';
const cost = 'router/src/graphql/operation-cost.ts';
const guard = 'router/src/graphql/cost-guard.ts';
const variableLimits = 'router/src/graphql/variable-limits.ts';
const variableFaults = 'router/src/graphql/variable-faults.ts';
const pagination = 'packages/kit/src/pagination.ts';

const limitsTest = 'router/test/operation-limits.test.ts';
const costTest = 'router/test/operation-cost.test.ts';
const graphqlTest = 'router/test/graphql.test.ts';
const paginationTest = 'packages/kit/test/pagination.test.ts';

const mutant = securityMutant('GraphQL abuse');

/** What stands before an operation is carried out. */
export const operationMutants = [
  mutant('depth', 'any is taken', {
    test: limitsTest,
    file: limits,
    find: 'if (size.depth > MAX_DEPTH)',
    replace: 'if (size.depth > 10_000)',
  }),
  mutant('expanded selections', 'ten times as many are planned', {
    test: limitsTest,
    file: limits,
    find: 'if (Math.max(total.fields, size.fields) > MAX_FIELDS)',
    replace: 'if (Math.max(total.fields, size.fields) > MAX_FIELDS * 10)',
  }),
  mutant('fragments nobody uses', 'they are not measured', {
    test: limitsTest,
    file: limits,
    find: 'if (Math.max(total.fields, size.fields) > MAX_FIELDS)',
    replace: 'if (total.fields > MAX_FIELDS)',
  }),
  mutant('several operations', 'each has the whole limit', {
    test: limitsTest,
    file: limits,
    find: 'if (isOperation) total.fields += size.fields;',
    replace: 'if (isOperation) total.fields = size.fields;',
  }),
  mutant('fields at the top', 'any number is asked for', {
    test: limitsTest,
    file: limits,
    find: 'size.topFields > MAX_TOP_FIELDS',
    replace: 'size.topFields > 10_000',
  }),
  mutant('aliases', 'any number is taken', {
    test: limitsTest,
    file: limits,
    find: 'if (Math.max(total.aliases, size.aliases) > MAX_ALIASES)',
    replace: 'if (Math.max(total.aliases, size.aliases) > 10_000)',
  }),
  mutant('aliases of several operations', 'each has the whole limit', {
    test: limitsTest,
    file: limits,
    find: 'if (isOperation) total.aliases += size.aliases;',
    replace: 'if (isOperation) total.aliases = size.aliases;',
  }),
  mutant('tokens', 'a document of any length is read (twice)', {
    test: limitsTest,
    edits: [
      { file: limits, find: '{ noLocation: true, maxTokens: MAX_TOKENS }', replace: '{ noLocation: true }' },
      { file: server, find: '    parseOptions: { maxTokens: MAX_TOKENS },\n', replace: '' },
    ],
  }),
  mutant('directives in one place', 'any number is taken', {
    test: limitsTest,
    file: directives,
    find: 'if (count > MAX_DIRECTIVES_EACH)',
    replace: 'if (count > 10_000)',
  }),
  mutant('directives in all', 'any number is taken', {
    test: limitsTest,
    file: directives,
    find: 'if (total > MAX_DIRECTIVES)',
    replace: 'if (total > 10_000)',
  }),
  mutant('fragment cycles', 'they are measured without end', {
    test: limitsTest,
    file: size,
    find: '    sizes.set(name, NOTHING);\n',
    replace: '',
  }),
  mutant('batches', 'an array of operations is answered', {
    test: limitsTest,
    file: server,
    find: 'allowBatchedHttpRequests: false',
    replace: 'allowBatchedHttpRequests: true',
  }),
  mutant('variables that are declared', 'any number is taken', {
    test: limitsTest,
    file: limits,
    find: 'if ((definition.variableDefinitions?.length ?? 0) > MAX_VARIABLES)',
    replace: 'if ((definition.variableDefinitions?.length ?? 0) > 10_000)',
  }),
  mutant('variables that are sent', 'any number is read', {
    test: limitsTest,
    file: variableLimits,
    find: 'if (Object.keys(variables).length > MAX_VARIABLES)',
    replace: 'if (Object.keys(variables).length > 1_000_000)',
  }),
  mutant('values in variables', 'any number is checked', {
    test: limitsTest,
    file: variableLimits,
    find: 'if (values > MAX_VALUES)',
    replace: 'if (values > 1_000_000)',
  }),
  mutant('values deep in variables', 'only the outermost are counted', {
    test: limitsTest,
    file: variableLimits,
    find: "for (const each of inner) if (typeof each === 'object' && each !== null) pending.push(each);",
    replace: '',
  }),
  mutant('faults of variables', 'thousands are told', {
    test: limitsTest,
    edits: [
      { file: variableFaults, find: 'if (faults.length < MAX_FAULTS) faults.push', replace: 'faults.push' },
      { file: variableFaults, find: 'return faults.slice(0, MAX_FAULTS);', replace: 'return faults;' },
    ],
  }),
  mutant('faults of documents', 'thousands are told', {
    test: graphqlTest,
    file: server,
    find: '    validationOptions: { maxErrors: MAX_FAULTS },\n',
    replace: '',
  }),
  mutant('values of variables', 'a fault tells the value', {
    test: graphqlTest,
    file: 'router/src/graphql/request-plugin.ts',
    find: '          if (faults.length > 0) throw badVariables(faults);\n',
    replace: '          if (faults.length > 1_000) throw badVariables(faults);\n',
  }),
  mutant('page sizes', 'the router asks for any', {
    test: costTest,
    file: cost,
    find: 'if (number < 1 || number > MAX_PAGE_SIZE) throw badPageSize(name.value);',
    replace: 'if (number < 1 || number > 1e9) throw badPageSize(name.value);',
  }),
  mutant('page sizes below one', 'they make an operation cheap', {
    test: costTest,
    file: cost,
    find: 'if (number < 1 || number > MAX_PAGE_SIZE) throw badPageSize(name.value);',
    replace: 'if (number > MAX_PAGE_SIZE) throw badPageSize(name.value);',
  }),
  mutant('page sizes in subgraphs', 'any is read', {
    test: paginationTest,
    file: pagination,
    find: 'if (size < 1 || size > MAX_PAGE_SIZE) {',
    replace: 'if (size < 1 || size > 1e9) {',
  }),
  mutant('page numbers', 'an offset overflows', {
    test: paginationTest,
    file: pagination,
    find: 'if (page < 1 || page > MAX_PAGE)',
    replace: 'if (page < 1)',
  }),
  mutant('cursors', 'any list of texts reaches the SQL', {
    test: paginationTest,
    file: pagination,
    find: 'return isOfLength && (isKey === undefined || isKey(key)) ? key : null;',
    replace: 'return isOfLength && isKey !== null ? key : null;',
  }),
  mutant('cost of one operation', 'any is carried out', {
    test: costTest,
    file: guard,
    find: '      if (cost > maxCost) throw tooExpensive(cost, maxCost);\n',
    replace: '      if (cost > maxCost * 1e9) throw tooExpensive(cost, maxCost);\n',
  }),
  mutant('lists without a declared size', 'they are free', {
    test: costTest,
    file: cost,
    find: 'const UNDECLARED_SIZE = 100',
    replace: 'const UNDECLARED_SIZE = 0',
  }),
  mutant('lists in the schema', 'one may declare no size', {
    test: 'router/test/list-sizes.test.ts',
    file: 'schema/supergraph.graphql',
    find: '  items: [CartItem!]! @listSize(assumedSize: 10)\n',
    replace: '  items: [CartItem!]!\n',
  }),
  mutant('budget', 'a client spends without end', {
    test: costTest,
    file: guard,
    find: '      if (isAllowed) return;\n',
    replace: '      if (isAllowed || cost >= 0) return;\n',
  }),
];
