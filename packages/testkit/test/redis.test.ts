import { Redis } from 'ioredis';
import { expect, it } from 'vitest';
import { createTestRedis, describeRedis } from '../src/redis.ts';

describeRedis('a test Redis', () => {
  it('is empty and apart from another', async () => {
    const [first, second] = await Promise.all([createTestRedis(), createTestRedis()]);
    const clients = [new Redis(first.url), new Redis(second.url)];
    try {
      await clients[0]?.set('key', 'value');
      expect(await clients[0]?.get('key')).toBe('value');
      expect(await clients[1]?.get('key')).toBeNull();
    } finally {
      for (const client of clients) client.disconnect();
    }
  });
});
