import { channelKindNames, isLoudspeaker } from '../../shared/channel-kind.js';
import { showDate, type TimeZone } from '../../shared/local-time.js';
import { type BulletinClass, bulletinClassNames } from '../../campaigns/bulletin-class.js';
import type { Campaign } from '../../campaigns/campaign.entity.js';
import type { Channel } from '../../channels/entities/channel.entity.js';
import { type Contributor, hasContributed } from '../../approvals/contributions.js';
import type { ContentUnderApproval } from '../../approvals/content-under-approval.js';
import { versionStateNames } from '../../scripts/script-version.transitions.js';
import { moment, translate } from '../language/language.js';
import { clipFigures, playerView } from '../parts/clip.view.js';
import { upperFirst, lengthText, profileTitle, type Tone } from '../language/words.js';
import type { ApprovalSetting } from './approval-settings.js';
import { contributorsView } from './contributors.view.js';
import { approvedScope, type ScopeForm, scopeFormView } from './scope.view.js';

const classTones: Record<BulletinClass, Tone> = { normal: '', priority: 'warn', emergency: 'bad' };

/** The account that views a content, and the content's contributors. */
export interface ApprovalViewer {
  accountId: string | null;
  contributors: readonly Contributor[];
}

/** A row of the inbox. `mine` marks a content to which the viewer contributed: another approver must decide on it. */
export function inboxRow(
  one: ContentUnderApproval,
  zone: TimeZone,
  { accountId, contributors }: ApprovalViewer,
  submitter: string,
  campaign?: Pick<Campaign, 'name' | 'bulletinClass'>,
) {
  const { version, script, clips } = one;
  const lengths = clips.flatMap((clip) => (clip.durationMs === null ? [] : [clip.durationMs]));
  const urgency = campaign?.bulletinClass ?? 'normal';
  return {
    id: version.id,
    title: version.title,
    n: String(version.n),
    channel: translate(channelKindNames[script.channelKind]),
    submitter,
    campaign: campaign?.name ?? '',
    urgency: urgency === 'normal' ? '' : upperFirst(translate(bulletinClassNames[urgency])),
    urgencyTone: classTones[urgency],
    submitted: version.submittedAt === null ? '' : moment(version.submittedAt, zone),
    length: lengths.length > 0 ? lengthText(Math.max(...lengths)) : translate('không có tiếng'),
    mine: hasContributed(contributors, accountId),
  };
}

/**
 * Urgent rows first, then the longest waiting; the viewer's own come last because another approver must decide on them.
 */
export function inboxOrder<T extends { urgencyTone: Tone; mine: boolean }>(rows: readonly T[]): T[] {
  const rank = ({ urgencyTone, mine }: T) => (mine ? 3 : urgencyTone === 'bad' ? 0 : urgencyTone === 'warn' ? 1 : 2);
  return [...rows].sort((a, b) => rank(a) - rank(b));
}

/** One content with the content hash that a decision on it must carry. */
export function decisionView(
  one: ContentUnderApproval,
  zone: TimeZone,
  onlooker: ApprovalViewer,
  submitter: string,
  { comment, scope }: { comment: string; scope?: ScopeForm },
  setting?: ApprovalSetting,
  nameOf: (id: string | null) => string = () => '',
) {
  const { version, script, clips, hash } = one;
  return {
    ...inboxRow(one, zone, onlooker, submitter, setting?.campaign),
    contributors: contributorsView(onlooker.contributors, onlooker.accountId),
    scriptId: script.id,
    text: version.body,
    hash,
    comment,
    sound: isLoudspeaker(script.channelKind),
    clips: clips.map((clip) => ({
      profile: translate(profileTitle(clip.profile)),
      player: playerView(clip),
      figures: clipFigures(clip),
      spoken: clip.spoken,
    })),
    waiting: version.state === 'submitted',
    state: translate(versionStateNames[version.state]),
    plan: setting ? plannedReach(setting) : null,
    narrow: setting ? scopeFormView(one.scope, setting.channels, scope) : null,
    approved: setting?.inForce ? approvedScope(setting.inForce.scope, one.scope, namesOf(setting.channels)) : null,
    earlier: (setting?.earlier ?? []).map(({ approval, n }) => ({
      n: String(n),
      who: nameOf(approval.decidedBy),
      what: translate(approval.decision === 'approved' ? 'đã duyệt' : 'đã trả lại'),
      tone: approval.decision === 'approved' ? 'off' : 'warn',
      at: moment(approval.decidedAt, zone),
      comment: approval.comment ?? '',
    })),
    previous: version.n > 1 ? String(version.n - 1) : '',
  };
}

function namesOf(channels: readonly Channel[]): Map<string, string> {
  return new Map(channels.map(({ id, name }) => [id, name]));
}

/** Where and when the content will air once it is approved. No slot exists before the approval. */
export function plannedReach({ campaign, directive, obligations, channels, windows }: ApprovalSetting) {
  const sessions = new Map<string, string>();
  for (const { name, start, minutes, active } of windows) {
    if (active) sessions.set(`${start} ${minutes}`, `${name} ${start}–${endOf(start, minutes)}`);
  }
  const [first] = obligations;
  return {
    channels: channels.map(({ name }) => name),
    channelsCount: translate('{n} kênh', { n: channels.length }),
    several: channels.length > 1,
    period: translate('từ {from} đến hết {until}', { from: showDate(campaign.from), until: showDate(campaign.until) }),
    plays: first ? playsOf(first.minPlaysPerDay, first.maxPlaysPerDay) : '',
    sessions: [...sessions].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text),
    directive: directive ? directive.number : '',
    directiveId: directive?.id ?? '',
    subject: directive?.subject ?? '',
  };
}

function playsOf(min: number | null, max: number | null): string {
  if (min === null && max === null) return '';
  if (min === null) return translate('nhiều nhất {n} lần mỗi ngày', { n: max ?? 0 });
  if (max === null) return translate('ít nhất {n} lần mỗi ngày', { n: min });
  return min === max ? translate('{n} lần mỗi ngày', { n: min }) : translate('{min}–{max} lần mỗi ngày', { min, max });
}

function endOf(start: string, minutes: number): string {
  const [hours = 0, minute = 0] = start.split(':').map(Number);
  const end = (hours * 60 + minute + minutes) % (24 * 60);
  return `${String(Math.floor(end / 60)).padStart(2, '0')}:${String(end % 60).padStart(2, '0')}`;
}
