import { readFile } from 'node:fs/promises';
import { ApolloGateway } from '@apollo/gateway';
import type { Logger } from '@commerce/kit/logger';
import type { SubgraphDataSource } from './data-source.ts';
import { watchTextFile } from './supergraph-file.ts';

export type GatewayOptions = {
  supergraphFile: string;
  /** By the subgraph's name in the supergraph, whose own URLs are ignored. */
  dataSources: Readonly<Record<string, SubgraphDataSource>>;
  logger: Logger;
};

/** Of plans as JSON; in memory they take about three times that. A storefront's are a hundredth of it. */
const KEPT_PLANS_MIB = 10;

/** A gateway over a composed supergraph. Contacts no subgraph until an operation needs one, and follows the file:
 *  a new supergraph is taken over, a broken one is logged and the last good one kept. */
export function createGateway(options: GatewayOptions): ApolloGateway {
  const logger = options.logger.child({ component: 'gateway' }, { level: 'warn' });
  // Its constructor asks the environment, and takes no option, whether it may send usage data to its maker. It may
  // not, whoever starts the router: also the launcher, within its own process.
  process.env.APOLLO_TELEMETRY_DISABLED = '1';
  return new ApolloGateway({
    logger,
    validateSupergraph: true,
    __exposeQueryPlanExperimental: false,
    experimental_approximateQueryPlanStoreMiB: KEPT_PLANS_MIB,
    buildService: ({ name }) => {
      const source = options.dataSources[name];
      if (!source) throw new Error(`The supergraph has a subgraph that is not configured: ${name}`);
      return source;
    },
    supergraphSdl: async ({ update }) => {
      const supergraphSdl = await readFile(options.supergraphFile, 'utf8');
      const report = (error: unknown) => {
        const reason = error instanceof Error ? error.message : 'unknown';
        options.logger.error({ reason }, 'Cannot load the changed supergraph: the last one stays');
      };
      const stop = watchTextFile(
        options.supergraphFile,
        (text) => {
          update(text);
          options.logger.info('Loaded the changed supergraph');
        },
        report,
      );
      return { supergraphSdl, cleanup: async () => stop() };
    },
  });
}
