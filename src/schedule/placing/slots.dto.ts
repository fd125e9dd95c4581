import { z } from 'zod';
import { clashChoices } from '../slots/clash.js';
import type { HandPlacement } from './hand-placement.js';
import { channelCodeField, entityId, reason, version } from '../slots/request-fields.js';
import type { ContentRequest } from '../slots/slot-content.js';
import { wardOutcomes } from './ward-decision.transitions.js';

const HOURS_4 = 4 * 60 * 60_000;

/** For a relay or a live item: whole milliseconds, a second to four hours. */
const fixedLength = z.int().min(1000).max(HOURS_4);
const startsAt = z.int().min(0);

/** The URL that a station opens: never a file, never with a password in it. */
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
  channelCode: channelCodeField,
  startsAt,
  obligationId: entityId.optional(),
  start: start.optional(),
  onClash: z.enum(clashChoices).optional().describe('What to do when it meets others; `refuse` where it is left out.'),
  reason: reason.optional().describe('Needed inside the lock.'),
  emergency: z
    .strictObject({ reason: z.string().trim().min(1).max(500) })
    .optional()
    .describe('By an approver, of a campaign of class `emergency`: passes windows, hours and lock.'),
  wardDefault: z.enum(wardOutcomes).optional().describe('What happens at the deadline when the ward does not answer.'),
  dryRun: z.boolean().optional().describe('Tells what would happen and stores nothing.'),
};

export const placeBody = z
  .discriminatedUnion('kind', [
    z.strictObject({ ...place, kind: z.literal('clip').optional(), campaignId: entityId, clipId: entityId }),
    z.strictObject({
      ...place,
      kind: z.literal('relay'),
      campaignId: entityId.optional(),
      streamUrl,
      durationMs: fixedLength,
      title: z.string().trim().min(1).max(200),
    }),
    z.strictObject({
      ...place,
      kind: z.literal('live'),
      campaignId: entityId,
      scriptVersionId: entityId,
      durationMs: fixedLength,
    }),
  ])
  .meta({
    examples: [
      {
        channelCode: 'truyen-thanh-phuong-bac-ha',
        startsAt: 1795734000000,
        campaignId: '01935a7e-4b00-7000-8000-000000000002',
        clipId: '01935a7e-4b00-7000-8000-000000000004',
        onClash: 'refuse',
      },
      {
        kind: 'relay',
        channelCode: 'truyen-thanh-phuong-bac-ha',
        startsAt: 1795734000000,
        streamUrl: 'https://radio.example/live.mp3',
        durationMs: 1800000,
        title: 'Thời sự tỉnh',
        start: { rule: 'cut' },
      },
    ],
  });

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
  channelCode: channelCodeField.optional(),
  onClash: z.enum(clashChoices).optional(),
  reason: reason.optional(),
  version: version.optional(),
  dryRun: z.boolean().optional(),
});

export const startBody = z.strictObject({ start, version: version.optional() });

export const cancelBody = z.strictObject({ reason, version: version.optional(), dryRun: z.boolean().optional() });
