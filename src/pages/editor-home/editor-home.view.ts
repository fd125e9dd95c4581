import { type ChannelKind, channelKindNames, channelKinds, isLoudspeaker } from '../../shared/channel-kind.js';
import { addDays, type LocalDate, showDate, type TimeZone } from '../../shared/local-time.js';
import type { Approval } from '../../approvals/approval.entity.js';
import type { Clip } from '../../audio/clips/clip.entity.js';
import type { Campaign } from '../../campaigns/campaign.entity.js';
import type { Directive } from '../../directives/directive.entity.js';
import type { Obligation } from '../../directives/obligation.entity.js';
import type { Script } from '../../scripts/script.entity.js';
import type { ScriptVersion } from '../../scripts/script-version.entity.js';
import type { VersionState } from '../../scripts/script-version.transitions.js';
import { moment, translate } from '../language/language.js';
import { isPublishedOnApproval, type Tone } from '../language/words.js';

export interface EditorHomeScript {
  script: Pick<Script, 'id' | 'campaignId' | 'channelKind'>;
  version: Pick<ScriptVersion, 'id' | 'title' | 'state' | 'n' | 'createdAt' | 'submittedAt'>;
}

/** The facts of the editor's home page; each list comes from one query. */
export interface EditorHomeFacts {
  today: LocalDate;
  zone: TimeZone;
  directives: readonly Pick<Directive, 'id' | 'number' | 'subject' | 'urgency' | 'issuedOn'>[];
  obligations: readonly Pick<Obligation, 'directiveId' | 'channelKind' | 'until' | 'reportDue'>[];
  campaigns: readonly Pick<Campaign, 'id' | 'directiveId' | 'name' | 'state'>[];
  scripts: readonly EditorHomeScript[];
  /** Clips of the latest versions. */
  clips: readonly Pick<Clip, 'scriptVersionId' | 'state' | 'reason'>[];
  /** Decisions on the latest versions, newest first. */
  approvals: readonly Pick<
    Approval,
    'scriptVersionId' | 'decision' | 'comment' | 'decidedBy' | 'decidedAt' | 'voidedAt' | 'voidReason'
  >[];
  /** Versions with a slot or a post that is not cancelled. */
  placed: ReadonlySet<string>;
  nameOf: (id: string | null) => string;
}

/** The stages of a channel in the order of the work; the names are translation keys. */
export const scriptStageNames = {
  nothing: 'chưa có bài',
  draft: 'đang soạn',
  returned: 'bị trả lại',
  submitted: 'chờ duyệt',
  stopped: 'đã dừng phát',
  approved: 'chờ xếp lịch',
  placed: 'đã lên lịch',
  issued: 'đã phát hành',
} as const;
type Stage = keyof typeof scriptStageNames;
const stageTones: Record<Stage, Tone> = {
  nothing: 'bad',
  draft: '',
  returned: 'bad',
  submitted: 'warn',
  stopped: 'bad',
  approved: 'warn',
  placed: 'good',
  issued: 'good',
};
const isDone = ({ stage }: { stage: Stage }) => stage === 'placed' || stage === 'issued';
const stageOf: Partial<Record<VersionState, Stage>> = {
  draft: 'draft',
  submitted: 'submitted',
  stopped: 'stopped',
  returned: 'returned',
  voided: 'returned',
};

/** The page warns this many days before a report is due. */
const SOON_DAYS = 7;

export function editorHomeView(facts: EditorHomeFacts) {
  const back = facts.scripts.filter(({ version }) => version.state === 'returned' || version.state === 'voided');
  const drafts = facts.scripts.filter(({ version }) => version.state === 'draft');
  const submitted = facts.scripts.filter(({ version }) => version.state === 'submitted');
  const unplaced = facts.scripts.filter((one) => stageFor(one, facts) === 'approved');
  const names = new Map(facts.campaigns.map(({ id, name }) => [id, name]));
  const line = (one: EditorHomeScript) => ({
    id: one.script.id,
    title: one.version.title,
    channel: translate(channelKindNames[one.script.channelKind]),
    campaign: names.get(one.script.campaignId) ?? '',
  });
  return {
    back: back.map((one) => ({ ...line(one), ...whyBack(one, facts) })),
    drafts: drafts.map((one) => ({ ...line(one), next: translate(nextOf(one, facts)) })),
    submitted: submitted.map((one) => ({
      ...line(one),
      since: one.version.submittedAt === null ? '' : moment(one.version.submittedAt, facts.zone),
    })),
    unplaced: unplaced.map((one) => ({ ...line(one), plan: isLoudspeaker(one.script.channelKind) })),
    letters: openLetters(facts),
    nothing: facts.directives.length === 0 && facts.scripts.length === 0,
  };
}

/** Letters with a running obligation, earliest report date first, each with the stage of every channel. */
function openLetters(facts: EditorHomeFacts) {
  return facts.directives
    .flatMap((directive) => {
      const mine = facts.obligations.filter(({ directiveId }) => directiveId === directive.id);
      const open = mine.filter(({ until }) => until === null || until >= facts.today);
      if (open.length === 0) return [];
      const campaigns = facts.campaigns.filter((one) => one.directiveId === directive.id && one.state !== 'cancelled');
      const dues = open.flatMap(({ reportDue }) => (reportDue !== null && reportDue >= facts.today ? [reportDue] : []));
      const due = dues.sort()[0];
      const kinds = channelKinds.filter((kind) => open.some(({ channelKind }) => channelKind === kind));
      const channels = kinds.map((kind) => channelStage(kind, campaigns, facts));
      return [
        {
          id: directive.id,
          number: directive.number,
          subject: directive.subject ?? '',
          urgency: directive.urgency ?? '',
          due: due ? showDate(due) : '',
          dueSoon: due !== undefined && due <= addDays(facts.today, SOON_DAYS),
          sortBy: due ?? '9999',
          campaignHref: campaigns[0] ? `/bai/moi?dot=${campaigns[0].id}` : '',
          channels,
          done: String(channels.filter(isDone).length),
          total: String(channels.length),
          allDone: channels.every(isDone),
        },
      ];
    })
    .sort((a, b) => Number(a.allDone) - Number(b.allDone) || (a.sortBy < b.sortBy ? -1 : 1));
}

/** The most advanced script decides: once one is scheduled, a second draft does not make the channel late. */
function channelStage(kind: ChannelKind, campaigns: readonly Pick<Campaign, 'id'>[], facts: EditorHomeFacts) {
  const ids = new Set(campaigns.map(({ id }) => id));
  const scripts = facts.scripts.filter(({ script }) => script.channelKind === kind && ids.has(script.campaignId));
  const order = Object.keys(scriptStageNames) as Stage[];
  const furthest = scripts
    .map((one) => ({ one, stage: stageFor(one, facts) }))
    .sort((a, b) => order.indexOf(b.stage) - order.indexOf(a.stage))[0];
  const stage = furthest?.stage ?? 'nothing';
  return {
    channel: translate(channelKindNames[kind]),
    stage,
    text: translate(scriptStageNames[stage]),
    tone: stageTones[stage],
    href: furthest ? `/bai/${furthest.one.script.id}` : '',
  };
}

function stageFor({ script, version }: EditorHomeScript, { placed }: EditorHomeFacts): Stage {
  const early = stageOf[version.state];
  if (early) return early;
  if (isPublishedOnApproval(script.channelKind)) return 'issued';
  return placed.has(version.id) ? 'placed' : 'approved';
}

function whyBack({ version }: EditorHomeScript, { approvals, nameOf, zone }: EditorHomeFacts) {
  const decision = approvals.find(({ scriptVersionId }) => scriptVersionId === version.id);
  if (!decision) return { who: '', at: '', why: '' };
  if (version.state === 'voided') {
    const at = decision.voidedAt === null ? '' : moment(decision.voidedAt, zone);
    return { who: '', at, why: decision.voidReason ?? '' };
  }
  return { who: nameOf(decision.decidedBy), at: moment(decision.decidedAt, zone), why: decision.comment ?? '' };
}

/** The next step of a draft; translation keys. */
export const nextSteps = [
  'Cần tạo bản đọc',
  'Đang tạo bản đọc',
  'Chưa tạo được bản đọc',
  'Nghe lại rồi gửi lãnh đạo duyệt',
  'Đọc lại rồi gửi lãnh đạo duyệt',
] as const;

function nextOf({ script, version }: EditorHomeScript, { clips }: EditorHomeFacts): (typeof nextSteps)[number] {
  if (!isLoudspeaker(script.channelKind)) return 'Đọc lại rồi gửi lãnh đạo duyệt';
  const mine = clips.filter(({ scriptVersionId }) => scriptVersionId === version.id);
  if (mine.some(({ state }) => state === 'waiting')) return 'Đang tạo bản đọc';
  if (mine.some(({ state }) => state === 'failed')) return 'Chưa tạo được bản đọc';
  return mine.length > 0 ? 'Nghe lại rồi gửi lãnh đạo duyệt' : 'Cần tạo bản đọc';
}
