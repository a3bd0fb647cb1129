import { expect, it, vi } from 'vitest';
import { createShutdown } from '../src/shutdown.ts';

it('closes in the reverse order of the start, one after another', async () => {
  const order: string[] = [];
  const shutdown = createShutdown(() => undefined);
  for (const name of ['postgres', 'subgraphs', 'router']) {
    await shutdown.add(async () => {
      order.push(`${name} closes`);
      await Promise.resolve();
      order.push(`${name} closed`);
    });
  }
  await Promise.all([shutdown.run(), shutdown.run()]);
  expect(order).toEqual([
    'router closes',
    'router closed',
    'subgraphs closes',
    'subgraphs closed',
    'postgres closes',
    'postgres closed',
  ]);
});

it('goes on where one fails or hangs, within five seconds in all', async () => {
  const report = vi.fn();
  const close = vi.fn(async () => undefined);
  const shutdown = createShutdown(report);
  await shutdown.add(close);
  await shutdown.add(async () => await Promise.reject(new Error('broken')));
  await shutdown.add(async () => await new Promise(() => undefined));
  const startedAt = Date.now();
  await shutdown.run();
  expect(Date.now() - startedAt).toBeLessThan(2_000);
  expect(close).toHaveBeenCalledOnce();
  expect(report).toHaveBeenCalledWith(new Error('broken'));
});

it('closes at once what a start adds that was interrupted', async () => {
  const shutdown = createShutdown(() => undefined);
  await shutdown.run();
  const close = vi.fn(async () => undefined);
  await shutdown.add(close);
  expect(close).toHaveBeenCalledOnce();
});
