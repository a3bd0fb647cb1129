import { setTimeout as delay } from 'node:timers/promises';
import { assertNever } from '@commerce/kit/errors';
import { z } from 'zod';
import type { Fault, TimedFault } from './plan.ts';
import type { TortureShop } from './shop.ts';
import type { Tally } from './tally.ts';

/** Lets a fault happen at its time; settles when what it broke runs again. */
export async function letHappen(
  { atMs, fault }: TimedFault,
  { shop, tally }: { shop: TortureShop; tally: Tally },
): Promise<void> {
  await delay(atMs);
  tally.count(`fault: ${nameOf(fault)}`);
  switch (fault.kind) {
    case 'kill': {
      const service = shop.processes[fault.service];
      await service.kill();
      await delay(fault.downMs);
      return await service.start();
    }
    case 'hang': {
      const service = shop.processes[fault.service];
      service.hang();
      await delay(fault.forMs);
      return service.goOn();
    }
    case 'crash of Postgres':
      return await shop.clusters[fault.cluster].crash();
    case 'ended sessions': {
      const { database } = fault;
      const statement = `select count(pg_terminate_backend(pid))::int from pg_stat_activity where datname = '${database}'
        and pid <> pg_backend_pid()`;
      // The server may be down at the moment.
      return void (await shop
        .clusterOf(database)
        .query(database, statement, z.unknown())
        .catch(() => undefined));
    }
    case 'cut connections':
      return shop.links[fault.link].cutAll();
    case 'lost answer':
    case 'lost request': {
      const what = fault.kind === 'lost answer' ? 'answer' : 'request';
      return shop.links[fault.link].loseNext({ what, text: fault.text }, fault.count);
    }
    case 'payment': {
      const { operation, fault: kind, count, delayMs } = fault;
      // The provider may be down at the moment.
      return await shop.paymentFaults.add(operation, kind, { count, delayMs }).catch(() => undefined);
    }
    default:
      return assertNever(fault);
  }
}

function nameOf(fault: Fault): string {
  switch (fault.kind) {
    case 'kill':
    case 'hang':
      return `${fault.kind} of ${fault.service}`;
    case 'crash of Postgres':
      return `${fault.kind} (${fault.cluster})`;
    case 'ended sessions':
      return `${fault.kind} (${fault.database})`;
    case 'cut connections':
    case 'lost answer':
    case 'lost request':
      return `${fault.kind} (${fault.link})`;
    case 'payment':
      return `payment (${fault.operation} ${fault.fault})`;
    default:
      return assertNever(fault);
  }
}

/** Takes back what has not befallen anybody yet, and starts what is down. */
export async function heal(shop: TortureShop): Promise<void> {
  await shop.armed.disarm();
  for (const link of Object.values(shop.links)) link.clear();
  for (const service of Object.values(shop.processes)) {
    service.goOn();
    await service.start();
  }
  await shop.paymentFaults.clear();
}
