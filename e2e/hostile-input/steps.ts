import type { Step } from './place.ts';

/** @returns undefined where the way ends before */
export function valueAt(value: unknown, path: readonly Step[]): unknown {
  return path.reduce<unknown>((inner, step) => Object(inner)[step], value);
}

/** @param path whose last step need not be there yet */
export function setAt(value: object, path: readonly Step[], to: unknown): void {
  Object(valueAt(value, path.slice(0, -1)))[path.at(-1) ?? ''] = to;
}
