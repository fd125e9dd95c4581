import { isLoudspeaker } from '../../shared/channel-kind.js';
import type { Instant } from '../../shared/clock.js';
import { fold } from '../../shared/fold.js';
import { addDays, countDays, type LocalDate, localDateOf } from '../../shared/local-time.js';
import type { ChannelFacts, ObligationFacts, PostFacts } from '../directive/build-report.js';
import { firstOwedDay } from '../owed/first-day.js';
import { type FirstPlans, owedKey } from '../owed/owed-plays.service.js';
import type { DirectiveProgress, ProgressCell, ProgressColumn, ProgressRow } from './progress.js';
import {
  type AskedPlays,
  countStates,
  missingPlays,
  noTally,
  type ProgressState,
  progressState,
  type Tally,
  worst,
} from './progress-state.js';

/** A channel with its unit and the folded names that letters use for it. */
export interface ProgressChannel extends ChannelFacts {
  unitId: string;
  folded: ReadonlySet<string>;
}

/** The counts of the slots of one obligation on one channel. */
export interface SlotTally extends Tally {
  obligationId: string;
  channelId: string;
}

export interface ProgressFacts {
  directive: DirectiveProgress['directive'];
  /** The points of the letter by their number. */
  points: ReadonlyMap<number, string>;
  campaigns: readonly { from: LocalDate; until: LocalDate }[];
  obligations: readonly ObligationFacts[];
  channels: readonly ProgressChannel[];
  tallies: readonly SlotTally[];
  posts: readonly PostFacts[];
  /** Units that the actor may see; null for all. */
  only: ReadonlySet<string> | null;
  /** When each obligation was first planned. */
  plans: FirstPlans;
  /** When the first campaign was opened; null without one. */
  opened: Instant | null;
  /** Days that owed less than the minimum, with what was played on them. */
  reduced: ReducedDays;
  now: Instant;
}

/** By `owedKey`: the days of an obligation and channel on which less than its minimum was possible. */
export type ReducedDays = ReadonlyMap<string, readonly ReducedDay[]>;
export interface ReducedDay {
  date: LocalDate;
  /** What was possible on it. */
  possible: number;
  played: number;
  /** Everything placed on it, played or not. */
  placed: number;
  waiting: number;
}

export function withFoldedNames(channel: ChannelFacts & { unitId: string }): ProgressChannel {
  return { ...channel, folded: new Set(channel.unitNames.map(fold)) };
}

/** A database would sort Đ after Z. */
const byName = new Intl.Collator('vi');

/** Rows → matrix. Rows are units in the order of their names; a column stays when it asks none of these units. */
export function buildProgress(facts: ProgressFacts): DirectiveProgress {
  const tallies = new Map(facts.tallies.map((one) => [`${one.obligationId} ${one.channelId}`, one]));
  const cells = facts.obligations.map((obligation) => cellsOf(facts, obligation, tallies));
  const units = new Map<string, { unitCode: string; unitName: string }>();
  for (const { unitId, unitCode, unitName } of facts.channels) {
    if (cells.some((column) => column.has(unitId))) units.set(unitId, { unitCode, unitName });
  }
  const named = [...units].sort(([, a], [, b]) => byName.compare(a.unitName, b.unitName));
  const rows = named.map(([unitId, unit]): ProgressRow => {
    const mine = cells.map((column) => column.get(unitId) ?? null);
    const state = worst(mine.flatMap((cell) => (cell ? [cell.state] : []))) ?? 'unmeasured';
    return { unitId, ...unit, state, cells: mine };
  });
  const columns = facts.obligations.map((obligation, n): ProgressColumn => {
    const states = countStates([...(cells[n]?.values() ?? [])].map((cell) => cell.state));
    const { id, assignment, channelKind, addressees, minPlaysPerDay, reportDue } = obligation;
    const head = { obligationId: id, assignment, text: facts.points.get(assignment) ?? '', channelKind, addressees };
    const measured = isMeasured(obligation);
    const since = facts.plans.get(id)?.since;
    const zone = facts.channels[0]?.zone;
    const firstPlanned = since === undefined || zone === undefined ? null : localDateOf(since, zone);
    return { ...head, minPlaysPerDay, ...periodOf(facts, obligation), firstPlanned, reportDue, measured, states };
  });
  const all = rows.flatMap((row) => row.cells.flatMap((cell) => (cell ? [cell.state] : [])));
  return { directive: facts.directive, generatedAt: facts.now, columns, rows, states: countStates(all) };
}

function isMeasured({ channelKind }: ObligationFacts): boolean {
  return isLoudspeaker(channelKind) || channelKind === 'fanpage';
}

/**
 * By unit id. A unit with several channels of the kind has to fulfil the obligation on each: the worst state counts.
 */
function cellsOf(
  facts: ProgressFacts,
  obligation: ObligationFacts,
  tallies: ReadonlyMap<string, SlotTally>,
): Map<string, ProgressCell> {
  const cells = new Map<string, ProgressCell>();
  const posts = postsOf(facts, obligation);
  const used = new Set(
    [...tallies.values()].flatMap((one) => (one.obligationId === obligation.id ? one.channelId : [])),
  );
  for (const channel of channelsOf(facts, obligation, used)) {
    const cell = cellOf(facts, obligation, channel, tallies.get(`${obligation.id} ${channel.id}`), posts);
    const other = cells.get(channel.unitId);
    cells.set(channel.unitId, other ? together(other, cell) : cell);
  }
  return cells;
}

function cellOf(
  facts: ProgressFacts,
  obligation: ObligationFacts,
  channel: ProgressChannel,
  slots: SlotTally | undefined,
  posts: readonly PostFacts[],
): ProgressCell {
  const { counts, asked } = owed(facts, obligation, channel, slots, posts);
  const measured = isMeasured(obligation);
  const state = measured ? progressState(counts, asked) : 'unmeasured';
  return {
    obligationId: obligation.id,
    state,
    ...counts,
    required: measured ? asked.required : 0,
    short: state === 'late' || state === 'missed' ? missingPlays(counts, asked) : 0,
    daysRequired: measured ? asked.daysRequired : 0,
    channels: [channel.name],
  };
}

/** The counts, and what the days that are over owed: from the first plan on, as far as it was possible. */
function owed(
  facts: ProgressFacts,
  obligation: ObligationFacts,
  channel: ProgressChannel,
  slots: SlotTally | undefined,
  posts: readonly PostFacts[],
): { counts: Tally; asked: AskedPlays } {
  const today = localDateOf(facts.now, channel.zone);
  const tally =
    obligation.channelKind === 'fanpage' ? postTally(facts, obligation, channel, posts) : (slots ?? noTally());
  const counts = noTally();
  for (const name of Object.keys(counts) as (keyof Tally)[]) counts[name] = tally[name];
  const minimumPerDay = obligation.minPlaysPerDay;
  const days = owedPeriod(facts, obligation, channel, today, counts.planned > 0);
  const asked = { minimumPerDay, daysRequired: days?.count ?? 0, required: 1, periodOver: days?.periodOver ?? false };
  if (minimumPerDay === null) {
    const whenever = { playedDue: counts.played, waitingDue: counts.waiting };
    return { counts: { ...counts, ...whenever }, asked };
  }
  asked.required = minimumPerDay * asked.daysRequired;
  for (const day of facts.reduced.get(owedKey(obligation.id, channel.id)) ?? []) {
    if (!days || day.date < days.from || day.date > days.last) continue;
    const owes = Math.min(minimumPerDay, Math.max(day.possible, day.placed));
    asked.required -= minimumPerDay - owes;
    const full = standing(day, minimumPerDay);
    const fair = owes === 0 ? null : standing(day, owes);
    if (owes === 0) asked.daysRequired--;
    counts.daysMet += Number(fair === 'met') - Number(full === 'met');
    counts.daysOpen += Number(fair === 'open') - Number(full === 'open');
  }
  return { counts, asked };
}

function standing({ played, waiting }: ReducedDay, owes: number): 'met' | 'open' | 'short' {
  return played >= owes ? 'met' : played + waiting >= owes ? 'open' : 'short';
}

/** The days that are over and may owe plays: from the first plan to the last day of the period or yesterday. */
export function owedPeriod(
  facts: Pick<ProgressFacts, 'campaigns' | 'plans' | 'opened'>,
  obligation: ObligationFacts,
  { zone }: Pick<ProgressChannel, 'zone'>,
  today: LocalDate,
  begun: boolean,
): { from: LocalDate; last: LocalDate; count: number; periodOver: boolean } | null {
  const { from, until } = periodOf(facts, obligation);
  if (until === null) return null;
  const periodOver = until < today;
  const since = facts.plans.get(obligation.id)?.since ?? null;
  const first = firstOwedDay({ since, opened: facts.opened, begun, periodOver, from }, zone);
  const last = periodOver ? until : addDays(today, -1);
  return first === null
    ? { from: last, last: addDays(last, -1), count: 0, periodOver }
    : { from: first, last, count: countDays(first, last), periodOver };
}

function together(a: ProgressCell, b: ProgressCell): ProgressCell {
  const daysRequired = a.daysRequired + b.daysRequired;
  const sum = { ...noTally(), required: a.required + b.required, short: a.short + b.short, daysRequired };
  for (const name of Object.keys(noTally()) as (keyof Tally)[]) sum[name] = a[name] + b[name];
  const state = worst([a.state, b.state]) as ProgressState;
  return { obligationId: a.obligationId, ...sum, state, channels: [...a.channels, ...b.channels] };
}

/**
 * As in the report: the channels that the obligation names, otherwise all of its kind; and every channel with slots,
 * even if closed since.
 */
export function channelsOf(
  facts: Pick<ProgressFacts, 'channels' | 'only'>,
  obligation: ObligationFacts,
  used: ReadonlySet<string>,
): ProgressChannel[] {
  const ofKind = facts.channels.filter((channel) => channel.kind === obligation.channelKind);
  const named = obligation.addressees.map(fold);
  const addressed = ofKind.filter((channel) => named.some((name) => channel.folded.has(name)));
  const eligible = new Set(addressed.length > 0 ? addressed : ofKind);
  return facts.channels.filter(
    (channel) =>
      (facts.only === null || facts.only.has(channel.unitId)) &&
      ((channel.active && eligible.has(channel)) || used.has(channel.id)),
  );
}

export function periodOf(
  { campaigns }: Pick<ProgressFacts, 'campaigns'>,
  obligation: Pick<ObligationFacts, 'from' | 'until'>,
): { from: LocalDate | null; until: LocalDate | null } {
  const froms = campaigns.map((campaign) => campaign.from).sort();
  const untils = campaigns.map((campaign) => campaign.until).sort();
  return { from: obligation.from ?? froms.at(0) ?? null, until: obligation.until ?? untils.at(-1) ?? null };
}

/** A post names its campaign, not an obligation; it counts for the first obligation of a fanpage. */
function postsOf(facts: ProgressFacts, obligation: ObligationFacts): readonly PostFacts[] {
  const first = facts.obligations.find((one) => one.channelKind === 'fanpage');
  return first?.id === obligation.id ? facts.posts : [];
}

function postTally(
  facts: ProgressFacts,
  obligation: ObligationFacts,
  channel: ProgressChannel,
  posts: readonly PostFacts[],
): Tally {
  const tally = noTally();
  const { from, until } = periodOf(facts, obligation);
  const today = localDateOf(facts.now, channel.zone);
  const days = new Map<LocalDate, { played: number; waiting: number }>();
  for (const post of posts) {
    if (post.channelId !== channel.id || post.state === 'cancelled') continue;
    const date = localDateOf(post.at, channel.zone);
    const day = days.get(date) ?? { played: 0, waiting: 0 };
    days.set(date, day);
    tally.planned++;
    if (post.state === 'published') {
      tally.played++;
      day.played++;
      if (date < today && (from === null || date >= from)) tally.playedDue++;
      if (until === null || date <= until) tally.playedInTime++;
    } else if (post.state === 'refused') tally.missed++;
    else {
      tally.waiting++;
      day.waiting++;
      if (date < today && (from === null || date >= from)) tally.waitingDue++;
    }
  }
  const minimum = Math.max(1, obligation.minPlaysPerDay ?? 1);
  for (const [date, { played, waiting }] of days) {
    if (date >= today || (from !== null && date < from) || (until !== null && date > until)) continue;
    if (played >= minimum) tally.daysMet++;
    else if (played + waiting >= minimum) tally.daysOpen++;
  }
  return tally;
}
