import { open } from 'node:fs/promises';
import { ConfigError } from '@commerce/kit/config';
import { z } from 'zod';
import type { AckedOrder } from './invariant.ts';

const ackedOrder = z.object({
  orderId: z.string(),
  userId: z.string(),
  total: z.number(),
  items: z.array(z.object({ productId: z.string(), quantity: z.int(), price: z.number() })),
  key: z.string().optional(),
});

/** Orders of a file of JSON lines, read anew each time that they are iterated.
 *  @throws ConfigError while iterating, where the file cannot be read or a line is something else */
export function openAckedFile(path: string): AsyncIterable<AckedOrder> {
  return { [Symbol.asyncIterator]: () => readOrders(path) };
}

async function* readOrders(path: string): AsyncGenerator<AckedOrder> {
  const file = await open(path).catch((cause: unknown) => {
    throw new ConfigError([
      `${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
    ]);
  });
  try {
    let number = 0;
    for await (const line of file.readLines()) {
      number += 1;
      if (line.trim() === '') continue;
      const order = ackedOrder.safeParse(parseJson(line));
      // Without the line: it may hold anything.
      if (!order.success) throw new ConfigError([`${path}: line ${number} is not an order as JSON`]);
      yield order.data;
    }
  } finally {
    await file.close();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
