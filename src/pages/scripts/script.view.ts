import { channelKindNames, isLoudspeaker } from '../../shared/channel-kind.js';
import { type LocalDate, type TimeZone } from '../../shared/local-time.js';
import { type Actor, hasRole } from '../../people/actor.js';
import type { Approval } from '../../approvals/approval.entity.js';
import { UPLOADED } from '../../audio/upload-shelf.js';
import { postStateNames } from '../../posts/post.transitions.js';
import { slotStandingNames, slotStandings } from '../../schedule/planning/slot.standing.js';
import { versionStateNames } from '../../scripts/script-version.transitions.js';
import { estimateClipSeconds } from '../../audio/estimate.js';
import { estimateSeconds } from '../../speech/voices/sentences.js';
import type { Reading } from '../../speech/reading/reading.js';
import { scopeInShort } from '../approval/scope.view.js';
import { moment, pick, say } from '../language/language.js';
import { capital, goesByItself, lengthText, postTones, versionTones } from '../words.js';
import { clipView } from './clip.view.js';
import { readingChanges, readingPieces } from './reading.view.js';
import { variantsOf } from './variants.view.js';
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
  const waiting = facts.clips.some(({ clip }) => clip.state === 'waiting');
  const typed = asked.typed;
  return {
    id: script.id,
    versionId: latest.id,
    n: String(latest.n),
    title: latest.title,
    text: latest.body,
    channel: say(channelKindNames[script.channelKind]),
    unit: unit?.name ?? '',
    campaign: campaign.name,
    campaignId: campaign.id,
    author: nameOf(latest.authorId),
    written: moment(latest.createdAt, zone),
    state: capital(say(versionStateNames[latest.state])),
    tone: versionTones[latest.state],
    decisions: facts.approvals
      .filter((one) => one.scriptVersionId === latest.id)
      .map((one) => decisionView(one, facts, zone)),
    sound,
    ...(facts.reading ? readingView(latest.body, facts.reading, facts.rate) : noReading),
    decided: facts.readingDecisions.map((one) => ({
      id: one.id,
      source: one.source,
      spoken: one.spoken,
      where: say(one.anchor === null ? 'trong cả bài' : 'một chỗ'),
      who: nameOf(one.decidedBy),
    })),
    clips: facts.clips.map((one) => clipView(one, facts.reading?.spoken ?? '')),
    waiting,
    ordered: orderedAs(facts),
    editTitle: typed?.title ?? latest.title,
    editText: typed?.text ?? latest.body,
    /** Somebody else wrote meanwhile: his text is shown below the form. */
    newerText: typed !== undefined && typed.seen !== latest.n ? latest.body : '',
    approvedNow: latest.state === 'approved',
    submittedNow: latest.state === 'submitted',
    slots: slotsText(facts.slots),
    issued: latest.state === 'approved' && goesByItself(script.channelKind),
    printable: latest.state === 'approved' && script.channelKind === 'leaflet',
    posts: facts.posts.map(({ post, channelName }) => ({
      id: post.id,
      channel: channelName,
      due: moment(post.dueAt, zone),
      state: capital(say(postStateNames[post.state])),
      tone: postTones[post.state],
    })),
    variants: variantsOf(facts.siblings, script),
    history: older.map((one) => ({
      n: String(one.n),
      written: moment(one.createdAt, zone),
      author: nameOf(one.authorId),
      decisions: facts.approvals.filter((a) => a.scriptVersionId === one.id).map((a) => decisionView(a, facts, zone)),
    })),
  };
}

/** How the clips that are there were asked for: the next ones are proposed alike. */
function orderedAs({ clips }: ScriptFacts) {
  const [repeat, bed, web] = [
    clips.some(({ clip }) => clip.form?.repeat),
    clips.some(({ clip }) => clip.form?.bed),
    clips.some(({ clip }) => clip.profile === 'web'),
  ];
  return { repeat, bed, web, special: repeat || bed || web };
}

/** The reading pane, of what is saved or of what is being typed. */
export function readingView(text: string, reading: Reading, rate: number) {
  const pieces = readingPieces(text, reading);
  const changes = readingChanges(pieces);
  return {
    reading: pieces,
    changes,
    changesCount: String(changes.length),
    warnings: [...new Set(reading.warnings.map((one) => pick(one.message)))],
    blocking: String(reading.warnings.filter(({ kind }) => kind === 'left-over').length || ''),
    estimate: lengthText(estimateSeconds(reading.spoken, rate) * 1000),
    wholeClip: lengthText(estimateClipSeconds(reading.spoken, { rate }) * 1000),
    readTwice: lengthText(estimateClipSeconds(reading.spoken, { rate, repeat: true }) * 1000),
  };
}

const noReading: ReturnType<typeof readingView> = {
  reading: [],
  changes: [],
  changesCount: '0',
  warnings: [],
  blocking: '',
  estimate: '',
  wholeClip: '',
  readTwice: '',
};

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
  const stale = clips.some(
    (clip) => clip.state === 'ready' && clip.engine !== UPLOADED && clip.spoken !== facts.reading?.spoken,
  );
  // Whoever has heard a person read it may still prefer the voice of the machine: what was asked for last is what airs.
  const recorded = clips.some((clip) => clip.state === 'ready' && clip.engine === UPLOADED);
  const mayMake = editor && sound && state === 'draft' && !waiting;
  const again = stale || recorded || clips.some((clip) => clip.state === 'failed');
  return {
    editing,
    mayOpenEditor: editor && !editing,
    mayRender: mayMake && (!heard || again),
    mayShape: mayMake,
    mayReplaceVoice: mayMake && recorded,
    mayCancelRender: editor && waiting,
    maySubmit: editor && state === 'draft' && (!sound || heard),
    submitNeedsClip: editor && state === 'draft' && sound && !heard,
    mayPlan: editor && sound && state === 'approved',
    mayPost: hasRole(actor, 'editor', 'page-admin') && facts.script.channelKind === 'fanpage' && state === 'approved',
    /** A press on a word corrects how it is read; a human voice may take the place of the machine's. */
    mayCorrect: editor && sound && state === 'draft',
    mayDecide: hasRole(actor, 'approver') && state === 'submitted',
    /** The page asks again by itself while a clip is being made, and while nobody writes. */
    refresh: waiting && !editing ? '3' : '',
  };
}

export interface Step {
  label: string;
  done: boolean;
  now: boolean;
}

/** Where the script stands on its way; nobody has to be taught what comes next. */
export function scriptSteps({ script, versions: [{ state }], clips, reading, slots, posts }: ScriptFacts): Step[] {
  const submitted = state === 'submitted' || state === 'approved';
  const heard = clips.some(({ clip }) => clip.state === 'ready') && !clips.some(({ clip }) => clip.state === 'waiting');
  const out = goesByItself(script.channelKind) || posts.length > 0;
  const placed = out || Object.values(slots.counts).some((n) => n > 0);
  const all: [string, boolean][] = [
    ['Viết bài', true],
    ...(reading ? [['Dựng bản thu, nghe', heard || submitted] as [string, boolean]] : []),
    ['Trình duyệt', submitted],
    ['Được duyệt', state === 'approved'],
    [reading ? 'Xếp lịch' : 'Đưa lên kênh', state === 'approved' && placed],
  ];
  const next = all.findIndex(([, done]) => !done);
  return all.map(([label, done], n) => ({ label: say(label), done, now: n === next }));
}

/** Labels of `scriptSteps`. */
export const stepNames = [
  'Viết bài',
  'Dựng bản thu, nghe',
  'Trình duyệt',
  'Được duyệt',
  'Xếp lịch',
  'Đưa lên kênh',
] as const;

/** For what the latest version is approved; null where nobody has approved it, or before scopes were kept. */
export function standingScope({ approvals, versions: [{ id }] }: Pick<ScriptFacts, 'approvals' | 'versions'>) {
  const stands = (one: Approval) => one.scriptVersionId === id && one.decision === 'approved' && one.voidedAt === null;
  return approvals.find(stands)?.scope ?? null;
}

/** What the form for planning proposes: the obligation's figures, the days left for which it is approved. */
export function planProposal(
  facts: Pick<ScriptFacts, 'campaign' | 'obligations' | 'approvals' | 'versions'>,
  today: LocalDate,
) {
  const [first] = facts.obligations;
  const { from, until } = standingScope(facts) ?? facts.campaign;
  return {
    from: from > today ? from : today,
    until,
    plays: String(Math.max(1, first?.minPlaysPerDay ?? Math.min(2, first?.maxPlaysPerDay ?? 2))),
    obligationId: first?.id ?? '',
  };
}

function decisionView(one: Approval, { nameOf, campaign, channelNames }: ScriptFacts, zone: TimeZone) {
  const approved = one.decision === 'approved';
  return {
    who: nameOf(one.decidedBy),
    what: say(approved ? 'đã duyệt' : 'đã trả lại'),
    tone: one.voidedAt !== null ? 'warn' : approved ? 'good' : 'bad',
    at: moment(one.decidedAt, zone),
    comment: one.comment ?? '',
    scope: approved ? scopeInShort(one.scope, campaign, channelNames) : [],
    voided: one.voidedAt === null ? '' : (one.voidReason ?? say('không rõ lý do')),
  };
}

/** '90 lượt trên 15 kênh: 80 đã xếp lịch, 10 đã phát.'; '' before anything was planned. */
function slotsText({ counts, channels }: ScriptFacts['slots']): string {
  const parts = slotStandings.flatMap((state) => {
    const n = counts[state] ?? 0;
    return n > 0 ? [{ n, text: `${n} ${say(slotStandingNames[state]).toLocaleLowerCase('vi')}` }] : [];
  });
  if (parts.length === 0) return '';
  const total = parts.reduce((sum, part) => sum + part.n, 0);
  return say('{total} lượt trên {channels} kênh: {parts}.', {
    total,
    channels,
    parts: parts.map((part) => part.text).join(', '),
  });
}
