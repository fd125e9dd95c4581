import { channelKindNames } from '../../shared/channel-kind.js';
import type { TimeZone } from '../../shared/local-time.js';
import type { Approval } from '../../approvals/approval.entity.js';
import { postStateNames } from '../../posts/state/post.transitions.js';
import { slotStatusNames, slotStatuses } from '../../schedule/slots/slot-status.js';
import { versionStateNames } from '../../scripts/script-version.transitions.js';
import { estimateClipSeconds } from '../../audio/mix/estimate.js';
import { CLIP_MAX_SECONDS, lengthWarning } from '../../speech/normalizer/clip-length.js';
import { estimateSeconds } from '../../speech/voices/sentences.js';
import type { Reading } from '../../speech/reading/text/reading.js';
import { heardText } from '../approval/heard.view.js';
import { scopeInShort } from '../approval/scope.view.js';
import { moment, inCurrentLanguage, translate } from '../language/language.js';
import {
  upperFirst,
  isPublishedOnApproval,
  lengthText,
  postTones,
  type Tone,
  versionTones,
} from '../language/words.js';
import { clipView } from '../parts/clip.view.js';
import { readingChanges, readingPieces } from './reading.view.js';
import { variantsOf } from './variants.view.js';
import type { ScriptFacts } from './script.read-model.js';

/** The values of a refused form. */
export interface TypedText {
  title: string;
  text: string;
  /** The version that the form was based on. */
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
    channel: translate(channelKindNames[script.channelKind]),
    unit: unit?.name ?? '',
    campaign: campaign.name,
    campaignId: campaign.id,
    author: nameOf(latest.authorId),
    written: moment(latest.createdAt, zone),
    state: upperFirst(translate(versionStateNames[latest.state])),
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
      where: translate(one.anchor === null ? 'trong cả bài' : 'một chỗ'),
      who: nameOf(one.decidedBy),
    })),
    clips: facts.clips.map((one) => clipView(one, facts.reading?.spoken ?? '')),
    waiting,
    ordered: orderedAs(facts),
    editTitle: typed?.title ?? latest.title,
    editText: typed?.text ?? latest.body,
    /** A newer version exists: its text is shown below the form. */
    newerText: typed !== undefined && typed.seen !== latest.n ? latest.body : '',
    approvedNow: latest.state === 'approved',
    submittedNow: latest.state === 'submitted',
    slots: slotsText(facts.slots),
    issued: latest.state === 'approved' && isPublishedOnApproval(script.channelKind),
    printable: latest.state === 'approved' && script.channelKind === 'leaflet',
    posts: facts.posts.map(({ post, channelName }) => ({
      id: post.id,
      channel: channelName,
      due: moment(post.dueAt, zone),
      state: upperFirst(translate(postStateNames[post.state])),
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

/** The order of the present clips, which is the default for the next order. */
function orderedAs({ clips }: ScriptFacts) {
  const [repeat, bed, web] = [
    clips.some(({ clip }) => clip.form?.repeat),
    clips.some(({ clip }) => clip.form?.bed),
    clips.some(({ clip }) => clip.profile === 'web'),
  ];
  return { repeat, bed, web, special: repeat || bed || web };
}

/** The reading pane, for saved or unsaved text. */
export function readingView(text: string, reading: Reading, rate: number) {
  const pieces = readingPieces(text, reading);
  const changes = readingChanges(pieces);
  const [once, twice] = [false, true].map((repeat) => estimateClipSeconds(reading.spoken, { rate, repeat })) as [
    number,
    number,
  ];
  return {
    reading: pieces,
    changes,
    changesCount: String(changes.length),
    warnings: [...new Set(reading.warnings.map((one) => inCurrentLanguage(one.message)))],
    blocking: String(reading.warnings.filter(({ kind }) => kind === 'left-over').length || ''),
    estimate: lengthText(estimateSeconds(reading.spoken, rate) * 1000),
    wholeClip: lengthText(once * 1000),
    readTwice: lengthText(twice * 1000),
    length: lengthNotice(once, twice),
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
  length: { text: '', tone: '' },
};

/** A notice on the estimated length, updated while typing. */
function lengthNotice(once: number, twice: number): { text: string; tone: Tone | '' } {
  const warning = lengthWarning(once);
  if (warning) return { text: inCurrentLanguage(warning), tone: once > CLIP_MAX_SECONDS ? 'bad' : 'warn' };
  if (twice <= CLIP_MAX_SECONDS) return { text: '', tone: '' };
  const text = 'Đọc hai lần thì bản thu quá {most} phút nên không tạo được; đọc một lần thì được.';
  return { text: translate(text, { most: CLIP_MAX_SECONDS / 60 }), tone: 'warn' };
}

function decisionView(one: Approval, { nameOf, campaign, channelNames }: ScriptFacts, zone: TimeZone) {
  const approved = one.decision === 'approved';
  return {
    who: nameOf(one.decidedBy),
    what: translate(approved ? 'đã duyệt' : 'đã trả lại'),
    tone: one.voidedAt !== null || one.stoppedAt !== null ? 'warn' : approved ? 'good' : 'bad',
    at: moment(one.decidedAt, zone),
    comment: one.comment ?? '',
    heard: approved ? heardText(one, zone) : '',
    scope: approved ? scopeInShort(one.scope, campaign, channelNames) : [],
    voided: one.voidedAt === null ? '' : (one.voidReason ?? translate('không rõ lý do')),
    // Null in the column when a change of the content voided it: then no person is named.
    voidedBy: one.voidedBy === null ? '' : nameOf(one.voidedBy),
    voidedAt: one.voidedAt === null ? '' : moment(one.voidedAt, zone),
    stopped: one.stoppedAt === null || one.voidedAt !== null ? null : stopView(one.stoppedAt, one, nameOf, zone),
  };
}

function stopView(at: number, { stoppedBy, stopReason }: Approval, nameOf: ScriptFacts['nameOf'], zone: TimeZone) {
  return { who: nameOf(stoppedBy), at: moment(at, zone), reason: stopReason ?? translate('không rõ lý do') };
}

/** '90 lượt trên 15 kênh: 80 đã xếp lịch, 10 đã phát.'; '' without slots. */
function slotsText({ counts, channels }: ScriptFacts['slots']): string {
  const parts = slotStatuses.flatMap((state) => {
    const n = counts[state] ?? 0;
    return n > 0 ? [{ n, text: `${n} ${translate(slotStatusNames[state]).toLocaleLowerCase('vi')}` }] : [];
  });
  if (parts.length === 0) return '';
  const total = parts.reduce((sum, part) => sum + part.n, 0);
  return translate('{total} lượt trên {channels} kênh: {parts}.', {
    total,
    channels,
    parts: parts.map((part) => part.text).join(', '),
  });
}
