import { directiveKinds } from '../../directives/directive.entity.js';
import { z } from 'zod';
import { channelKinds } from '../../shared/channel-kind.js';
import { instantSchema, localDateSchema, named } from '../../http/api/schemas.js';
import { slotStates } from '../../schedule/slots/slot.transitions.js';
import { slotProof } from '../../proof/proof.answers.js';
import { progressStates } from './progress-state.js';

const state = z.enum(progressStates);
const states = named(
  'ProgressStateCounts',
  z.strictObject({ met: z.int(), late: z.int(), missed: z.int(), pending: z.int(), unmeasured: z.int() }),
);

const column = named(
  'ProgressColumn',
  z
    .strictObject({
      obligationId: z.string(),
      assignment: z.int().describe('The point of the letter.'),
      text: z.string().describe("What that point says; empty when the letter's points were not read."),
      channelKind: z.enum(channelKinds),
      addressees: z.array(z.string()),
      minPlaysPerDay: z.int().nullable(),
      from: localDateSchema.nullable(),
      until: localDateSchema.nullable(),
      firstPlanned: localDateSchema.nullable().describe('The day of the first plan, from which days count.'),
      reportDue: localDateSchema.nullable(),
      measured: z.boolean().describe('False where Loa has no evidence of its own.'),
      states: states.describe('Units by state.'),
    })
    .describe('One obligation of the directive.'),
);

const cell = named(
  'ProgressCell',
  z
    .strictObject({
      obligationId: z.string(),
      state,
      required: z
        .int()
        .describe('Plays owed by now: the minimum of each day that is over, or what was possible on it.'),
      short: z.int().describe('Plays that are missing of those required; what is awaited is not missing.'),
      daysRequired: z.int().describe('Days that are over and owed plays: from the first plan, with a session.'),
      channels: z.array(z.string()),
      planned: z.int(),
      played: z.int(),
      missed: z.int(),
      waiting: z
        .int()
        .describe(
          'Not yet due, or over and the evidence may still come (half an hour after a failure, a day after silence).',
        ),
      lateReported: z
        .int()
        .describe('Counted as missed; a device log that came after that was settled says it played.'),
      playedInTime: z.int().describe('Played on days of the period; the rest of `played` came after it.'),
      playedDue: z.int().describe('Played on days that are over: what counts against `required`.'),
      waitingDue: z.int().describe('Of days that are over: plays whose evidence may still come.'),
      daysMet: z.int().describe('Days of the period that are over and had at least the minimum.'),
      daysOpen: z
        .int()
        .describe('Days that are over and can still reach the minimum when what waits turns out to have played.'),
    })
    .describe(
      'One obligation in one unit. Counts are plays on loudspeakers, posts on a fanpage; none where nothing is measured.',
    ),
);

export const directiveProgress = named(
  'DirectiveProgress',
  z
    .strictObject({
      directive: z.strictObject({
        kind: z.enum(directiveKinds),
        id: z.string(),
        number: z.string(),
        issuedOn: localDateSchema,
        issuer: z.string(),
        place: z.string().nullable(),
        subject: z.string().nullable(),
      }),
      generatedAt: instantSchema,
      columns: z.array(column),
      rows: z.array(
        z.strictObject({
          unitId: z.string(),
          unitCode: z.string(),
          unitName: z.string(),
          state: state.describe('The worst of its cells.'),
          cells: z
            .array(cell.nullable())
            .describe('In the order of the columns; null where the obligation does not ask this unit.'),
        }),
      ),
      states: states.describe('Cells by state.'),
    })
    .describe('Obligations × units of one directive, as the caller may see them.'),
);

export const progressDetail = named(
  'ProgressDetail',
  z.strictObject({
    column,
    unit: z.strictObject({ code: z.string(), name: z.string() }),
    cell,
    slotCount: z.int().describe('Slots with the asked state, on all pages.'),
    slots: z.array(
      z.strictObject({
        id: z.string(),
        title: z.string(),
        channelName: z.string(),
        zone: z.string(),
        startsAt: instantSchema,
        endsAt: instantSchema,
        state: z.enum(slotStates),
        proof: slotProof.nullable(),
      }),
    ),
    posts: z.array(
      z.strictObject({
        id: z.string(),
        opening: z.string().describe('The beginning of its text.'),
        channelName: z.string(),
        zone: z.string(),
        at: instantSchema,
        state: z.enum(['scheduled', 'publishing', 'awaiting-person', 'published', 'refused', 'unknown', 'cancelled']),
        permalink: z.string().nullable(),
      }),
    ),
  }),
);
