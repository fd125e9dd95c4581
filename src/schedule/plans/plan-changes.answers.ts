import { z } from 'zod';
import { instant, named } from '../../http/api/schemas.js';
import { changeCauses } from './plan-change.entity.js';
import { difference } from '../slots/slot.answers.js';

const fields = {
  id: z.string(),
  at: instant,
  cause: z.enum(changeCauses),
  sentence: z.string().describe('In Vietnamese, for a person.'),
  campaignId: z.string().nullable(),
  added: z.int(),
  removed: z.int(),
  moved: z.int(),
  shortfalls: z.int(),
  seenAt: instant.nullable(),
  seenBy: z.string().nullable(),
};
export const planChangeList = z.strictObject({ changes: z.array(named('PlanChange', z.strictObject(fields))) });
export const planChangeWithDifference = named(
  'PlanChangeWithDifference',
  z.strictObject({ ...fields, difference }).describe('One re-planning, with what was before and after.'),
);
