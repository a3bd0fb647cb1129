import { errorCatalogue } from '@commerce/kit/error-catalogue';
import { z } from 'zod';
import { timestamp } from './common.ts';

const codes = z.enum(Object.keys(errorCatalogue));

export const errorEnvelope = z
  .object({
    success: z.literal(false),
    error: z.object({
      code: codes,
      message: z.string(),
      details: z.unknown().optional().meta({
        description:
          'For VAL_001 and VAL_002 a list of { field, message }; it never repeats a submitted value.',
      }),
      timestamp,
      path: z.string().meta({ description: 'Path that was asked for, without the query.' }),
      requestId: z.string().meta({ description: 'Also in the X-Request-Id header and in the logs.' }),
    }),
  })
  .meta({ id: 'Error' });

export type ErrorEnvelope = z.output<typeof errorEnvelope>;
