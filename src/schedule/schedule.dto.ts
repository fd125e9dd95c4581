import { z } from 'zod';
import { DomainError, notFound } from '../shared/domain-error.js';
import { isLocalDate, isLocalTime } from '../shared/local-time.js';
import { clashChoices } from './clash.js';
import type { HandPlacement } from './hand-placement.js';
import type { ContentRequest } from './slot-content.js';
import { wardOutcomes } from './ward-decision.transitions.js';

const ID = /^[0-9a-f-]{36}$/;
const CODE = /^[a-z0-9-]{1,100}$/;

export const id = z.string().regex(ID, 'an id');

export const localDate = z.string().refine(isLocalDate, 'YYYY-MM-DD');
const localTime = z.string().refine(isLocalTime, 'HH:MM');
const plays = z.int().min(0).max(288);

export const code = z.string().regex(CODE, 'a channel code');

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
          weekdays: z.array(z.int().min(1).max(7)).min(1).max(7).optional(),
          preferred: z
            .array(z.strictObject({ from: localTime, until: localTime }))
            .min(1)
            .max(10)
            .optional(),
          spread: z.enum(['even', 'earliest']).optional(),
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

const HOURS_4 = 4 * 60 * 60_000;

/** Of a relay or a live item: whole milliseconds, a second to four hours. */
const fixedLength = z.int().min(1000).max(HOURS_4);
const startsAt = z.int().min(0);
const reason = z.string().max(500);
const version = z.int().min(1);

/** What a station is to open: never a file, never with a password in it. */
const streamUrl = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .refine((url) => !URL.canParse(url) || new URL(url).username + new URL(url).password === '', 'without a password');

const start = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('cut') }),
  z.strictObject({ rule: z.literal('wait'), seconds: z.int().min(0).max(3600) }),
  z.strictObject({ rule: z.literal('next') }),
]);

const place = {
  channelCode: code,
  startsAt,
  obligationId: id.optional(),
  start: start.optional(),
  onClash: z.enum(clashChoices).optional(),
  reason: reason.optional(),
  emergency: z.strictObject({ reason: z.string().trim().min(1).max(500) }).optional(),
  wardDefault: z.enum(wardOutcomes).optional(),
  dryRun: z.boolean().optional(),
};

export const placeBody = z.discriminatedUnion('kind', [
  z.strictObject({ ...place, kind: z.literal('clip').optional(), campaignId: id, clipId: id }),
  z.strictObject({
    ...place,
    kind: z.literal('relay'),
    campaignId: id.optional(),
    streamUrl,
    durationMs: fixedLength,
    title: z.string().trim().min(1).max(200),
  }),
  z.strictObject({ ...place, kind: z.literal('live'), campaignId: id, scriptVersionId: id, durationMs: fixedLength }),
]);

export function placement(body: z.infer<typeof placeBody>): HandPlacement {
  const { channelCode, startsAt: at, campaignId, obligationId, start: begins, onClash, emergency, wardDefault } = body;
  const rest = { channelCode, startsAt: at, campaignId, obligationId, start: begins, onClash, emergency, wardDefault };
  return { ...rest, reason: body.reason, content: contentOf(body) };
}

function contentOf(body: z.infer<typeof placeBody>): ContentRequest {
  if (body.kind === 'relay') {
    const { streamUrl: url, durationMs, title } = body;
    return { kind: 'relay', streamUrl: url, durationMs, title };
  }
  if (body.kind === 'live') {
    const { scriptVersionId, durationMs } = body;
    return { kind: 'live', scriptVersionId, durationMs };
  }
  return { kind: 'clip', clipId: body.clipId };
}

export const moveBody = z.strictObject({
  startsAt,
  channelCode: code.optional(),
  onClash: z.enum(clashChoices).optional(),
  reason: reason.optional(),
  version: version.optional(),
  dryRun: z.boolean().optional(),
});

export const startBody = z.strictObject({ start, version: version.optional() });

export const cancelBody = z.strictObject({ reason, version: version.optional(), dryRun: z.boolean().optional() });

export const reasonBody = z.strictObject({ reason });

/** The version that `If-Match: "3"` names; undefined without one. Throws `bad-version` for what names none. */
export function seenVersion(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined;
  const [, number] = /^\s*(?:W\/)?"(\d{1,9})"\s*$/.exec(ifMatch) ?? [];
  if (number !== undefined) return Number(number);
  throw new DomainError(
    'malformed',
    'bad-version',
    {
      vi: 'If-Match phải là phiên bản của lượt phát, ví dụ "3".',
      en: 'If-Match must be the version of the slot, as in "3".',
    },
    { field: 'If-Match' },
  );
}

export const shortfallsQuery = z.strictObject({
  from: localDate,
  until: localDate,
  channelCode: code.optional(),
  campaignId: id.optional(),
});

export const replanBody = z.strictObject({
  campaignId: id.optional(),
  channelCode: code.optional(),
  dryRun: z.boolean().optional(),
});

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
