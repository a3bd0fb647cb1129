import { describeError } from '@commerce/kit/graphql-errors';
import type { Logger } from '@commerce/kit/logger';
import type { Mail, Mailer } from '@commerce/kit/mail';
import { backgroundOrigin } from '../clients/call-origin.ts';
import type { UsersClient } from '../clients/users.ts';
import type { ClaimedMail, MailStore } from '../data/mail-store.ts';
import type { OrderReader } from '../data/order-reader.ts';
import { orderMail } from './order-mails.ts';
import type { Failpoint } from './orders-deps.ts';
import { retryDelaySeconds } from './retry-delay.ts';
import { workThrough } from './work-through.ts';

/** Mails under way at a time. */
const LANES = 16;

const MINUTE = 60;
const HOUR = 60 * MINUTE;
/** Eight tries within a day: a mail server may be away for hours. */
const retryDelays: readonly number[] = [
  ...[10, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR, 12 * HOUR],
];

export type OrderMailDeps = {
  mails: MailStore;
  reader: Pick<OrderReader, 'findOrders' | 'listItems'>;
  users: UsersClient;
  mailer: Pick<Mailer, 'send'>;
  /** Origin that links in mails begin with. */
  publicUrl: string;
  logger: Logger;
  /** 0 to below 1. */
  random(): number;
  failpoint: Failpoint;
};

/** Sends the mails that are due, each at least once: a crash between sending and noting sends it again, under the
 *  same message id. */
export async function sendOrderMails(deps: OrderMailDeps, signal: AbortSignal): Promise<void> {
  await workThrough<ClaimedMail>(
    {
      logger: deps.logger,
      take: async (underWay) => (underWay < LANES ? await deps.mails.claim(LANES - underWay) : []),
      handle: (claimed) => send(deps, claimed),
    },
    signal,
  );
}

async function send(deps: OrderMailDeps, claimed: ClaimedMail): Promise<void> {
  // Its last attempt ended without a word, perhaps with the whole process.
  if (claimed.attempts > retryDelays.length + 1) return await park(deps, claimed, 'It was tried too often');
  try {
    const mail = await compose(deps, claimed);
    if (typeof mail === 'string') return await abandon(deps, claimed, mail);
    await deps.failpoint('before mail');
    await deps.mailer.send(mail);
  } catch (error) {
    await putOff(deps, claimed, error);
    return;
  }
  // Not within the try: what was sent is not to be put off, but to be taken up again once its lease is over.
  await deps.failpoint('after mail');
  await deps.mails.markSent(claimed);
}

/** @returns the mail, or why there will never be one */
async function compose(
  { reader, users, publicUrl }: OrderMailDeps,
  { orderId, kind }: ClaimedMail,
): Promise<Mail | string> {
  const [[order], [lines = []]] = await Promise.all([
    reader.findOrders([orderId], { kind: 'all' }),
    reader.listItems([orderId]),
  ]);
  if (!order) return 'There is no order that could be told of';
  const contact = await users.findContact(order.userId, backgroundOrigin(orderId));
  if (!contact) return 'There is no such user';
  return orderMail({ kind, order, lines, contact, publicUrl });
}

async function putOff(deps: OrderMailDeps, claimed: ClaimedMail, error: unknown): Promise<void> {
  const { orderId, kind, attempts } = claimed;
  const [reason = ''] = describeError(error).split('\n');
  const delaySeconds = retryDelaySeconds(retryDelays, attempts, deps.random());
  if (delaySeconds === null) {
    await park(deps, claimed, reason);
    return;
  }
  await deps.mails.postpone(claimed, { reason, delaySeconds });
  deps.logger.warn({ orderId, kind, attempts, reason }, 'A mail could not be sent and is tried again');
}

async function abandon(deps: OrderMailDeps, claimed: ClaimedMail, reason: string): Promise<void> {
  // Nobody has to look into a mail to somebody who left.
  if (!(await deps.mails.forget(claimed))) await park(deps, claimed, reason);
}

async function park({ mails, logger }: OrderMailDeps, claimed: ClaimedMail, reason: string): Promise<void> {
  const { orderId, kind, attempts } = claimed;
  await mails.park(claimed, reason);
  logger.error(
    { orderId, kind, attempts, reason },
    'A mail is parked: it is not sent until somebody looks into it',
  );
}
