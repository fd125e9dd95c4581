import { type ChannelKind, channelKindNames, isLoudspeaker } from '../../shared/channel-kind.js';
import { countDays, showDate, type TimeZone } from '../../shared/local-time.js';
import { type BulletinClass, bulletinClassNames } from '../../campaigns/bulletin-class.js';
import type { Campaign } from '../../campaigns/campaign.entity.js';
import type { Obligation } from '../../directives/obligation.entity.js';
import type { Channel } from '../../channels/entities/channel.entity.js';
import { type Contributor, hasContributed } from '../../approvals/contributions.js';
import type { ClipHearing } from '../../approvals/clip-hearing.entity.js';
import type { ContentUnderApproval } from '../../approvals/content-under-approval.js';
import { heardBy } from '../../approvals/hearing.js';
import type { Clip } from '../../audio/clips/clip.entity.js';
import { versionStateNames } from '../../scripts/script-version.transitions.js';
import { moment, translate } from '../language/language.js';
import { clipFigures, playerView } from '../parts/clip.view.js';
import { upperFirst, lengthText, profileTitle, type Tone, versionTones } from '../language/words.js';
import type { ApprovalSetting, DecidedContent } from './approval-settings.js';
import { contributorsView } from './contributors.view.js';
import { heardText } from './heard.view.js';
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

/** The next row after this version that the viewer may decide on, from the beginning again at the end; null without one. */
export function nextInOrder(rows: readonly { id: string; mine: boolean }[], versionId: string): string | null {
  const at = rows.findIndex(({ id }) => id === versionId);
  const around = [...rows.slice(at + 1), ...rows.slice(0, at + 1)];
  return around.find(({ id, mine }) => !mine && id !== versionId)?.id ?? null;
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
  hearings: readonly ClipHearing[] = [],
) {
  const { version, script, clips, hash } = one;
  const waiting = version.state === 'submitted';
  const mine = hasContributed(onlooker.contributors, onlooker.accountId);
  const own = hearings.filter(({ accountId }) => accountId === onlooker.accountId);
  const heard = heardBy(one, hearings, onlooker.accountId);
  return {
    ...inboxRow(one, zone, onlooker, submitter, setting?.campaign),
    contributors: contributorsView(onlooker.contributors, onlooker.accountId),
    scriptId: script.id,
    text: version.body,
    hash,
    comment,
    sound: isLoudspeaker(script.channelKind),
    // Only who may decide is measured.
    measures: waiting && !mine,
    unheard: heard.heard === 'unheard',
    heardNow: upperFirst(heardText(heard, zone)),
    clips: clips.map((clip) => ({
      id: clip.id,
      heard: heardClip(own, clip, zone),
      profile: translate(profileTitle(clip.profile)),
      player: playerView(clip),
      figures: clipFigures(clip),
      spoken: clip.spoken,
    })),
    waiting,
    mayDecide: waiting && !mine,
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
      heard: approval.decision === 'approved' ? heardText(approval, zone) : '',
    })),
    previous: version.n > 1 ? String(version.n - 1) : '',
  };
}

function heardClip(own: readonly ClipHearing[], { id, sha256 }: Clip, zone: TimeZone): string {
  const heard = own.find((one) => one.clipId === id && one.sha256 === sha256);
  return heard ? translate('Bạn đã nghe hết lúc {at}.', { at: moment(heard.heardAt, zone) }) : '';
}

/** An approval in force, or stopped, with what is still to go out on it. */
export function decidedRow({ approval, version, script, slots, posts }: DecidedContent, zone: TimeZone, who: string) {
  const ahead = [
    ...(slots.n > 0 && slots.first !== null
      ? [translate('còn {n} lượt phát, lượt tới {at}', { n: slots.n, at: moment(slots.first, zone) })]
      : []),
    ...(posts > 0 ? [translate('còn {n} bài đăng chưa lên trang', { n: posts })] : []),
  ];
  return {
    id: version.id,
    scriptId: script.id,
    title: version.title,
    channel: translate(channelKindNames[script.channelKind]),
    state: upperFirst(translate(versionStateNames[version.state])),
    tone: versionTones[version.state],
    who,
    at: moment(approval.decidedAt, zone),
    heard: heardText(approval, zone),
    ahead: upperFirst(ahead.join('; ')),
    stoppable: version.state === 'approved',
  };
}

function namesOf(channels: readonly Channel[]): Map<string, string> {
  return new Map(channels.map(({ id, name }) => [id, name]));
}

/** What follows the decision, by kind of channel; translation keys. */
export const afterwards: Record<ChannelKind, string> = {
  'city-loudspeaker': 'Duyệt xong, biên tập viên xếp lịch phát trong phạm vi này.',
  'ward-loudspeaker': 'Duyệt xong, biên tập viên xếp lịch phát trong phạm vi này.',
  fanpage: 'Duyệt xong, biên tập viên hoặc quản trị fanpage hẹn giờ đăng trong phạm vi này.',
  website: 'Duyệt xong, trang của các phường, xã tự lấy bài này từ nguồn tin.',
  leaflet: 'Duyệt xong, các thôn, tổ dân phố in được tờ này.',
};

/** Where and when the content will air once it is approved. No slot exists before the approval. */
export function plannedReach({ campaign, directive, obligations, channels, windows, demands }: ApprovalSetting) {
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
    total: first ? totalOf(first, channels.length, campaign) : '',
    afterwards: channels[0] ? translate(afterwards[channels[0].kind]) : '',
    stored: demands.map(({ from, until, request }) => {
      const days = { from: showDate(from), until: showDate(until) };
      const plays = playsOf(request.minPlaysPerDay ?? null, request.maxPlaysPerDay ?? null);
      return translate('{plays}, từ {from} đến hết {until}; xếp ngay sau khi duyệt', { ...days, plays });
    }),
    sessions: [...sessions].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text),
    directive: directive ? directive.number : '',
    directiveId: directive?.id ?? '',
    subject: directive?.subject ?? '',
  };
}

/** 'chừng 180 lượt: 15 kênh × 3 lần × 4 ngày', for the fewest plays that the letter asks. */
function totalOf(asked: Obligation, channels: number, campaign: Pick<Campaign, 'from' | 'until'>): string {
  const plays = asked.minPlaysPerDay ?? asked.maxPlaysPerDay;
  const from = asked.from !== null && asked.from > campaign.from ? asked.from : campaign.from;
  const until = asked.until !== null && asked.until < campaign.until ? asked.until : campaign.until;
  if (plays === null || channels === 0 || until < from) return '';
  const days = countDays(from, until);
  const n = plays * channels * days;
  return translate('chừng {n} lượt: {channels} kênh × {plays} lần × {days} ngày', { n, channels, plays, days });
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
