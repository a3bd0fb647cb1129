import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { createDataSource } from '../src/data-source.ts';
import { quiet } from './support/fake-subgraphs.ts';

it('turns away at once whom it would keep waiting for a hung subgraph', async () => {
  const server = createServer(() => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const source = createDataSource({ name: 'catalog', url, mintToken: () => 'token', logger: quiet });
  const viewer = { kind: 'anonymous', reason: 'missing' } as const;
  const context = { caller: { viewer, clientAddress: '203.0.113.9', requestId: 'id-1' } };
  let answered = 0;
  const asked = Array.from({ length: 1_200 }, async () => {
    await source.process({ request: { query: '{ a }' }, context } as never);
    answered += 1;
  });

  await new Promise((resolve) => setImmediate(resolve));
  const turnedAway = answered;
  await source.close();
  await Promise.all(asked);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));

  // 64 are under way, and as many wait as may.
  expect(turnedAway).toBe(1_200 - 64 - 1_025);
});
