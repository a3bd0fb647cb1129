/** What goes wrong with one operation, on request:
 *  delay: answered late. lose-request: never applied, the connection is cut. lose-answer: applied, the connection
 *  is cut. late: the connection is cut, applied afterwards. twice: applied twice at once, as a duplicate delivery.
 *  decline, refuse: a business no. error: status 500, not applied. */
export const faultKinds = [
  'delay',
  'lose-request',
  'lose-answer',
  'late',
  'twice',
  'decline',
  'refuse',
  'error',
] as const;
export type FaultKind = (typeof faultKinds)[number];

export const operationNames = ['authorise', 'capture', 'void', 'refund', 'find'] as const;
export type OperationName = (typeof operationNames)[number];

export type Fault = {
  kind: FaultKind;
  /** Of delay and late. */
  delayMs: number;
};

/** Faults that wait for their operation, first come, first served. */
export type FaultQueue = {
  add(operation: OperationName, fault: Fault, count: number): void;
  take(operation: OperationName): Fault | null;
  clear(): void;
};

export function createFaultQueue(): FaultQueue {
  const queues = new Map<OperationName, Fault[]>();
  return {
    add(operation, fault, count) {
      const queue = queues.get(operation) ?? [];
      queues.set(operation, [...queue, ...Array.from({ length: count }, () => fault)]);
    },
    take: (operation) => queues.get(operation)?.shift() ?? null,
    clear: () => queues.clear(),
  };
}

/** Whether an operation can go wrong in this way: only an authorisation can be declined, and only money that is
 *  moved can be refused. */
export function isFaultOf(operation: OperationName, kind: FaultKind): boolean {
  if (kind === 'decline') return operation === 'authorise';
  if (kind === 'refuse') return operation === 'capture' || operation === 'refund';
  return true;
}
