const plausible = /^[A-Za-z0-9._-]{1,128}$/;

/** Whether a request may be called by this in logs and answers: anything could stand in a header. */
export function isPlausibleRequestId(text: unknown): text is string {
  return typeof text === 'string' && plausible.test(text);
}
