import { z } from 'zod';
import { channelKinds } from '../shared/channel-kind.js';
import { localDateSchema, named, sha256Schema } from '../http/api/schemas.js';
import { bulletinClasses } from '../campaigns/bulletin-class.js';
import { contributionKinds } from '../scripts/contribution.js';

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

export const contentForApproval = named(
  'ContentForApproval',
  z.strictObject({
    versionId: z.string(),
    scriptId: z.string(),
    channelKind: z.enum(channelKinds),
    n: z.int().describe('Number of the version.'),
    state: z.enum(['draft', 'submitted', 'approved', 'returned', 'voided', 'superseded']),
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
    mayDecide: z.boolean().describe('False for each contributor, and when the content does not wait for a decision.'),
  }),
);
export const approvalInbox = z.array(contentForApproval);
export const approvalDecision = named(
  'ApprovalDecision',
  z.strictObject({ id: z.string().describe('Of the decision.') }),
);
