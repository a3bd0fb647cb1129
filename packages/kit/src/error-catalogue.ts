/** The one catalogue of error codes, for GraphQL (`extensions.code`) and REST (`error.code`).
 *  Source: the design's section 8.2; RATE_001 is the one code added to it. */
export const errorCatalogue = {
  AUTH_001: { httpStatus: 401, message: 'Invalid credentials' },
  AUTH_002: { httpStatus: 401, message: 'Token expired' },
  AUTH_003: { httpStatus: 401, message: 'Invalid token' },
  AUTH_004: { httpStatus: 403, message: 'Insufficient permissions' },
  VAL_001: { httpStatus: 400, message: 'Invalid input data' },
  VAL_002: { httpStatus: 400, message: 'Missing required field' },
  RES_001: { httpStatus: 404, message: 'Resource not found' },
  RES_002: { httpStatus: 409, message: 'Resource already exists' },
  BUS_001: { httpStatus: 400, message: 'Insufficient inventory' },
  BUS_002: { httpStatus: 400, message: 'Invalid cart operation' },
  BUS_003: { httpStatus: 400, message: 'Payment failed' },
  RATE_001: { httpStatus: 429, message: 'Too many requests' },
  SYS_001: { httpStatus: 500, message: 'An unexpected error occurred' },
  SYS_002: { httpStatus: 503, message: 'Service unavailable' },
} as const satisfies Record<string, { httpStatus: number; message: string }>;

export type ErrorCode = keyof typeof errorCatalogue;

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(errorCatalogue, value);
}
