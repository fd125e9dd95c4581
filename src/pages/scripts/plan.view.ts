import { type LocalDate, showDate } from '../../shared/local-time.js';
import type { Obligation } from '../../directives/obligation.entity.js';
import type { PlanOutcome } from '../../schedule/plan-outcome.js';
import { pick, say } from '../language/language.js';
import { periodText, playsText } from '../directives/directive.view.js';

/** What a plan was asked for, as it stands in the address. */
export interface PlanAsked {
  from: LocalDate;
  until: LocalDate;
  plays: number;
  obligationId: string;
}

/** How many shortfalls are told one by one: a whole province's would be a book. */
const TOLD = 60;

export function obligationChoices(obligations: readonly Obligation[], chosen: string) {
  return obligations.map((one) => ({
    id: one.id,
    chosen: one.id === chosen,
    text: say('Điểm {n}: {plays} lần mỗi ngày, {period}', {
      n: String(one.assignment),
      plays: playsText(one),
      period: periodText(one.from, one.until),
    }),
  }));
}

/** What would happen, or has happened: the same words for both, because a second look at a plan is the plan. */
export function planView(outcome: PlanOutcome, channels: readonly { id: string; name: string; code: string }[]) {
  const { placed, kept, cancelled, shortfalls } = outcome;
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
    nothingNew: placed.length === 0 && cancelled.length === 0,
    somethingKept: kept > 0,
    somethingCancelled: cancelled.length > 0,
    channels: channels.flatMap(({ id, name, code }) => {
      const one = perChannel.get(id);
      if (!one) return [];
      return [{ name, code, n: String(one.n), days: `${showDate(one.first)} – ${showDate(one.last)}` }];
    }),
    cancelReasons: [...new Set(cancelled.map(({ reason }) => reason))],
    shortfalls: shortfalls.slice(0, TOLD).map(({ channelName, sentence, wouldFree }) => ({
      channel: channelName ?? say('Kênh không còn hoạt động'),
      text: pick(sentence),
      help: wouldFree.join(' '),
    })),
    shortfallCount: String(shortfalls.length),
    moreShortfalls: shortfalls.length > TOLD ? String(shortfalls.length - TOLD) : '',
  };
}

const min = (a: string, b: string) => (a < b ? a : b);
const max = (a: string, b: string) => (a > b ? a : b);
