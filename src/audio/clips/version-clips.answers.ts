import { z } from 'zod';
import { named, sha256Schema } from '../../http/api/schemas.js';

export const renderState = z.enum(['waiting', 'ready', 'failed']);
export const renderProgress = z
  .strictObject({ stage: z.string(), percent: z.number() })
  .nullable()
  .describe('While it is being made.');

/** What was measured on the delivered file. */
export const soundFields = {
  sha256: sha256Schema.nullable(),
  bytes: z.int().nullable(),
  durationMs: z.number().nullable(),
  integratedLufs: z.number().nullable().describe('Loudness, LUFS.'),
  truePeakDbtp: z.number().nullable().describe('True peak, dBTP.'),
  engine: z.string().nullable().describe('What read it, or `upload`.'),
};

export const clipWaveform = named(
  'Waveform',
  z
    .strictObject({
      durationSeconds: z.number(),
      peaks: z.array(z.array(z.number())).describe('By channel of sound, −1 to 1, at even distances.'),
    })
    .describe('For a player to draw.'),
);

export const clipList = z.array(
  named(
    'Clip',
    z.strictObject({
      id: z.string(),
      profile: z.string().describe('What it is mastered for.'),
      state: renderState,
      progress: renderProgress,
      spoken: z.string(),
      ...soundFields,
      planMs: z.number().nullable().describe('Length that was planned; what was delivered may differ by 0.2 s.'),
      longestSilence: z.number().nullable().describe('Between the first and the last sound, seconds.'),
      aim: z.strictObject({ integratedLufs: z.number(), truePeakDbtp: z.number() }).describe('What was aimed at.'),
      sentences: z
        .array(
          z
            .strictObject({
              text: z.string(),
              engine: z.string(),
              voice: z.string(),
              seconds: z.number(),
              fellBackFrom: z
                .array(z.strictObject({ engine: z.string(), reason: z.string() }))
                .optional()
                .describe('Voices that were asked before and could not.'),
            })
            .describe('Who read one sentence.'),
        )
        .nullable(),
      reason: z.string().nullable().describe('Why it failed.'),
      repeat: z.boolean().describe('All is read twice.'),
      bed: z.boolean().describe('Music lies under it.'),
    }),
  ),
);

export const requestedClips = named('RequestedClips', z.strictObject({ clipIds: z.array(z.string()) }));
