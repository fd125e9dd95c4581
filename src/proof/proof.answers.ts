import { z } from 'zod';
import { instantSchema, named } from '../http/api/schemas.js';
import { slotStatuses } from '../schedule/slots/slot-status.js';
import { slotStates } from '../schedule/slots/slot.transitions.js';

const grade = z
  .enum(['A', 'B', 'C', 'D'])
  .describe('A device log and recording, B device log, C operator, D asserted.');

export const receipt = named(
  'LogReceipt',
  z.strictObject({
    accepted: z.int().describe('New rows.'),
    duplicates: z.int().describe('Events that were here already, the very same.'),
    highest: z
      .int()
      .describe(
        'The highest number that is here from this station: lower than what was acknowledged when a backup has been restored.',
      ),
    missing: z
      .array(z.strictObject({ from: z.int(), to: z.int() }))
      .describe('Numbers below `highest` that are not here, ends included; at most 100 ranges, lowest first.'),
  }),
);

export const slotProof = named(
  'SlotProof',
  z
    .strictObject({
      slotId: z.string(),
      state: z.enum(slotStates),
      note: z.string().describe("Vietnamese: why it has this state, or what it waits for ('Chờ nhật ký máy')."),
      awaitsDevice: z.boolean().describe('Nobody has spoken of it yet, and the log of a device is waited for.'),
      sounding: z
        .boolean()
        .describe('A station says that it sounds now; otherwise a slot whose time has come is only due.'),
      standing: z.enum(slotStatuses).describe('As people are told it: `no-word` while a log may still come.'),
      until: instantSchema
        .nullable()
        .describe(
          'When a slot that is not over has an end state at the latest; of what has ended, until when that may be corrected.',
        ),
      grade: grade.nullable().describe('The best evidence that it played.'),
      lateReported: z
        .boolean()
        .describe('A device log says that it played, and came after the slot had been settled as missed.'),
      runs: z
        .array(
          z.strictObject({
            stationId: z.string().nullable().describe('Null for what a person ticked.'),
            sequence: z.int().nullable(),
            outcome: z.enum(['played', 'partial', 'failed']),
            grade,
            startedAt: instantSchema,
            endedAt: instantSchema,
            receivedAt: instantSchema,
            detail: z.string().describe('Vietnamese, one line; empty when there is nothing to say.'),
          }),
        )
        .describe('Everything that was said of it, in the order in which it came.'),
    })
    .describe('How one slot stands.'),
);

export const tickedSlot = named('TickedSlot', z.strictObject({ state: z.enum(slotStates) }));
