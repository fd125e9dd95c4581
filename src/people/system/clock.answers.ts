import { z } from 'zod';
import { instant, named } from '../../http/api/schemas.js';

export const clockState = named(
  'ClockState',
  z.strictObject({
    now: instant,
    doubt: z
      .strictObject({
        jumpMs: z.int().describe('How far the wall clock jumped, milliseconds; positive is forward.'),
        noticedAt: instant.describe('By the doubtful clock.'),
      })
      .nullable(),
  }),
);
