import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { findFreePort } from '../src/free-port.ts';

it('a free port can be listened at, and is none of those of outgoing connections', async () => {
  const ports = await Promise.all(Array.from({ length: 20 }, () => findFreePort()));
  for (const port of ports) {
    expect(port).toBeGreaterThanOrEqual(20_000);
    expect(port).toBeLessThan(32_768);
  }
  const [port] = ports;
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await new Promise((resolve) => server.close(resolve));
});
