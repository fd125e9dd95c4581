import { z } from 'zod';
import { instantSchema, localDateSchema, named } from '../http/api/schemas.js';
import { scheduleDifference, planDifference, shortfallAnswer, slot } from './slots/slot.answers.js';
import { windowFillAnswer } from './slots/window-fill.answers.js';
import { planShortfallCodes } from './slots/shortfall.js';

const scriptPlays = z.array(named('ScriptPlays', z.strictObject({ title: z.string(), plays: z.int() })));

export const campaignPlan = named(
  'CampaignPlan',
  z.strictObject({
    dryRun: z.boolean(),
    counts: z
      .strictObject({
        'city-loudspeaker': z.int().optional(),
        'ward-loudspeaker': z.int().optional(),
        fanpage: z.int().optional(),
        website: z.int().optional(),
        leaflet: z.int().optional(),
      })
      .describe('How many of `placed` stand on channels of each kind.'),
    kept: z.int().describe('Slots of these demands that stood already and stay.'),
    keptOfOthers: z
      .int()
      .describe(
        'Those of `kept` that sound another clip: an earlier script of the same obligation, too late to be replaced.',
      ),
    others: scriptPlays.describe(
      'Planned plays of other scripts for the same obligations, which stay: all of them play.',
    ),
    cancelledOf: scriptPlays.describe('How many plays of which script are cancelled.'),
    placedTotal: z.int(),
    placed: z
      .array(
        z.strictObject({
          id: z.string().optional().describe('Absent in a dry run.'),
          key: z.string(),
          channelId: z.string(),
          channelCode: z.string(),
          date: localDateSchema,
          startsAt: instantSchema,
          endsAt: instantSchema,
          clipId: z.string(),
          why: z.string(),
        }),
      )
      .describe('The first 500.'),
    shortfallsTotal: z.int(),
    shortfalls: z
      .array(
        z.strictObject({
          channelId: z.string(),
          channelCode: z.string().nullable(),
          channelName: z.string().nullable(),
          date: localDateSchema,
          demandId: z.string(),
          wanted: z.int(),
          placed: z.int(),
          code: z.enum(planShortfallCodes),
          message: z.string(),
          messageEn: z.string(),
          wouldFree: z
            .array(z.string())
            .describe('Vietnamese sentences; each one alone would make the missing plays fit.'),
        }),
      )
      .describe('The first 500.'),
    cancelledTotal: z.int(),
    cancelled: z
      .array(z.strictObject({ id: z.string(), channelId: z.string(), date: localDateSchema, reason: z.string() }))
      .describe('The first 500.'),
    difference: planDifference,
  }),
);

export const shortfallList = z.strictObject({
  total: z.int(),
  shortfalls: z.array(shortfallAnswer).describe('The first 500.'),
});

export const replanAnswer = named(
  'Replan',
  z.discriminatedUnion('dryRun', [
    z.strictObject({ dryRun: z.literal(true), difference: scheduleDifference }),
    z.strictObject({
      dryRun: z.literal(false),
      difference: scheduleDifference,
      changeId: z.string().nullable().describe('Of the plan change; null when nothing changed.'),
    }),
  ]),
);

export const scheduleDays = z.strictObject({
  channel: z.strictObject({ code: z.string(), name: z.string(), zone: z.string() }),
  days: z.array(
    z.strictObject({
      date: localDateSchema,
      weekday: z.string().describe("'Thứ Ba'."),
      windows: z.array(windowFillAnswer),
      slots: z
        .array(slot)
        .describe(
          'Of every state, by start; slots of a window that runs past midnight belong to the day on which it opens.',
        ),
    }),
  ),
});
