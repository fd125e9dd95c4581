import { type LocalDate, showDate } from '../../shared/local-time.js';
import type { Approval } from '../../approvals/approval.entity.js';
import type { Obligation } from '../../directives/obligation.entity.js';
import type { PlanOutcome } from '../../schedule/plans/plan-outcome.js';
import { inCurrentLanguage, translate } from '../language/language.js';
import { periodText, playsText } from '../directives/directive.view.js';
import type { ScriptFacts } from './script.read-model.js';

/** The plan request as the query string holds it. */
export interface PlanQuery {
  from: LocalDate;
  until: LocalDate;
  plays: number;
  obligationId: string;
}

/** Shortfalls listed individually; a whole province has too many, so the rest are counted. */
const SHORTFALL_LIMIT = 60;

export function obligationChoices(obligations: readonly Obligation[], chosen: string) {
  return obligations.map((one) => ({
    id: one.id,
    chosen: one.id === chosen,
    text: obligationText(one),
  }));
}

/** Leaves out what the letter leaves out: 'không nêu lần mỗi ngày' is not Vietnamese. */
function obligationText(one: Obligation): string {
  const n = String(one.assignment);
  const period = one.from || one.until ? periodText(one.from, one.until) : translate('công văn không nêu thời gian');
  if (one.minPlaysPerDay === null && one.maxPlaysPerDay === null) {
    return translate('Điểm {n}: công văn không nêu số lần, {period}', { n, period });
  }
  return translate('Điểm {n}: {plays} lần mỗi ngày, {period}', { n, plays: playsText(one), period });
}

/**
 * The outcome of a preview or of a plan that was made, in the same words: the preview of a plan that was made is the
 * plan.
 */
export function planView(outcome: PlanOutcome, channels: readonly { id: string; name: string; code: string }[]) {
  const { placed, kept, keptOfOthers, cancelled, shortfalls } = outcome;
  const changed = placed.length > 0 || cancelled.length > 0;
  const perChannel = new Map<string, { n: number; first: LocalDate; last: LocalDate }>();
  for (const { channelId, date } of placed) {
    const one = perChannel.get(channelId);
    if (!one) perChannel.set(channelId, { n: 1, first: date, last: date });
    else Object.assign(one, { n: one.n + 1, first: min(one.first, date), last: max(one.last, date) });
  }
  return {
    placed: String(placed.length),
    kept: String(kept),
    cancelled: String(cancelled.length),
    nothingNew: !changed,
    /** Nothing is planned and nothing can be placed: the message must not sound like success. */
    nothingAtAll: !changed && kept === 0,
    keptOfOthers: keptOfOthers > 0 ? String(keptOfOthers) : '',
    somethingKept: kept > 0,
    somethingCancelled: cancelled.length > 0,
    channels: channels.flatMap(({ id, name, code }) => {
      const one = perChannel.get(id);
      if (!one) return [];
      return [{ name, code, n: String(one.n), days: daysText(one.first, one.last) }];
    }),
    cancelReasons: [...new Set(cancelled.map(({ reason }) => reason))],
    shortfalls: shortfalls.slice(0, SHORTFALL_LIMIT).map(({ channelName, sentence, wouldFree }) => ({
      channel: channelName ?? translate('Kênh không còn hoạt động'),
      text: inCurrentLanguage(sentence),
      help: wouldFree.join(' '),
    })),
    shortfallCount: String(shortfalls.length),
    moreShortfalls: shortfalls.length > SHORTFALL_LIMIT ? String(shortfalls.length - SHORTFALL_LIMIT) : '',
  };
}

function daysText(first: LocalDate, last: LocalDate): string {
  return first === last ? showDate(first) : `${showDate(first)} – ${showDate(last)}`;
}

const min = (a: string, b: string) => (a < b ? a : b);
const max = (a: string, b: string) => (a > b ? a : b);

/**
 * The scope of the approval in force of the latest version; null without an approval or for one that stored no scope.
 */
export function scopeInForce({ approvals, versions: [{ id }] }: Pick<ScriptFacts, 'approvals' | 'versions'>) {
  const isInForce = (one: Approval) =>
    one.scriptVersionId === id && one.decision === 'approved' && one.voidedAt === null;
  return approvals.find(isInForce)?.scope ?? null;
}

/** The defaults of the planning form: the obligation's figures and the remaining days of the approved scope. */
export function planProposal(
  facts: Pick<ScriptFacts, 'campaign' | 'obligations' | 'approvals' | 'versions'>,
  today: LocalDate,
) {
  const [first] = facts.obligations;
  const { from, until } = scopeInForce(facts) ?? facts.campaign;
  return {
    from: from > today ? from : today,
    until,
    plays: String(Math.max(1, first?.minPlaysPerDay ?? Math.min(2, first?.maxPlaysPerDay ?? 2))),
    obligationId: first?.id ?? '',
  };
}
