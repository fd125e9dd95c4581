import { z } from 'zod';
import { channelKinds } from '../shared/channel-kind.js';
import { channelStates } from '../channels/entities/channel.entity.js';
import { instantSchema, named } from '../http/api/schemas.js';

const logStanding = {
  lastSequence: z.int().describe('The highest number that has arrived from this station; 0 before the first.'),
  missing: z
    .array(named('LogGap', z.strictObject({ from: z.int(), to: z.int() }).describe('Numbers of a log, ends included.')))
    .describe('Numbers below it that have not arrived; at most 100 ranges, lowest first.'),
};

export const stationSelf = named(
  'StationSelf',
  z.strictObject({
    id: z.string(),
    name: z.string(),
    simulated: z.boolean(),
    ...logStanding,
    channel: z.strictObject({
      code: z.string(),
      name: z.string(),
      kind: z.enum(channelKinds),
      zone: z.string(),
      permitted: z
        .array(z.strictObject({ from: z.string(), until: z.string() }))
        .describe('The hours of today in which it may sound, HH:MM.'),
    }),
  }),
);

export const heartbeatAnswer = named(
  'HeartbeatAnswer',
  z.strictObject({
    now: instantSchema.describe("The centre's clock."),
    aheadMs: z.int().nullable().describe("How far the station's clock is ahead; null when it did not tell the time."),
    ...logStanding,
  }),
);

export const stations = z.array(
  named(
    'Station',
    z.strictObject({
      id: z.string(),
      channelCode: z.string(),
      channelName: z.string(),
      channelState: z.enum(channelStates).describe('A paused or retired channel sends its stations empty days.'),
      zone: z.string().describe('The zone in which its moments are told.'),
      name: z.string(),
      tokenHint: z.string().describe('The last four characters of its token.'),
      simulated: z.boolean(),
      active: z.boolean().describe('False when its token was revoked.'),
      createdAt: instantSchema,
      lastSeenAt: instantSchema.nullable(),
      lastSequence: z.int().describe('The highest number in its log that has arrived here.'),
      vitals: z
        .strictObject({
          playerVersion: z.string(),
          freeBytes: z.number().optional(),
          now: instantSchema.optional().describe("The station's clock at the heartbeat."),
          playing: z.string().optional().describe('The slot that sounded at the heartbeat.'),
          at: instantSchema.describe('Ours.'),
        })
        .nullable()
        .describe('Its last heartbeat since this process started; null before the first.'),
    }),
  ),
);

export const stationToken = named(
  'StationToken',
  z.strictObject({ id: z.string(), token: z.string().describe('Shown this once.') }),
);
