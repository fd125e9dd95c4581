import { sha256 } from '../shared/ids.js';
import type { ChannelKind } from '../shared/channel-kind.js';
import type { ContentUnderApproval } from './content-under-approval.js';
import type { Scope } from './scope.js';

/**
 * What the audit row of an approval records. The row is sealed, so it proves what was approved; the row of the approval
 * itself could be inserted by anybody who can write rows.
 */
export interface ApprovedFacts {
  approvalId: string;
  contentHash: string;
  /** SHA-256 of the text that an announcer reads. */
  textHash: string;
  /** The audio files that may air. */
  clips: { profile: string; sha256: string }[];
  writtenFor: ChannelKind;
  /** The unit that it was written for; null when it is for all units. */
  unitId: string | null;
}

/**
 * The audit actions that record an approval of a `script_version`: the decision itself, or an approval already in force
 * when seals were introduced.
 */
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

/** What an audit row records of an approval, with its scope. */
export type ApprovedRow = ApprovedFacts & { scope: Scope | null };
