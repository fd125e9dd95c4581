import { z } from 'zod';
import { named } from '../../http/api/schemas.js';

export const sessionFrameList = z.strictObject({
  frames: z.array(
    named(
      'SessionFrame',
      z
        .strictObject({
          unitCode: z.string().nullable().describe('Of a unit; null where it is of a window.'),
          windowId: z.string().nullable(),
          openingClipId: z.string().nullable(),
          closingClipId: z.string().nullable(),
          openingCall: z
            .boolean()
            .describe('The station call of the day opens; the clip stands in while it is not ready.'),
          closingCall: z.boolean(),
          openingNone: z.boolean().describe('Of a window: nothing opens, whatever the unit has.'),
          closingNone: z.boolean(),
        })
        .describe('What opens and closes the sessions of a unit or of one window.'),
    ),
  ),
});
