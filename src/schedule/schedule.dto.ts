import { z } from 'zod';
import { notFound } from '../shared/domain-error.js';
import { isLocalDate } from '../shared/local-time.js';

const ID = /^[0-9a-f-]{36}$/;
const CODE = /^[a-z0-9-]{1,100}$/;

const id = z.string().regex(ID, 'an id');
const localDate = z.string().refine(isLocalDate, 'YYYY-MM-DD');
const plays = z.int().min(0).max(288);
const code = z.string().regex(CODE, 'a channel code');

export const planBody = z.strictObject({
  demands: z
    .array(
      z
        .strictObject({
          channelKind: z.enum(['city-loudspeaker', 'ward-loudspeaker']).optional(),
          channelIds: z.array(id).min(1).max(1000).optional(),
          clipId: id,
          minPlaysPerDay: plays,
          maxPlaysPerDay: plays.optional(),
          obligationId: id.optional(),
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
  fillToMax: z.boolean().optional(),
  dryRun: z.boolean().optional(),
});

export const placeBody = z.strictObject({
  channelCode: code,
  clipId: id,
  startsAt: z.int().min(0),
  campaignId: id,
  obligationId: id.optional(),
});

export const moveBody = z.strictObject({ startsAt: z.int().min(0) });

export const cancelBody = z.strictObject({ reason: z.string().max(500) });

export const daysQuery = z
  .strictObject({ date: localDate.optional(), from: localDate.optional(), until: localDate.optional() })
  .refine(
    ({ date, from, until }) => (date === undefined ? from !== undefined && until !== undefined : !from && !until),
    'either date, or from and until',
  );

/** What cannot be an id is answered like an id that is missing, and never reaches the database. */
export function pathId(text: string): string {
  if (ID.test(text)) return text;
  throw notFound();
}

/** The same for the code of a channel. */
export function pathCode(text: string): string {
  if (CODE.test(text)) return text;
  throw notFound();
}
