import { z } from 'zod';
import { instantSchema, named } from '../../http/api/schemas.js';
import { bulletinClasses } from '../../campaigns/bulletin-class.js';
import { slotStates } from '../slots/slot.transitions.js';
import { slotRoles } from '../slots/slot-kind.js';
import { wardDecisionStates, wardOutcomes } from './ward-decision.transitions.js';

const metSlot = named(
  'MetSlot',
  z
    .strictObject({
      id: z.string(),
      startsAt: instantSchema,
      endsAt: instantSchema,
      title: z.string(),
      state: z.enum(slotStates),
      version: z.int(),
      role: z.enum(slotRoles),
      bulletinClass: z.enum(bulletinClasses),
      own: z.boolean().describe("The ward's own item: its script was written for the unit of the channel."),
    })
    .describe('A slot that stands in the way.'),
);

const outcome = z.enum(wardOutcomes);
const fields = {
  id: z.string(),
  state: z.enum(wardDecisionStates),
  startsAt: instantSchema,
  title: z.string(),
  newcomer: outcome.describe('Whose item wants the place.'),
  meets: z.array(metSlot),
  deadline: instantSchema,
  standing: outcome.describe(
    "What a job does at the deadline without an answer. `centre`: the centre's item replaces, the ward's is made good. `ward`: the centre's goes to the nearest free place.",
  ),
  outcome: outcome.nullable(),
  reason: z.string().nullable().describe("Why, in the ward's words; or what kept the decision from being carried out."),
  slotId: z.string().nullable().describe("The newcomer's slot, when it found a place."),
  askedBy: z.string().nullable(),
  createdAt: instantSchema,
  decidedAt: instantSchema.nullable(),
  decidedBy: z.string().nullable(),
};
export const wardDecision = named('WardDecision', z.strictObject(fields));
export const wardDecisionList = z.strictObject({
  decisions: z.array(z.strictObject({ ...fields, channelCode: z.string() })),
});
