import { startServices } from '@commerce/launcher/services';
import { createShutdown } from '@commerce/launcher/shutdown';
import {
  createSupergraphFixture,
  type SupergraphFixture,
  type SupergraphOptions,
} from './supergraph-fixture.ts';

export type TestSupergraph = Pick<SupergraphFixture, 'databaseUrls' | 'jwtSecret' | 'mailFolder'> & {
  /** The router's origin. */
  url: string;
  close(): Promise<void>;
};

/** The whole shop in this process, over seeded databases of its own, as `npm start` runs it. */
export async function startTestSupergraph(options: SupergraphOptions = {}): Promise<TestSupergraph> {
  const fixture = await createSupergraphFixture(options);
  const shutdown = createShutdown((problem) => process.stderr.write(`${String(problem)}\n`));
  const close = async () => {
    await shutdown.run();
    await fixture.remove();
  };
  try {
    const { shop, databaseUrls, jwtSecret, mailFolder } = fixture;
    const { url } = await startServices({ shop, destination: process.stderr, shutdown });
    return { url, databaseUrls, jwtSecret, mailFolder, close };
  } catch (error) {
    await close();
    throw error;
  }
}
