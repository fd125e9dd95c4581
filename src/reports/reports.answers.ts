import { z } from 'zod';
import { channelKinds } from '../shared/channel-kind.js';
import { instantSchema, localDateSchema, named } from '../http/api/schemas.js';

const counts = named(
  'PlayCounts',
  z
    .strictObject({
      planned: z.int(),
      aired: z.int(),
      missed: z.int(),
      waiting: z
        .int()
        .describe(
          'Not yet due, or over and the evidence may still come (half an hour after a failure, a day after silence).',
        ),
      cancelled: z.int(),
      replaced: z.int(),
      lateReported: z
        .int()
        .describe('Counted as missed, and a device log that came after that was settled says it played.'),
      offPlan: z.int().describe('Played by a station although it had been cancelled or replaced.'),
      grades: z
        .strictObject({ A: z.int(), B: z.int(), C: z.int(), D: z.int() })
        .describe(
          'The best evidence of each slot that aired: A device log and recording, B device log, C operator, D asserted.',
        ),
    })
    .describe('Slots, or posts on a fanpage, by what became of them. `planned` = aired + missed + waiting.'),
);

const fulfilment = named(
  'Fulfilment',
  z.strictObject({
    minimumPerDay: z.int().nullable().describe('Plays a day that the directive asks for; null when it does not say.'),
    firstDay: localDateSchema.nullable().describe('The first day that counts: that of the first plan.'),
    daysRequired: z.int().describe('Days that are over and on which plays were possible.'),
    daysMet: z
      .int()
      .describe(
        'Of those, the days with at least the minimum or what was possible; without a minimum, with at least one.',
      ),
    daysInPeriod: z.int().describe('The whole period.'),
  }),
);

const unitLine = named(
  'ReportUnitLine',
  z.strictObject({
    unitCode: z.string(),
    unitName: z.string(),
    channelCode: z.string(),
    channelName: z.string(),
    counts,
    fulfilment,
    days: z
      .array(z.strictObject({ date: localDateSchema, campaignId: z.string(), counts }))
      .describe('Empty in a report that is counted by unit.'),
    posts: z
      .strictObject({ byState: z.record(z.string(), z.int()), links: z.array(z.string()) })
      .optional()
      .describe('On a fanpage: posts by state, and where the published ones stand.'),
  }),
);

export const directiveReport = named(
  'DirectiveReport',
  z
    .strictObject({
      directive: z.strictObject({
        id: z.string(),
        number: z.string(),
        issuedOn: localDateSchema,
        issuer: z.string(),
        subject: z.string().nullable(),
      }),
      generatedAt: instantSchema,
      campaigns: z.array(
        z.strictObject({ id: z.string(), name: z.string(), from: localDateSchema, until: localDateSchema }),
      ),
      counts,
      obligations: z.array(
        named(
          'ReportObligationLine',
          z.strictObject({
            obligationId: z.string().nullable().describe('Null for what was placed without an obligation.'),
            assignment: z.int().nullable(),
            channelKind: z.enum(channelKinds),
            addressees: z.array(z.string()),
            from: localDateSchema.nullable(),
            until: localDateSchema.nullable(),
            reportDue: localDateSchema.nullable(),
            measured: z.boolean().describe('False where Loa has no evidence of its own: the units report by hand.'),
            counts,
            units: z.array(unitLine),
          }),
        ),
      ),
    })
    .describe('Planned × aired × missed of one directive: computed, and with the quality of its evidence.'),
);
