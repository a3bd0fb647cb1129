/** The current time. An argument wherever time matters, so that tests can set it. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();

/** ISO 8601 in UTC without milliseconds: `2024-01-15T10:30:00Z`. */
export function timestampText(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
