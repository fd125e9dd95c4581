import type { Instant } from '../../shared/clock.js';
import type { TimeRange } from '../../shared/time-range.js';
import { packBins } from './bin-packing.js';
import type { IntervalSet } from '../../channels/hours/interval-set.js';
import type { PlanDemand } from './planning.types.js';
import type { Occurrence } from '../../channels/hours/hours.types.js';
import { fit, fitAt, take, type Place } from './window-packing.js';

/** One play that a demand still wants of one channel on one day. */
export interface DayUnit {
  demand: PlanDemand;
  /** How many plays of the demand the day is to have in the end; spacing is made for that many. */
  of: number;
  /** Where a play of this demand stood that had to be taken away: the first choice, so that little moves. */
  formerly?: Instant;
  /** The hours that its demand prefers, as instants; without them every place of a window is as good. */
  preferred?: IntervalSet;
}

/** A session of the day with its free stretches, and how often each demand already plays in it. */
export interface DayWindow {
  occurrence: Occurrence;
  holes: TimeRange[];
  plays: Map<string, number>;
}

/** `preferred` hours; `fresh` window without this clip; `again` in one that has it; `former` place kept; `tight`, so that all minimums fit. */
export type PlacementReason = 'fresh' | 'again' | 'former' | 'tight' | 'preferred';

export interface DayPlacement extends TimeRange {
  unit: DayUnit;
  window: DayWindow;
  how: PlacementReason;
}

/**
 * Places the plays of one day of one channel. `minimum` comes in fair order: who stands earlier has the earlier right.
 * First at good places, spread over the day; if a play is left over that might have fitted, the day is packed tight
 * instead. `extra` are plays above the minimum and get what is left. The windows given are not changed.
 */
export function solveDay(
  windows: readonly DayWindow[],
  minimum: readonly DayUnit[],
  extra: readonly DayUnit[],
  gapMs: number,
): DayPlacement[] {
  let state = windows.map(copy);
  let placed = spreadOut(state, minimum, gapMs);
  const longest = Math.max(0, ...windows.flatMap(({ holes }) => holes.map((hole) => hole.end - hole.start)));
  const lacking = () => minimum.some((unit) => !placed.has(unit) && unit.demand.durationMs <= longest);
  // Tight around the places that plays had before, so that little moves; and only if that is not enough, all tight.
  for (const keepFormer of minimum.some(({ formerly }) => formerly !== undefined) ? [true, false] : [false]) {
    if (!lacking()) break;
    const tightState = windows.map(copy);
    const tight = packTight(tightState, minimum, gapMs, keepFormer);
    if (!isBetter(minimum, tight, placed)) continue;
    state = tightState;
    placed = tight;
  }
  const missed = minimum.filter((unit) => !placed.has(unit));
  const late = spreadOut(state, missed, gapMs);
  const above = spreadOut(state, extra, gapMs);
  return [placed, late, above].flatMap((part) => [...part.values()]).sort((a, b) => a.start - b.start);
}

/** The first play, in fair order, that only one of the two has decides. */
function isBetter(units: readonly DayUnit[], a: ReadonlyMap<DayUnit, unknown>, b: ReadonlyMap<DayUnit, unknown>) {
  const decisive = units.find((unit) => a.has(unit) !== b.has(unit));
  return decisive !== undefined && a.has(decisive);
}

/**
 * First those that can stand where they stood: nobody who is new takes such a place. Then one by one: the window with
 * fewest plays of this demand, then the one with most room; inside it at the time that divides the window evenly among
 * the plays it is to have, or as near after it as is free.
 */
function spreadOut(windows: DayWindow[], units: readonly DayUnit[], gapMs: number): Map<DayUnit, DayPlacement> {
  const placed = standAgain(windows, units, gapMs);
  for (const unit of units) {
    if (placed.has(unit)) continue;
    const choice = preferredPlace(windows, unit) ?? goodPlace(windows, unit);
    if (choice) placed.set(unit, occupy(choice, unit, gapMs));
  }
  return placed;
}

function standAgain(windows: DayWindow[], units: readonly DayUnit[], gapMs: number): Map<DayUnit, DayPlacement> {
  const placed = new Map<DayUnit, DayPlacement>();
  for (const unit of units) {
    const choice = formerPlace(windows, unit);
    if (choice) placed.set(unit, occupy(choice, unit, gapMs));
  }
  return placed;
}

function occupy({ window, place, how }: Choice, unit: DayUnit, gapMs: number): DayPlacement {
  take(window.holes, place, gapMs);
  window.plays.set(unit.demand.id, (window.plays.get(unit.demand.id) ?? 0) + 1);
  return { unit, window, start: place.start, end: place.end, how };
}

interface Choice {
  window: DayWindow;
  place: Place;
  how: PlacementReason;
}

function formerPlace(windows: readonly DayWindow[], unit: DayUnit): Choice | undefined {
  if (unit.formerly === undefined) return undefined;
  for (const window of windows) {
    const place = fitAt(window.holes, unit.demand.durationMs, unit.formerly);
    if (place) return { window, place, how: 'former' };
  }
  return undefined;
}

/** A good place among the parts of the day that the demand prefers. */
function preferredPlace(windows: readonly DayWindow[], unit: DayUnit): Choice | undefined {
  const { preferred } = unit;
  if (!preferred) return undefined;
  const parts = windows.flatMap((whole) =>
    preferred.parts(whole.occurrence).map((part) => {
      const occurrence = { ...whole.occurrence, ...part };
      return { whole, occurrence, holes: whole.holes.flatMap((hole) => cut(hole, part)), plays: whole.plays };
    }),
  );
  const choice = parts.length > 0 ? goodPlace(parts, unit) : undefined;
  const whole = parts.find((part) => part === choice?.window)?.whole;
  if (!choice || !whole) return undefined;
  const { start, end } = choice.place;
  const hole = whole.holes.findIndex((range) => range.start <= start && end <= range.end);
  return { window: whole, place: { hole, start, end }, how: 'preferred' };
}

function cut(hole: TimeRange, part: TimeRange): TimeRange[] {
  const both = { start: Math.max(hole.start, part.start), end: Math.min(hole.end, part.end) };
  return both.start < both.end ? [both] : [];
}

function goodPlace(windows: readonly DayWindow[], unit: DayUnit): Choice | undefined {
  const { id, durationMs, spread } = unit.demand;
  const plays = (window: DayWindow) => window.plays.get(id) ?? 0;
  const order =
    spread === 'earliest'
      ? windows
      : [...windows].sort(
          (a, b) => plays(a) - plays(b) || room(b) - room(a) || a.occurrence.start - b.occurrence.start,
        );
  const share = Math.ceil(unit.of / windows.length);
  for (const window of order) {
    const { start, end } = window.occurrence;
    const before = plays(window);
    const target =
      spread === 'earliest' ? start : start + Math.floor(((end - start) * before) / Math.max(share, before + 1));
    const place = fit(window.holes, durationMs, target);
    if (place) return { window, place, how: before === 0 ? 'fresh' : 'again' };
  }
  return undefined;
}

function room(window: DayWindow): number {
  return window.holes.reduce((sum, hole) => sum + hole.end - hole.start, 0);
}

/** Chooses the free stretch of each play so that as many rights as possible are met, then lays each stretch out. */
function packTight(
  windows: DayWindow[],
  all: readonly DayUnit[],
  gapMs: number,
  keepFormer: boolean,
): Map<DayUnit, DayPlacement> {
  const placed = standAgain(windows, keepFormer ? all : [], gapMs);
  const units = all.filter((unit) => !placed.has(unit));
  const stretches = windows.flatMap((window, index) => window.holes.map((hole) => ({ window, index, hole })));
  const bins = stretches.map(({ window, index, hole }) => ({
    window: index,
    size: hole.end - hole.start + gapMs,
    plays: window.plays,
  }));
  const items = units.map(({ demand }) => ({ demandId: demand.id, size: demand.durationMs + gapMs }));
  const binOf = packBins(items, bins);
  stretches.forEach(({ window, hole }, bin) => {
    const inside = units.filter((_, i) => binOf[i] === bin);
    for (const { unit, start } of layOut(hole, inside, gapMs)) {
      const end = start + unit.demand.durationMs;
      const at = window.holes.findIndex((free) => free.start <= start && end <= free.end);
      placed.set(unit, occupy({ window, place: { hole: at, start, end }, how: 'tight' }, unit, gapMs));
    }
  });
  return placed;
}

/** In rounds, so that one clip is not heard twice in a row where others stand between, each round as late as its share of the stretch. */
function layOut(hole: TimeRange, units: readonly DayUnit[], gapMs: number): { unit: DayUnit; start: Instant }[] {
  const seen = new Map<string, number>();
  const rounds = units.map((unit) => {
    const round = seen.get(unit.demand.id) ?? 0;
    seen.set(unit.demand.id, round + 1);
    return { unit, round };
  });
  rounds.sort((a, b) => a.round - b.round);
  const count = Math.max(1, ...seen.values());
  let latest = hole.end + gapMs - units.reduce((sum, { demand }) => sum + demand.durationMs + gapMs, 0);
  let cursor = hole.start;
  return rounds.map(({ unit, round }) => {
    const share = hole.start + Math.floor(((hole.end - hole.start) * round) / count);
    const start = Math.max(cursor, Math.min(share, latest));
    cursor = start + unit.demand.durationMs + gapMs;
    latest += unit.demand.durationMs + gapMs;
    return { unit, start };
  });
}

function copy({ occurrence, holes, plays }: DayWindow): DayWindow {
  return { occurrence, holes: [...holes], plays: new Map(plays) };
}
