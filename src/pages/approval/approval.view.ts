import { channelKindNames, isLoudspeaker } from '../../shared/channel-kind.js';
import { showInstant, type TimeZone } from '../../shared/local-time.js';
import type { ContentUnderApproval } from '../../approvals/approvals.service.js';
import { versionStateNames } from '../../scripts/script-version.transitions.js';
import { clipFigures, clipSource } from '../scripts/clip.view.js';
import { lengthText, profileName } from '../words.js';

/** A line of the inbox; `mine` waits for somebody else, because nobody approves his own work. */
export function inboxRow(one: ContentUnderApproval, zone: TimeZone, accountId: string | null, author: string) {
  const { version, script, clips } = one;
  const lengths = clips.flatMap((clip) => (clip.durationMs === null ? [] : [clip.durationMs]));
  return {
    id: version.id,
    title: version.title,
    n: String(version.n),
    channel: channelKindNames[script.channelKind],
    author,
    submitted: version.submittedAt === null ? '' : showInstant(version.submittedAt, zone),
    length: lengths.length > 0 ? lengthText(Math.max(...lengths)) : 'không có tiếng',
    mine: version.authorId !== null && version.authorId === accountId,
  };
}

/** One content with the hash that a decision on it must name. */
export function decisionView(
  one: ContentUnderApproval,
  zone: TimeZone,
  accountId: string | null,
  author: string,
  comment: string,
) {
  const { version, script, clips, hash } = one;
  return {
    ...inboxRow(one, zone, accountId, author),
    scriptId: script.id,
    text: version.body,
    hash,
    comment,
    sound: isLoudspeaker(script.channelKind),
    clips: clips.map((clip) => ({
      profile: profileName(clip.profile),
      src: clipSource(clip),
      figures: clipFigures(clip),
      spoken: clip.spoken,
    })),
    waiting: version.state === 'submitted',
    state: versionStateNames[version.state],
  };
}
