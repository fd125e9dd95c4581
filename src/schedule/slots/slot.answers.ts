import { z } from 'zod';
import { instantSchema, localDateSchema, named, sha256Schema } from '../../http/api/schemas.js';
import { refusalSentences } from '../../channels/hours/placement-sentences.js';
import { bulletinClasses } from '../../campaigns/bulletin-class.js';
import { slotStates } from './slot.transitions.js';
import { slotKinds, slotRoles } from './slot-kind.js';
import { shortfallCodes } from './shortfall.js';

export const startRule = named(
  'StartRule',
  z
    .discriminatedUnion('rule', [
      z.strictObject({ rule: z.literal('cut') }),
      z.strictObject({ rule: z.literal('wait'), seconds: z.number() }),
      z.strictObject({ rule: z.literal('next') }),
    ])
    .describe(
      '`cut`: at its time, it stops what runs. `wait`: what runs may end, for so many seconds at most. `next`: after what runs.',
    ),
);

export const slotFields = {
  id: z.string(),
  version: z.int().describe('Grows by one with every change; the entity tag of the slot.'),
  createdAt: instantSchema,
  channelId: z.string(),
  date: localDateSchema.describe('In the zone of the channel.'),
  startsAt: instantSchema,
  endsAt: instantSchema,
  state: z.enum(slotStates).describe('`planned`, then one of the others, always with a reason.'),
  reason: z.string().nullable(),
  evidenceUntil: instantSchema
    .nullable()
    .describe('Until when evidence may still turn `missed` and `played` into each other; null when it is settled.'),
  noWord: z.boolean().describe('Missed only because nobody has said that it played, and a log may still come.'),
  why: z.string().describe('Why it stands there, in Vietnamese.'),
  windowId: z.string().nullable(),
  kind: z
    .enum(slotKinds)
    .describe(
      "`clip`; `relay`: another station's stream, of fixed length; `live`: the approved text that the announcer reads.",
    ),
  role: z.enum(slotRoles).describe('An item, or what opens or closes a session.'),
  start: startRule,
  title: z.string(),
  campaignId: z.string().nullable().describe('Null for a relay without a campaign, an opening and a closing.'),
  campaign: z.string().describe('Its name; empty when there is none.'),
  bulletinClass: z.enum(bulletinClasses).describe('`normal` where there is no campaign.'),
  obligationId: z.string().nullable(),
  clipId: z
    .string()
    .nullable()
    .describe(
      'Null for a relay and a live item, and so are `sha256` and `bytes`; a station call has those and no clip.',
    ),
  stationCallId: z.string().nullable(),
  scriptVersionId: z.string().nullable(),
  scriptUnitId: z.string().nullable().describe('The unit that the script was written for; null when it is for all.'),
  sha256: sha256Schema.nullable(),
  bytes: z.int().nullable(),
  durationMs: z.number().describe('Of the clip, measured; of a relay or a live item the length it was given.'),
  streamUrl: z.string().nullable().describe('Of a relay.'),
  script: z.string().nullable().describe('Of a live item: what the announcer reads.'),
  words: z.string().nullable().describe('Of a station call: what it says.'),
  makeGoodFor: z.string().nullable().describe('The slot that it makes good.'),
  replacedBy: z.string().nullable().describe('The slot that took its place.'),
  authorisedBy: z.string().nullable().describe('Of an emergency: who answers for it.'),
  held: z.boolean().describe('A person has put it there: planning leaves it.'),
};

export const slot = named('Slot', z.strictObject(slotFields));

export const slotBriefFields = {
  slotId: z.string(),
  channelCode: z.string(),
  date: localDateSchema,
  startsAt: instantSchema,
  endsAt: instantSchema,
  title: z.string(),
  kind: z.enum(slotKinds),
};
export const endedSlotFields = { ...slotBriefFields, state: z.enum(slotStates), reason: z.string().nullable() };

export const slotPlace = named(
  'SlotPlace',
  z.strictObject({ channelCode: z.string(), date: localDateSchema, startsAt: instantSchema, endsAt: instantSchema }),
);

export const shortfallAnswer = named(
  'Shortfall',
  z
    .strictObject({
      channelCode: z.string(),
      channelName: z.string(),
      date: localDateSchema,
      campaignId: z.string(),
      campaign: z.string(),
      title: z.string(),
      obligationId: z.string().nullable(),
      wanted: z.int(),
      placed: z.int(),
      code: z.enum(shortfallCodes),
      message: z.string(),
      messageEn: z.string(),
      wouldFree: z.array(z.string()).describe('Vietnamese sentences; each one alone would make the missing plays fit.'),
    })
    .describe('A minimum that is not met on one channel and day, with the reason and what would meet it.'),
);

const changeFields = {
  added: z.array(named('SlotBrief', z.strictObject(slotBriefFields))),
  removed: z.array(named('EndedSlot', z.strictObject(endedSlotFields))),
  moved: z.array(z.strictObject({ slotId: z.string(), title: z.string(), before: slotPlace, after: slotPlace })),
  addedTotal: z.int(),
  removedTotal: z.int(),
  movedTotal: z.int(),
};

export const planDifference = z
  .strictObject(changeFields)
  .describe('The same as added, moved and removed plays. Lists show at most 500.');

export const scheduleDifference = named(
  'Difference',
  z
    .strictObject({
      ...changeFields,
      shortfalls: z
        .array(shortfallAnswer)
        .describe('Minimums of remembered plans that are not met on the days touched, after the change.'),
      shortfallsTotal: z.int(),
    })
    .describe('What a change did, or in a dry run would do, to the schedule. Lists show at most 500.'),
);

export const dryRunAnswer = named('DryRun', z.strictObject({ dryRun: z.boolean(), difference: scheduleDifference }));
export const changedSlot = named('ChangedSlot', z.strictObject({ ...slotFields, difference: scheduleDifference }));
export const wardIsAsked = named(
  'WardIsAsked',
  z.strictObject({
    dryRun: z.boolean(),
    outcome: z.literal('ward-decides'),
    decision: z.strictObject({ id: z.string() }).describe('Of the ward decision; nothing is placed yet.'),
  }),
);

/** Moving answers the slot with what changed, or what would. */
export const changedOrDryRun = z.union([changedSlot, dryRunAnswer]);

const placementRefusals = Object.keys(refusalSentences);

/** What placing and moving by hand refuse with, beside the rest of a route. */
export const slotErrors = {
  403: ['approver-needed', 'code-needed', 'enrolment-needed', 'waiting-period'],
  404: 'not-found',
  409: [
    'overlap',
    'higher-class',
    'on-air',
    'frame',
    'ward-decides',
    'not-approved',
    'outside-approval',
    'campaign-closed',
    'clip-not-ready',
    'illegal-move',
  ],
  422: [
    ...placementRefusals,
    'bad-range',
    'in-the-past',
    'frozen',
    'locked',
    'not-in-service',
    'outside-campaign',
    'other-unit',
    'other-campaign',
    'other-directive',
    'not-for-loudspeakers',
    'not-an-emergency',
    'campaign-needed',
    'reason-needed',
  ],
};
