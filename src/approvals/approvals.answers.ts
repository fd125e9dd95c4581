import { z } from 'zod';
import { channelKinds } from '../shared/channel-kind.js';
import { instantSchema, localDateSchema, named, sha256Schema } from '../http/api/schemas.js';
import { bulletinClasses } from '../campaigns/bulletin-class.js';
import { contributionKinds } from '../scripts/contribution.js';
import { heardStates, hearingSources } from './decision.js';

const contributor = named(
  'Contributor',
  z
    .strictObject({ accountId: z.string(), name: z.string(), kind: z.enum(contributionKinds), count: z.int() })
    .describe('What one person did to a content: how many versions, corrections, entries or clips are his.'),
);

const scope = named(
  'ApprovalScope',
  z
    .strictObject({
      channelIds: z
        .array(z.string())
        .nullable()
        .describe('Null: every channel of the kind that the script was written for, of its unit when it has one.'),
      from: localDateSchema,
      until: localDateSchema,
      bulletinClass: z.enum(bulletinClasses),
    })
    .describe('Where, when and how urgently the approved content may go out.'),
);

const hearing = named(
  'ClipHearing',
  z
    .strictObject({
      clipId: z.string(),
      accountId: z.string(),
      source: z
        .enum(hearingSources)
        .describe('`player`: the page played it from beginning to end; `statement`: the person says so.'),
      heardAt: instantSchema,
    })
    .describe('One person heard one clip to its end.'),
);

export const contentForApproval = named(
  'ContentForApproval',
  z.strictObject({
    versionId: z.string(),
    scriptId: z.string(),
    channelKind: z.enum(channelKinds),
    n: z.int().describe('Number of the version.'),
    state: z.enum(['draft', 'submitted', 'approved', 'stopped', 'returned', 'voided', 'superseded']),
    title: z.string(),
    text: z.string(),
    contentHash: sha256Schema.describe('Of all that is shown here; a decision must name it.'),
    scope,
    clips: z.array(
      z.strictObject({
        id: z.string(),
        profile: z.string(),
        spoken: z.string(),
        sha256: sha256Schema.nullable(),
        durationMs: z.number().nullable(),
        engine: z.string().nullable(),
        integratedLufs: z.number().nullable(),
        truePeakDbtp: z.number().nullable(),
      }),
    ),
    contributions: z.array(contributor).describe('Who did what to it.'),
    hearings: z.array(hearing).describe('Who heard which clip to its end.'),
    heard: z
      .enum(heardStates)
      .nullable()
      .describe(
        'Whether the caller heard the words of all clips. `unheard` needs a second confirmation; null: no sound.',
      ),
    mayDecide: z.boolean().describe('False for each contributor, and when the content does not wait for a decision.'),
  }),
);
export const approvalInbox = z.array(contentForApproval);
export const approvalDecision = named(
  'ApprovalDecision',
  z.strictObject({ id: z.string().describe('Of the decision.') }),
);
