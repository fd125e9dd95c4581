import { addDays, type LocalDate, localTimeOf, showDate } from '../../shared/local-time.js';
import type { Approval } from '../../approvals/approval.entity.js';
import type { Obligation } from '../../directives/obligation.entity.js';
import type { Channel } from '../../channels/entities/channel.entity.js';
import type { PlanOutcome, ScriptPlays } from '../../schedule/plans/plan-outcome.js';
import { inCurrentLanguage, translate } from '../language/language.js';
import { periodText, playsText } from '../directives/directive.view.js';
import type { ScriptFacts } from './script.read-model.js';

/** The plan request as the query string holds it. */
export interface PlanQuery {
  from: LocalDate;
  until: LocalDate;
  plays: number;
  obligationId: string;
  /** Other scripts of the obligation: all play, or this one takes their places. */
  others: 'together' | 'replace';
}

/** Lines of shortfalls; a whole province may have too many, so the rest are counted. */
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

/** A channel with what the plan's sentences say of it. */
type PlanChannelName = Pick<Channel, 'id' | 'name' | 'code' | 'zone'>;

/**
 * The outcome of a preview or of a plan that was made, in the same words: the preview of a plan that was made is the
 * plan. Equal lines are told once, with the number of channels.
 */
export function planView(outcome: PlanOutcome, channels: readonly PlanChannelName[]) {
  const { placed, kept, keptOfOthers, cancelled, cancelledOf, others } = outcome;
  const changed = placed.length > 0 || cancelled.length > 0;
  const shortfalls = shortfallLines(outcome.shortfalls);
  return {
    placed: String(placed.length),
    kept: String(kept),
    cancelled: String(cancelled.length),
    /** What the button cancels stands in its words. */
    act:
      cancelledOf.length === 0
        ? translate('Xếp {n} lượt vào lịch', { n: placed.length })
        : placed.length === 0
          ? translate('Hủy {cancelled}', { cancelled: scriptPlays(cancelledOf) })
          : translate('Xếp {n} lượt và hủy {cancelled}', { n: placed.length, cancelled: scriptPlays(cancelledOf) }),
    /** Planned plays of other scripts for the same obligation. */
    others: others.length > 0 ? scriptPlays(others) : '',
    replaces: cancelledOf.length > 0 ? scriptPlays(cancelledOf) : '',
    nothingNew: !changed,
    /** Nothing is planned and nothing can be placed: the message must not sound like success. */
    nothingAtAll: !changed && kept === 0,
    keptOfOthers: keptOfOthers > 0 ? String(keptOfOthers) : '',
    somethingKept: kept > 0,
    somethingCancelled: cancelled.length > 0,
    lines: planLines(placed, channels),
    cancelReasons: [...new Set(cancelled.map(({ reason }) => reason))],
    shortfalls: shortfalls.slice(0, SHORTFALL_LIMIT),
    shortfallTitle: shortfallTitle(outcome.shortfalls),
    moreShortfalls: shortfalls.length > SHORTFALL_LIMIT ? String(shortfalls.length - SHORTFALL_LIMIT) : '',
  };
}

/** '28 lượt của bài “A”, 2 lượt của bài “B”'. */
export function scriptPlays(plays: readonly ScriptPlays[]): string {
  return plays.map(({ title, plays: n }) => translate('{n} lượt của bài “{title}”', { n, title })).join(', ');
}

/** Channels with the same hours on the same days are one line: '15 kênh', '30/11 – 02/12', '05:00, 17:00'. */
function planLines(placed: PlanOutcome['placed'], channels: readonly PlanChannelName[]) {
  const byId = new Map(channels.map((channel) => [channel.id, channel]));
  const days = new Map<string, { channel: PlanChannelName; date: LocalDate; hours: string[] }>();
  for (const { channelId, date, startsAt } of placed) {
    const channel = byId.get(channelId);
    if (!channel) continue;
    const key = `${channelId} ${date}`;
    const day = days.get(key) ?? { channel, date, hours: [] };
    days.set(key, day);
    day.hours.push(localTimeOf(startsAt, channel.zone));
  }
  const groups = new Map<string, { channels: PlanChannelName[]; date: LocalDate; hours: string }>();
  for (const { channel, date, hours } of days.values()) {
    const text = hours.sort().join(', ');
    const key = `${date} ${text}`;
    const group = groups.get(key) ?? { channels: [], date, hours: text };
    groups.set(key, group);
    group.channels.push(channel);
  }
  const lines: { channels: PlanChannelName[]; from: LocalDate; until: LocalDate; hours: string }[] = [];
  for (const { channels: some, date, hours } of [...groups.values()].sort((a, b) => (a.date < b.date ? -1 : 1))) {
    const same = ({ channels: other }: { channels: PlanChannelName[] }) =>
      other.length === some.length && other.every(({ id }, n) => id === some[n]?.id);
    const before = lines.find((line) => line.hours === hours && addDays(line.until, 1) === date && same(line));
    if (before) before.until = date;
    else lines.push({ channels: some, from: date, until: date, hours });
  }
  return lines.map(({ channels: some, from, until, hours }) => ({
    ...channelsText(some.map(({ name }) => name)),
    code: some.length === 1 ? (some[0]?.code ?? '') : '',
    days: daysText(from, until),
    hours,
    daily: from !== until,
  }));
}

/** '15 kênh' with their names, or the name of the only one. */
function channelsText(names: readonly string[]) {
  const [only] = names;
  return names.length === 1
    ? { channel: only ?? '', names: '' }
    : { channel: translate('{n} kênh', { n: names.length }), names: names.join(', ') };
}

function shortfallLines(shortfalls: PlanOutcome['shortfalls']) {
  const groups = new Map<string, { names: string[]; text: string; help: string }>();
  for (const { channelName, sentence, wouldFree } of shortfalls) {
    const [text, help] = [inCurrentLanguage(sentence), wouldFree.join(' ')];
    const group = groups.get(`${text} ${help}`) ?? { names: [], text, help };
    groups.set(`${text} ${help}`, group);
    group.names.push(channelName ?? translate('Kênh không còn hoạt động'));
  }
  return [...groups.values()].map(({ names, text, help }) => ({ ...channelsText(names), text, help }));
}

/** '15 kênh chưa đủ lượt ngày 30/11', or for several days '15 kênh chưa đủ lượt từ 30/11 đến 02/12'. */
function shortfallTitle(shortfalls: PlanOutcome['shortfalls']): string {
  const n = new Set(shortfalls.map(({ channelId }) => channelId)).size;
  const dates = shortfalls.map(({ date }) => date).sort();
  const [from, until] = [dates.at(0) ?? '', dates.at(-1) ?? ''];
  return from === until
    ? translate('{n} kênh chưa đủ lượt ngày {day}', { n, day: dayAndMonth(from) })
    : translate('{n} kênh chưa đủ lượt từ {from} đến {until}', {
        n,
        from: dayAndMonth(from),
        until: dayAndMonth(until),
      });
}

function dayAndMonth(date: LocalDate): string {
  return showDate(date).slice(0, 5);
}

function daysText(first: LocalDate, last: LocalDate): string {
  return first === last ? showDate(first) : `${showDate(first)} – ${showDate(last)}`;
}

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
