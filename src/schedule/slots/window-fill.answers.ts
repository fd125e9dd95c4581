import { z } from 'zod';
import { instantSchema, localTimeSchema, named } from '../../http/api/schemas.js';

const minutes = z.number().describe('Minutes, to a tenth.');
export const windowFillAnswer = named(
  'WindowFill',
  z
    .strictObject({
      windowId: z.string(),
      name: z.string(),
      startsAt: instantSchema,
      endsAt: instantSchema,
      start: localTimeSchema,
      end: localTimeSchema,
      filledMinutes: minutes,
      shortMinutes: minutes,
      overMinutes: minutes,
      state: z
        .enum(['filled', 'short', 'over'])
        .describe('`over` when something runs past the end, `short` when a minute or more stays silent.'),
    })
    .describe('One opening of a window and how full it is.'),
);
