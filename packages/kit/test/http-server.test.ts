import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { listen } from '../src/http-server.ts';
import type { RunningService } from '../src/service.ts';

let service: RunningService | null = null;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
afterEach(async () => {
  agent.destroy();
  await service?.close();
});

async function start(answerMs = 0): Promise<RunningService> {
  const server = createServer(async (_request, response) => {
    if (answerMs > 0) await delay(answerMs);
    response.end('fine');
  });
  service = await listen(server, { host: '127.0.0.1', port: 0 });
  return service;
}

/** @returns what the answer says of the connection */
async function ask(url: string): Promise<string | undefined> {
  return await new Promise((resolve, reject) => {
    request(url, { agent }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.headers.connection));
    })
      .on('error', reject)
      .end();
  });
}

describe('a server that closes', () => {
  it('answers what comes on a kept connection meanwhile, and asks to leave it', async () => {
    const { url, close } = await start();
    expect(await ask(url)).toBe('keep-alive');

    const closed = close();
    // As if it had been on its way.
    await delay(50);

    expect(await ask(url)).toBe('close');
    await closed;
    await expect(ask(url)).rejects.toThrow('ECONNREFUSED');
  });

  it('lets a request under way end, whose answer asks to leave the connection', async () => {
    const { url, close } = await start(400);
    const asked = ask(url);
    await delay(100);

    const closed = close();

    expect(await asked).toBe('close');
    await closed;
  });

  it('does not wait long for a connection that nobody uses', async () => {
    const { url, close } = await start();
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    await once(socket, 'connect');
    const startedAt = performance.now();

    await close();

    expect(performance.now() - startedAt).toBeLessThan(1_800);
    socket.destroy();
  });

  it('closes at once where there is no connection', async () => {
    const { close } = await start();
    const startedAt = performance.now();
    await close();
    expect(performance.now() - startedAt).toBeLessThan(100);
  });
});
