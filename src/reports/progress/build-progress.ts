import { isLoudspeaker } from '../../shared/channel-kind.js';
import type { Instant } from '../../shared/clock.js';
import { fold } from '../../shared/fold.js';
import { addDays, countDays, type LocalDate, localDateOf } from '../../shared/local-time.js';
import type { ChannelFacts, ObligationFacts, PostFacts } from '../directive/build-report.js';
import type { DirectiveProgress, ProgressCell, ProgressColumn, ProgressRow } from './progress.js';
import {
  type AskedPlays,
  countStates,
  noTally,
  type ProgressState,
  progressState,
  requiredPlays,
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
  now: Instant;
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
    return { ...head, minPlaysPerDay, ...periodOf(facts, obligation), reportDue, measured, states };
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
  for (const channel of channelsOf(facts, obligation, tallies)) {
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
  const asked = askedOf(facts, obligation, localDateOf(facts.now, channel.zone));
  const tally =
    obligation.channelKind === 'fanpage' ? postTally(facts, obligation, channel, posts) : (slots ?? noTally());
  const { planned, played, missed, waiting, lateReported, playedInTime, daysMet, daysOpen } = tally;
  const counts = { planned, played, missed, waiting, lateReported, playedInTime, daysMet, daysOpen };
  const measured = isMeasured(obligation);
  return {
    obligationId: obligation.id,
    state: measured ? progressState(counts, asked) : 'unmeasured',
    ...counts,
    required: measured ? requiredPlays(asked) : 0,
    daysRequired: measured ? asked.daysRequired : 0,
    channels: [channel.name],
  };
}

function together(a: ProgressCell, b: ProgressCell): ProgressCell {
  const sum = { ...noTally(), required: a.required + b.required, daysRequired: a.daysRequired + b.daysRequired };
  for (const name of Object.keys(noTally()) as (keyof Tally)[]) sum[name] = a[name] + b[name];
  const state = worst([a.state, b.state]) as ProgressState;
  return { obligationId: a.obligationId, ...sum, state, channels: [...a.channels, ...b.channels] };
}

/**
 * As in the report: the channels that the obligation names, otherwise all of its kind; and every channel with slots,
 * even if closed since.
 */
function channelsOf(
  facts: ProgressFacts,
  obligation: ObligationFacts,
  tallies: ReadonlyMap<string, SlotTally>,
): ProgressChannel[] {
  const ofKind = facts.channels.filter((channel) => channel.kind === obligation.channelKind);
  const named = obligation.addressees.map(fold);
  const addressed = ofKind.filter((channel) => named.some((name) => channel.folded.has(name)));
  const eligible = new Set(addressed.length > 0 ? addressed : ofKind);
  return facts.channels.filter(
    (channel) =>
      (facts.only === null || facts.only.has(channel.unitId)) &&
      ((channel.active && eligible.has(channel)) || tallies.has(`${obligation.id} ${channel.id}`)),
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

function askedOf(facts: ProgressFacts, obligation: ObligationFacts, today: LocalDate): AskedPlays {
  const { from, until } = periodOf(facts, obligation);
  const last = until !== null && until < today ? until : addDays(today, -1);
  const daysRequired = from === null || until === null ? 0 : daysCount(from, last);
  return { minimumPerDay: obligation.minPlaysPerDay, daysRequired, periodOver: until !== null && until < today };
}

function daysCount(from: LocalDate, last: LocalDate): number {
  return countDays(from, last);
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
      if (until === null || date <= until) tally.playedInTime++;
    } else if (post.state === 'refused') tally.missed++;
    else {
      tally.waiting++;
      day.waiting++;
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
