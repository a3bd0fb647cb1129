import { createHmac } from 'node:crypto';

export const SECRET_PREFIX = 'whsec_';

/** The headers by which a receiver knows a delivery and its sender.
 *  Source: Standard Webhooks, https://www.standardwebhooks.com
 *  @param delivery.id of the event: the same at each attempt
 *  @param delivery.secret whsec_ and the key in base64 */
export function webhookHeaders(delivery: {
  id: string;
  sentAt: Date;
  body: string;
  secret: string;
}): Record<string, string> {
  const { id, sentAt, body, secret } = delivery;
  const timestamp = String(Math.floor(sentAt.getTime() / 1_000));
  const key = Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    'content-type': 'application/json',
    'user-agent': 'commerce-webhooks/1',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  };
}
