import { z } from 'zod';
import { localDateSchema, named } from '../../http/api/schemas.js';
import { clipWaveform, renderProgress, renderState, soundFields } from '../clips/version-clips.answers.js';
import { masteringProfileNames } from '../dsp/mastering-profiles.js';
import { identParts } from './ident-text.js';

export const stationCallList = z.array(
  named(
    'StationCall',
    z.strictObject({
      id: z.string(),
      date: localDateSchema,
      part: z.enum(identParts),
      profile: z.enum(masteringProfileNames),
      spoken: z.string(),
      state: renderState,
      reason: z.string().nullable().describe('Why it failed.'),
      progress: renderProgress,
      ...soundFields,
      waveform: clipWaveform.nullable().describe('When it is ready.'),
    }),
  ),
);

export const requestedCalls = z.strictObject({ callIds: z.array(z.string()) });
