import { z } from 'zod';
import { isLocalTime } from '../shared/local-time.js';
import { channelCodeField, entityId, localDate } from './slots/request-fields.js';

const localTime = z.string().refine(isLocalTime, 'HH:MM');
const plays = z.int().min(0).max(288);

export const planBody = z
  .strictObject({
    demands: z
      .array(
        z
          .strictObject({
            channelKind: z.enum(['city-loudspeaker', 'ward-loudspeaker']).optional(),
            channelIds: z.array(entityId).min(1).max(1000).optional(),
            clipId: entityId,
            minPlaysPerDay: plays,
            maxPlaysPerDay: plays.optional(),
            obligationId: entityId.optional(),
            weekdays: z.array(z.int().min(1).max(7)).min(1).max(7).optional().describe('1 Monday … 7 Sunday.'),
            preferred: z
              .array(z.strictObject({ from: localTime, until: localTime }))
              .min(1)
              .max(10)
              .optional()
              .describe('Local hours that its plays stand in while there is room.'),
            spread: z.enum(['even', 'earliest']).optional(),
            others: z
              .enum(['together', 'replace'])
              .optional()
              .describe('Other scripts of the same obligation: all play (default), or this one takes their places.'),
          })
          .refine(
            (demand) => (demand.channelKind === undefined) !== (demand.channelIds === undefined),
            'either channelKind or channelIds',
          ),
      )
      .min(1)
      .max(50),
    from: localDate,
    until: localDate,
    fillToMax: z.boolean().optional().describe('Places up to the maximum, not only the minimum.'),
    dryRun: z.boolean().optional().describe('Tells what would happen and stores nothing.'),
  })
  .meta({
    examples: [
      {
        demands: [
          {
            channelKind: 'ward-loudspeaker',
            clipId: '01935a7e-4b00-7000-8000-000000000004',
            minPlaysPerDay: 3,
            maxPlaysPerDay: 5,
            preferred: [{ from: '17:00', until: '19:00' }],
          },
        ],
        from: '2026-11-25',
        until: '2026-12-31',
        dryRun: true,
      },
    ],
  });

export const shortfallsQuery = z.strictObject({
  from: localDate,
  until: localDate,
  channelCode: channelCodeField.optional(),
  campaignId: entityId.optional(),
});

export const replanBody = z.strictObject({
  campaignId: entityId.optional(),
  channelCode: channelCodeField.optional(),
  dryRun: z.boolean().optional(),
});
