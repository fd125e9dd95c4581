import { z } from 'zod';
import { instantSchema, named } from '../../http/api/schemas.js';

export const waitingPeriods = z.array(
  named(
    'WaitingPeriod',
    z.strictObject({
      id: z.string(),
      accountId: z.string(),
      cause: z.enum(['created', 'role-granted', 'password-set', 'phone-reset', 'enabled', 'code-issued']),
      causedBy: z.string(),
      beganAt: instantSchema,
      until: instantSchema,
      stoppedAt: instantSchema
        .nullable()
        .describe('Somebody said that nobody asked for it: it ends by a confirmation only, no more by time.'),
      stoppedBy: z.string().nullable(),
    }),
  ),
);

export const enrolmentCode = z.strictObject({ code: z.string().describe('Shown this once.') });
