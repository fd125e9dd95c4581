import { isLoudspeaker } from '../shared/channel-kind.js';
import type { Instant } from '../shared/clock.js';
import type { ContentUnderApproval } from './content-under-approval.js';
import type { HearingSource, HeardState } from './decision.js';

/** What an approval states; `heard` is null for content without sound, and for approvals from before this was stored. */
export interface HeardFact {
  heard: HeardState | null;
  /** When the last of it was heard; null unless it was heard. */
  heardAt: Instant | null;
}

interface HeardClip {
  clipId: string;
  sha256: string;
  accountId: string;
  source: HearingSource;
  heardAt: Instant;
}

/**
 * Whether this person heard all words of the content. Clips with the same words differ only in their mastering, so one
 * of them is enough. A clip that was rendered again is unheard.
 */
export function heardBy(
  { script, clips }: Pick<ContentUnderApproval, 'script' | 'clips'>,
  hearings: readonly HeardClip[],
  accountId: string | null,
): HeardFact {
  if (!isLoudspeaker(script.channelKind) || clips.length === 0) return { heard: null, heardAt: null };
  const own = hearings.filter((one) => one.accountId === accountId);
  const firsts = [...new Set(clips.map(({ spokenHash }) => spokenHash))].map((words) => {
    const heard = own.filter(({ clipId, sha256 }) =>
      clips.some((clip) => clip.id === clipId && clip.sha256 === sha256 && clip.spokenHash === words),
    );
    // What the player measured counts more than what was said.
    return heard.find(({ source }) => source === 'player') ?? heard[0];
  });
  if (firsts.some((one) => one === undefined)) return { heard: 'unheard', heardAt: null };
  const all = firsts.flatMap((one) => one ?? []);
  return {
    heard: all.every(({ source }) => source === 'player') ? 'player' : 'statement',
    heardAt: Math.max(...all.map(({ heardAt }) => heardAt)),
  };
}
