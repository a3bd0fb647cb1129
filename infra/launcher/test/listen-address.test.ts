import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { findFreePort } from '../src/free-port.ts';
import { checkListenAddress } from '../src/listen-address.ts';

it('accepts a free port and leaves it free', async () => {
  const port = await findFreePort();
  await checkListenAddress('127.0.0.1', port);
  await checkListenAddress('127.0.0.1', port);
});

it('says of a port in use what to do', async () => {
  const port = await findFreePort();
  const server = createServer().listen(port, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const message = `Port ${port} is in use (127.0.0.1:${port}): stop what uses it, or choose another, for example PORT=${port + 1} npm start.`;
  await expect(checkListenAddress('127.0.0.1', port)).rejects.toThrow(message);
});

it('says so where the host is not of this machine', async () => {
  await expect(checkListenAddress('192.0.2.1', 4000)).rejects.toThrow(/Cannot listen.*check HOST/);
});
