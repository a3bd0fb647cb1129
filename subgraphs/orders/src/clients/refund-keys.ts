/** Key under which all that is left of a cancelled order's money goes back. */
export function returnKey(orderId: string): string {
  return `${orderId}:refund:1`;
}

/** Key of a refund that an administrator asked for. */
export function refundKey(orderId: string, refundId: string): string {
  return `${orderId}:refund:${refundId}`;
}

/** After a clear no: a provider repeats it for ever under the key that it was given under. Nothing went back under
 *  that one, so that nothing goes back twice. */
export function nextRefundKey(key: string): string {
  const [orderId = '', kind = '', name = '', turn = '1'] = key.split(':');
  return [orderId, kind, name, Number(turn) + 1].join(':');
}

/** Whether two keys are of one refund, whatever was refused in between. */
export function isSameRefund(key: string | undefined, other: string): boolean {
  const nameOf = (text: string) => text.split(':').slice(0, 3).join(':');
  return key !== undefined && nameOf(key) === nameOf(other);
}
