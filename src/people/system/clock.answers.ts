import { z } from 'zod';
import { instantSchema, named } from '../../http/api/schemas.js';

export const clockState = named(
  'ClockState',
  z.strictObject({
    now: instantSchema,
    doubt: z
      .strictObject({
        jumpMs: z.int().describe('How far the wall clock jumped, milliseconds; positive is forward.'),
        noticedAt: instantSchema.describe('By the doubtful clock.'),
      })
      .nullable(),
  }),
);
