import { z } from 'zod';
import { instantSchema, named } from '../../http/api/schemas.js';
import { changeCauses } from './plan-change.entity.js';
import { scheduleDifference } from '../slots/slot.answers.js';

const fields = {
  id: z.string(),
  at: instantSchema,
  cause: z.enum(changeCauses),
  sentence: z.string().describe('In Vietnamese, for a person.'),
  campaignId: z.string().nullable(),
  added: z.int(),
  removed: z.int(),
  moved: z.int(),
  shortfalls: z.int(),
  seenAt: instantSchema.nullable(),
  seenBy: z.string().nullable(),
};
export const planChangeList = z.strictObject({ changes: z.array(named('PlanChange', z.strictObject(fields))) });
export const planChangeWithDifference = named(
  'PlanChangeWithDifference',
  z
    .strictObject({ ...fields, difference: scheduleDifference })
    .describe('One re-planning, with what was before and after.'),
);
