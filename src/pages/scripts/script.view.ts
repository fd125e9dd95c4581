import { channelKindNames, isLoudspeaker } from '../../shared/channel-kind.js';
import { type LocalDate, showInstant, type TimeZone } from '../../shared/local-time.js';
import { type Actor, hasRole } from '../../people/actor.js';
import type { Approval } from '../../approvals/approval.entity.js';
import type { Clip } from '../../audio/clip.entity.js';
import { postStateNames } from '../../posts/post.transitions.js';
import { slotStateNames, slotStates } from '../../schedule/planning/slot.transitions.js';
import { versionStateNames } from '../../scripts/script-version.transitions.js';
import { estimateSeconds } from '../../speech/voices/sentences.js';
import {
  capital,
  clipStateNames,
  clipTones,
  decimal,
  lengthText,
  postTones,
  profileName,
  versionTones,
} from '../words.js';
import { readingChanges, readingPieces } from './reading.view.js';
import type { ScriptFacts } from './script.read-model.js';

/** What a form that was refused had in it. */
export interface TypedText {
  title: string;
  text: string;
  /** The version that the writer had before him. */
  seen: number;
}

export function scriptView(facts: ScriptFacts, zone: TimeZone, asked: { edit: boolean; typed?: TypedText }) {
  const { script, versions, campaign, unit, nameOf } = facts;
  const [latest, ...older] = versions;
  const sound = facts.reading !== null;
  const pieces = facts.reading ? readingPieces(latest.body, facts.reading) : [];
  const waiting = facts.clips.some(({ clip }) => clip.state === 'waiting');
  const typed = asked.typed;
  return {
    id: script.id,
    versionId: latest.id,
    n: String(latest.n),
    title: latest.title,
    text: latest.body,
    channel: channelKindNames[script.channelKind],
    unit: unit?.name ?? '',
    campaign: campaign.name,
    campaignId: campaign.id,
    author: nameOf(latest.authorId),
    written: showInstant(latest.createdAt, zone),
    state: capital(versionStateNames[latest.state]),
    tone: versionTones[latest.state],
    decisions: facts.approvals
      .filter((one) => one.scriptVersionId === latest.id)
      .map((one) => decisionView(one, nameOf, zone)),
    sound,
    reading: pieces,
    changes: readingChanges(pieces),
    changesCount: String(readingChanges(pieces).length),
    warnings: facts.reading ? [...new Set(facts.reading.warnings.map((one) => one.message.vi))] : [],
    estimate: facts.reading ? lengthText(estimateSeconds(facts.reading.spoken) * 1000) : '',
    clips: facts.clips.map((one) => clipView(one, facts.reading?.spoken ?? '')),
    waiting,
    editTitle: typed?.title ?? latest.title,
    editText: typed?.text ?? latest.body,
    /** Somebody else wrote meanwhile: his text is shown below the form. */
    newerText: typed !== undefined && typed.seen !== latest.n ? latest.body : '',
    approvedNow: latest.state === 'approved',
    submittedNow: latest.state === 'submitted',
    slots: slotsText(facts.slots),
    posts: facts.posts.map(({ post, channelName }) => ({
      id: post.id,
      channel: channelName,
      due: showInstant(post.dueAt, zone),
      state: capital(postStateNames[post.state]),
      tone: postTones[post.state],
    })),
    history: older.map((one) => ({
      n: String(one.n),
      written: showInstant(one.createdAt, zone),
      author: nameOf(one.authorId),
      text: one.body,
      decisions: facts.approvals.filter((a) => a.scriptVersionId === one.id).map((a) => decisionView(a, nameOf, zone)),
    })),
  };
}

/** What the person may do now, and, where something stands in the way, what that is. */
export function scriptRights(facts: ScriptFacts, actor: Actor, asked: { edit: boolean; typed?: TypedText }) {
  const [{ state }] = facts.versions;
  const editor = hasRole(actor, 'editor');
  const sound = isLoudspeaker(facts.script.channelKind);
  const clips = facts.clips.map(({ clip }) => clip);
  const waiting = clips.some((clip) => clip.state === 'waiting');
  const heard = clips.some((clip) => clip.state === 'ready') && !waiting;
  // A page that loads itself again would take half-written words with it; and who approved did not expect them to change.
  const writing = state === 'draft' || state === 'returned' || state === 'voided';
  const editing = editor && (asked.typed !== undefined || asked.edit || (writing && !waiting));
  const stale = clips.some((clip) => clip.state === 'ready' && clip.spoken !== facts.reading?.spoken);
  return {
    editing,
    mayOpenEditor: editor && !editing,
    mayRender:
      editor && sound && state === 'draft' && !waiting && (!heard || stale || clips.some((c) => c.state === 'failed')),
    mayCancelRender: editor && waiting,
    maySubmit: editor && state === 'draft' && (!sound || heard),
    submitNeedsClip: editor && state === 'draft' && sound && !heard,
    mayPlan: editor && sound && state === 'approved',
    mayPost: hasRole(actor, 'editor', 'page-admin') && facts.script.channelKind === 'fanpage' && state === 'approved',
    mayDecide: hasRole(actor, 'approver') && state === 'submitted',
    /** The page asks again by itself while a clip is being made, and while nobody writes. */
    refresh: waiting && !editing ? '3' : '',
  };
}

/** What the form for planning proposes: the obligation's figures, the days of the campaign that are left. */
export function planProposal(
  { campaign, obligations }: Pick<ScriptFacts, 'campaign' | 'obligations'>,
  today: LocalDate,
) {
  const [first] = obligations;
  return {
    from: campaign.from > today ? campaign.from : today,
    until: campaign.until,
    plays: String(Math.max(1, first?.minPlaysPerDay ?? Math.min(2, first?.maxPlaysPerDay ?? 2))),
    obligationId: first?.id ?? '',
  };
}

function clipView({ clip, job }: ScriptFacts['clips'][number], spoken: string) {
  return {
    profile: profileName(clip.profile),
    state: capital(clipStateNames[clip.state]),
    tone: clipTones[clip.state],
    src: clipSource(clip),
    figures: clipFigures(clip),
    waiting: clip.state === 'waiting',
    stage: job?.stage ?? 'Đang chờ đến lượt',
    percent: String(job?.percent ?? 0),
    reason: clip.state === 'failed' ? (clip.reason ?? 'Không rõ lý do.') : '',
    stale: clip.state === 'ready' && clip.spoken !== spoken,
  };
}

/** Where a finished clip is heard; '' for one that is not finished. */
export function clipSource({ state, sha256 }: Pick<Clip, 'state' | 'sha256'>): string {
  return state === 'ready' && sha256 ? `/api/clips/${sha256}.mp3` : '';
}

/** '1 phút 23 giây · độ to −16 LUFS'. */
export function clipFigures(clip: Pick<Clip, 'durationMs' | 'integratedLufs'>): string {
  const length = clip.durationMs === null ? [] : [lengthText(clip.durationMs)];
  const loudness = clip.integratedLufs === null ? [] : [`độ to ${decimal(clip.integratedLufs)} LUFS`];
  return [...length, ...loudness].join(' · ');
}

function decisionView(one: Approval, nameOf: (id: string | null) => string, zone: TimeZone) {
  const approved = one.decision === 'approved';
  return {
    who: nameOf(one.decidedBy),
    what: approved ? 'đã duyệt' : 'đã trả lại',
    tone: one.voidedAt !== null ? 'warn' : approved ? 'good' : 'bad',
    at: showInstant(one.decidedAt, zone),
    comment: one.comment ?? '',
    voided: one.voidedAt === null ? '' : (one.voidReason ?? 'không rõ lý do'),
  };
}

/** 'Đã xếp 90 lượt trên 15 kênh: 80 chờ phát, 10 đã phát.'; '' before anything was planned. */
function slotsText({ counts, channels }: ScriptFacts['slots']): string {
  const parts = slotStates.flatMap((state) => {
    const n = counts[state] ?? 0;
    return n > 0 ? [{ n, text: `${n} ${slotStateNames[state].toLocaleLowerCase('vi')}` }] : [];
  });
  if (parts.length === 0) return '';
  const total = parts.reduce((sum, part) => sum + part.n, 0);
  return `${total} lượt trên ${channels} kênh: ${parts.map((part) => part.text).join(', ')}.`;
}
