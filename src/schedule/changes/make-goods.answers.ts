import { z } from 'zod';
import { instantSchema, named } from '../../http/api/schemas.js';
import { makeGoodStates } from './make-good.transitions.js';
import { endedSlotFields, slotPlace } from '../slots/slot.answers.js';

export const makeGoodList = z.strictObject({
  makeGoods: z.array(
    named(
      'MakeGood',
      z.strictObject({
        id: z.string(),
        state: z.enum(makeGoodStates),
        slot: z
          .strictObject({ ...endedSlotFields, campaignId: z.string().nullable(), campaign: z.string() })
          .describe('What was missed or replaced, and why.'),
        place: slotPlace.nullable().describe('Where it would be made good; null when nothing has room.'),
        makeGoodSlotId: z.string().nullable(),
        stale: z.boolean().describe('The place has gone by or was given up: whoever accepts gets the next one.'),
        at: instantSchema,
        decidedAt: instantSchema.nullable(),
        decidedBy: z.string().nullable(),
        reason: z.string().nullable(),
      }),
    ),
  ),
});
