import { z } from 'zod';
import { instantSchema, localDateSchema, named } from '../../http/api/schemas.js';
import { makeGoodStates } from '../changes/make-good.transitions.js';
import { slotStates } from '../slots/slot.transitions.js';
import { slot } from '../slots/slot.answers.js';

export const slotExplanation = named(
  'SlotExplanation',
  z.strictObject({
    slot,
    channel: z.strictObject({ code: z.string(), name: z.string() }),
    why: z.string().describe('Why it stands there, in Vietnamese.'),
    serves: z
      .strictObject({
        directive: z.strictObject({
          id: z.string(),
          number: z.string(),
          issuedOn: localDateSchema,
          issuer: z.string(),
          subject: z.string().nullable(),
        }),
        obligation: z
          .strictObject({
            id: z.string(),
            assignment: z.int(),
            minPlaysPerDay: z.int().nullable(),
            maxPlaysPerDay: z.int().nullable(),
            from: localDateSchema.nullable(),
            until: localDateSchema.nullable(),
          })
          .nullable()
          .describe('Null for a play that no obligation asked for.'),
        campaign: z.strictObject({
          id: z.string(),
          name: z.string(),
          bulletinClass: z.string(),
          from: localDateSchema,
          until: localDateSchema,
        }),
      })
      .nullable()
      .describe('Which order it serves; null for a relay without a campaign, an opening and a closing.'),
    placedBy: z.string().nullable(),
    history: z
      .array(
        z.strictObject({
          at: instantSchema,
          who: z.string(),
          what: z.string(),
          detail: z.unknown().describe('What the audit has of it; its shape is that of the action.'),
        }),
      )
      .describe('What was done to it, oldest first.'),
    final: z
      .strictObject({
        state: z.enum(slotStates),
        reason: z.string().nullable(),
        until: instantSchema.nullable().describe('Evidence may correct it so long; null when it is settled.'),
      })
      .nullable()
      .describe('Its end state and why; null as long as it is planned.'),
    makeGoodFor: slot.nullable(),
    makeGood: z
      .strictObject({
        id: z.string(),
        state: z.enum(makeGoodStates),
        reason: z.string().nullable().describe('Why it was dismissed, or that the slot played after all.'),
        slotId: z.string().nullable(),
        startsAt: instantSchema.nullable(),
      })
      .nullable(),
    replacedBy: slot.nullable(),
  }),
);
