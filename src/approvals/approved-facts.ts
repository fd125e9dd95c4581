import { sha256 } from '../shared/ids.js';
import type { ChannelKind } from '../shared/channel-kind.js';
import type { ContentUnderApproval } from './content-under-approval.js';
import type { Scope } from './scope.js';

/**
 * What the audit says of an approval. Its row bears a seal, so this and not the row of the approval, which anybody who can write
 * rows could put in, tells what was approved.
 */
export interface ApprovedFacts {
  approvalId: string;
  contentHash: string;
  /** SHA-256 of the text, for what an announcer reads. */
  textHash: string;
  /** The files that may sound. */
  clips: { profile: string; sha256: string }[];
  writtenFor: ChannelKind;
  /** The unit that it was written for; null when it is for all. */
  unitId: string | null;
}

/** The actions of rows that say it, of a `script_version`: decided on, or found standing when seals began. */
export const approvedActions = ['content.approved', 'approval.sealed'] as const;

export function approvedFacts(
  approvalId: string,
  { content, contentHash, script }: ContentUnderApproval,
): ApprovedFacts {
  return {
    approvalId,
    contentHash,
    textHash: sha256(content.text),
    clips: content.clips.map(({ profile, sha256: file }) => ({ profile, sha256: file })),
    writtenFor: script.channelKind,
    unitId: script.unitId,
  };
}

/** What a row of the audit says of an approval, with its scope. */
export type ApprovedRow = ApprovedFacts & { scope: Scope | null };
