import type { Instant } from '../../shared/clock.js';
import type { TimeRange } from '../../shared/time-range.js';
import type { Missing } from './channel-planner.js';
import type { IntervalSet } from '../../channels/hours/interval-set.js';
import { suggestionSentences } from './plan-sentences.js';
import { priorityClasses, type PlanDemand } from './planning.types.js';
import type { PlanShortfallCode } from '../slots/shortfall.js';
import type { PlanChannel } from '../../channels/hours/hours.types.js';
import { permitsDay, policyOn, showHours } from '../../channels/hours/policy-hours.js';
import { MINUTE, type ZoneCalendar } from '../../channels/hours/zone-calendar.js';

/** A slot that takes time on the channel; `fixed` slots are never suggested for removal. */
export interface PlacedRange extends TimeRange {
  demandId?: string;
  fixed: boolean;
}

export interface SuggestionContext {
  channel: PlanChannel;
  calendar: ZoneCalendar;
  demands: ReadonlyMap<string, PlanDemand>;
  /** Ordered by start; `taken` holds the same slots as an interval set. */
  placed: readonly PlacedRange[];
  taken: IntervalSet;
  hours: IntervalSet;
  earliest: Instant;
  gapMs: number;
}

/** A shorter clip cannot carry a message. */
const SHORTEST_CLIP_MS = 3_000;
const MAX_DROPPED = 3;

/**
 * What would make room for the missing plays of a day whose windows are full. Each suggestion alone suffices, and none
 * breaks the policy.
 */
export function suggestions(missing: Missing, context: SuggestionContext): string[] {
  return [longerWindow(missing, context), shorterClip(missing, context), dropItems(missing, context)].filter(
    (sentence) => sentence !== undefined,
  );
}

/** The same for a day without an open window. */
export function suggestionsForSilence(code: PlanShortfallCode, missing: Missing, context: SuggestionContext): string[] {
  const { date } = missing.day;
  const policy = policyOn(context.channel.policy, date);
  const needed = lengthNeeded(missing, context.gapMs);
  const open = permitsDay(policy, missing.day.day);
  if (code === 'window-skipped') return [suggestionSentences.unskip(date)];
  if (code === 'no-window' && open) return [suggestionSentences.addWindow(date, needed)];
  const hoursAreEnough = policy.permitted.length > 0;
  return (code === 'no-window' || code === 'not-permitted') && hoursAreEnough
    ? [suggestionSentences.special(date, showHours(policy))]
    : [];
}

function lengthNeeded({ demand, placed }: Missing, gapMs: number): number {
  const plays = demand.minPlaysPerDay - placed;
  return plays * demand.durationMs + (plays - 1) * gapMs;
}

/**
 * The window that needs the smallest extension at its end, if the extension is permitted, within the session length,
 * and free.
 */
function longerWindow(
  missing: Missing,
  { channel, calendar, taken, hours, earliest, gapMs }: SuggestionContext,
): string | undefined {
  const needed = lengthNeeded(missing, gapMs);
  const longest = Math.min(policyOn(channel.policy, missing.day.date).minutesPerSession ?? Infinity, 1440) * MINUTE;
  let best: { time: string; ms: number } | undefined;
  for (const { start, end } of missing.day.sessions) {
    const free = Math.max(start, earliest, (taken.lastEndBefore(end) ?? -Infinity) + gapMs);
    const ms = Math.ceil((free + needed - end) / MINUTE) * MINUTE;
    if (ms <= 0) continue;
    const grown = { start, end: end + ms };
    const tail = { start: free, end: free + needed + gapMs };
    if (grown.end - start > longest || !hours.covers(grown) || taken.meets(tail)) continue;
    if (!best || ms < best.ms) best = { time: calendar.timeOf(start), ms };
  }
  return best && suggestionSentences.longerWindow(best.time, best.ms);
}

/**
 * The greatest length with which the missing plays fit into the free time; binary search works, since a shorter clip
 * never fits worse.
 */
function shorterClip(missing: Missing, context: SuggestionContext): string | undefined {
  const { demand, placed } = missing;
  const holes = freeStretches(missing, context);
  const fits = (ms: number) =>
    holes.reduce(
      (plays, { start, end }) => plays + Math.floor((end - start + context.gapMs) / (ms + context.gapMs)),
      0,
    ) >=
    demand.minPlaysPerDay - placed;
  let low = SHORTEST_CLIP_MS;
  let high = demand.durationMs;
  if (low >= high || !fits(low)) return undefined;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return suggestionSentences.shorterClip(low, demand.durationMs);
}

/** At most three slots of an equal or lower class, lowest first, each of which leaves a place long enough. */
function dropItems(missing: Missing, context: SuggestionContext): string | undefined {
  const { demand, placed, day } = missing;
  const wanted = demand.minPlaysPerDay - placed;
  if (wanted > MAX_DROPPED) return undefined;
  const rank = (of: PlanDemand) => priorityClasses.indexOf(of.priority);
  const inside = placedIn(day.sessions, context);
  const dropped: { slot: PlacedRange; index: number; other: PlanDemand }[] = [];
  for (let lowest = priorityClasses.length - 1; lowest >= rank(demand) && dropped.length < wanted; lowest--) {
    for (const { slot, index } of inside) {
      const other = slot.demandId === undefined || slot.fixed ? undefined : context.demands.get(slot.demandId);
      if (!other || other.id === demand.id || rank(other) !== lowest) continue;
      // Neighbours share the silence between them, so two neighbours would count one place twice.
      if (dropped.some((chosen) => Math.abs(chosen.index - index) === 1)) continue;
      if (roomWithout(slot, index, day.sessions, context) < demand.durationMs) continue;
      dropped.push({ slot, index, other });
      if (dropped.length === wanted) break;
    }
  }
  if (dropped.length < wanted) return undefined;
  return suggestionSentences.dropItems(
    dropped.map(({ slot, other }) => `${context.calendar.timeOf(slot.start)} (${other.title ?? other.campaignId})`),
  );
}

/** The slots that begin in these sessions, each with its index in `placed`. */
function placedIn(
  sessions: readonly TimeRange[],
  { placed }: SuggestionContext,
): { slot: PlacedRange; index: number }[] {
  const from = Math.min(...sessions.map(({ start }) => start));
  const until = Math.max(...sessions.map(({ end }) => end));
  let low = 0;
  for (let high = placed.length; low < high;) {
    const middle = (low + high) >>> 1;
    if (placed[middle]!.start < from) low = middle + 1;
    else high = middle;
  }
  const found: { slot: PlacedRange; index: number }[] = [];
  for (let index = low; index < placed.length && placed[index]!.start < until; index++) {
    found.push({ slot: placed[index]!, index });
  }
  return found;
}

function roomWithout(
  slot: PlacedRange,
  index: number,
  sessions: readonly TimeRange[],
  context: SuggestionContext,
): number {
  const session = sessions.find(({ start, end }) => start <= slot.start && slot.end <= end);
  if (!session) return 0;
  const before = context.placed[index - 1];
  const after = context.placed[index + 1];
  const start = Math.max(session.start, context.earliest, before ? before.end + context.gapMs : -Infinity);
  const end = Math.min(session.end, after ? after.start - context.gapMs : Infinity);
  return end - start;
}

function freeStretches({ day }: Missing, { taken, earliest, gapMs }: SuggestionContext): TimeRange[] {
  return day.sessions.flatMap(({ start, end }) => {
    const from = Math.max(start, earliest);
    return from < end ? taken.holes({ start: from, end }, gapMs) : [];
  });
}
