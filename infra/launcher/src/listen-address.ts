import { createServer } from 'node:net';
import { StartError } from './start-error.ts';

/** Finds out at once, before anything is started, that an address cannot be listened at.
 *  @throws StartError with what to do */
export async function checkListenAddress(host: string, port: number): Promise<void> {
  const failure = await tryListen(host, port);
  if (failure === null) return;
  const where = `${host}:${port}`;
  switch (failure.code) {
    case 'EADDRINUSE':
      throw new StartError(
        `Port ${port} is in use (${where}): stop what uses it, or choose another, for example PORT=${port + 1} npm start.`,
      );
    case 'EACCES':
      throw new StartError(`Not allowed to listen on ${where}: choose a PORT of at least 1024.`);
    default:
      throw new StartError(`Cannot listen on ${where} (${failure.code}): check HOST and PORT.`);
  }
}

async function tryListen(host: string, port: number): Promise<NodeJS.ErrnoException | null> {
  return await new Promise((resolve) => {
    const server = createServer();
    server.once('error', resolve);
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(null)));
  });
}
