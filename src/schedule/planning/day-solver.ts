import type { Instant } from '../../shared/clock.js';
import type { TimeRange } from '../../shared/time-range.js';
import { packBins } from './bin-packing.js';
import type { IntervalSet } from '../../channels/hours/interval-set.js';
import type { PlanDemand } from './planning.types.js';
import type { Occurrence } from '../../channels/hours/hours.types.js';
import { fit, fitAt, take, type Place } from './window-packing.js';

/** One play that a demand still needs on one channel and day. */
export interface DayUnit {
  demand: PlanDemand;
  /** The total number of plays of the demand on the day; spacing is computed for that number. */
  of: number;
  /** The start of a removed play of this demand: the first choice, so that little moves. */
  formerly?: Instant;
  /** The hours that its demand prefers, as instants; without them all places of a window are equal. */
  preferred?: IntervalSet;
}

/** A session of the day with its free stretches, and how often each demand already plays in it. */
export interface DayWindow {
  occurrence: Occurrence;
  holes: TimeRange[];
  plays: Map<string, number>;
  /** When each clip plays in it already. */
  sounds: Map<string, TimeRange[]>;
}

/**
 * `preferred`: in preferred hours. `fresh`: in a window without this clip. `again`: in a window that already has it.
 * `only`: the same, in the only window of the day with room. `earliest`: as soon as there is room. `close`: right beside
 * another play of the clip, because nothing else was free. `former`: at its former place. `tight`: packed so that all
 * minimums fit.
 */
export type PlacementReason = 'fresh' | 'again' | 'only' | 'earliest' | 'close' | 'former' | 'tight' | 'preferred';

/** Two plays of one clip with less silence and nothing between them are heard as one, twice. */
const APART_MS = 60_000;

export interface DayPlacement extends TimeRange {
  unit: DayUnit;
  window: DayWindow;
  how: PlacementReason;
}

/**
 * Places the plays of one day of one channel. `minimum` comes in fair order: earlier units have precedence. Plays are
 * first spread over the day; if a play that might fit is left over, the day is packed tight instead. `extra` are plays
 * above the minimum, which get the remaining room. The given windows are not modified.
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
  const isAnyLeft = () => minimum.some((unit) => !placed.has(unit) && unit.demand.durationMs <= longest);
  // First pack around the former places, so that little moves; if that is not enough, pack everything.
  for (const keepFormer of minimum.some(({ formerly }) => formerly !== undefined) ? [true, false] : [false]) {
    if (!isAnyLeft()) break;
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

/** The first unit, in fair order, that only one of the two results has placed decides. */
function isBetter(units: readonly DayUnit[], a: ReadonlyMap<DayUnit, unknown>, b: ReadonlyMap<DayUnit, unknown>) {
  const decisive = units.find((unit) => a.has(unit) !== b.has(unit));
  return decisive !== undefined && a.has(decisive);
}

/**
 * Units that can keep their former place go first, before any new unit takes it. Then one by one: the window with the
 * fewest plays of this demand, then the one with the most room; inside it at the time that divides the window evenly
 * among its plays, or as soon after it as is free.
 */
function spreadOut(windows: DayWindow[], units: readonly DayUnit[], gapMs: number): Map<DayUnit, DayPlacement> {
  const placed = placeAtFormer(windows, units, gapMs);
  for (const unit of units) {
    if (placed.has(unit)) continue;
    const choice = preferredPlace(windows, unit, gapMs) ?? goodPlace(windows, unit, gapMs);
    if (choice) placed.set(unit, occupy(choice, unit, gapMs));
  }
  return placed;
}

function placeAtFormer(windows: DayWindow[], units: readonly DayUnit[], gapMs: number): Map<DayUnit, DayPlacement> {
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
  const { start, end } = place;
  window.sounds.set(unit.demand.clipId, [...(window.sounds.get(unit.demand.clipId) ?? []), { start, end }]);
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

/** A good place within the preferred hours of the demand. */
function preferredPlace(windows: readonly DayWindow[], unit: DayUnit, gapMs: number): Choice | undefined {
  const { preferred } = unit;
  if (!preferred) return undefined;
  const parts = windows.flatMap((whole) =>
    preferred.parts(whole.occurrence).map((part) => {
      const occurrence = { ...whole.occurrence, ...part };
      return {
        whole,
        occurrence,
        holes: whole.holes.flatMap((hole) => cut(hole, part)),
        plays: whole.plays,
        sounds: whole.sounds,
      };
    }),
  );
  const choice = parts.length > 0 ? goodPlace(parts, unit, gapMs) : undefined;
  const whole = parts.find((part) => part === choice?.window)?.whole;
  if (!choice || !whole) return undefined;
  const { start, end } = choice.place;
  const hole = whole.holes.findIndex((range) => range.start <= start && end <= range.end);
  return { window: whole, place: { hole, start, end }, how: choice.how === 'close' ? 'close' : 'preferred' };
}

function cut(hole: TimeRange, part: TimeRange): TimeRange[] {
  const both = { start: Math.max(hole.start, part.start), end: Math.min(hole.end, part.end) };
  return both.start < both.end ? [both] : [];
}

/** The same clip is not placed beside itself while any window has another place for it. */
function goodPlace(windows: readonly DayWindow[], unit: DayUnit, gapMs: number): Choice | undefined {
  const { id, clipId, durationMs, spread } = unit.demand;
  const plays = (window: DayWindow) => window.plays.get(id) ?? 0;
  const order =
    spread === 'earliest'
      ? windows
      : [...windows].sort(
          (a, b) => plays(a) - plays(b) || room(b) - room(a) || a.occurrence.start - b.occurrence.start,
        );
  const share = Math.ceil(unit.of / windows.length);
  let close: Choice | undefined;
  for (const window of order) {
    const { start, end } = window.occurrence;
    const before = plays(window);
    const target =
      spread === 'earliest' ? start : start + Math.floor(((end - start) * before) / Math.max(share, before + 1));
    const place = fit(window.holes, durationMs, target);
    if (!place) continue;
    const sounds = window.sounds.get(clipId) ?? [];
    const apart = isApart(place, window.holes, sounds, gapMs) ? place : placeApart(window, unit, target, gapMs);
    if (!apart) close ??= { window, place, how: 'close' };
    else return { window, place: apart, how: before === 0 ? 'fresh' : reasonAgain(spread, windows.length) };
  }
  return close;
}

function reasonAgain(spread: PlanDemand['spread'], windows: number): PlacementReason {
  return spread === 'earliest' ? 'earliest' : windows === 1 ? 'only' : 'again';
}

/** True unless a play of the clip borders the same free stretch with less than a minute of silence between. */
function isApart(place: Place, holes: readonly TimeRange[], sounds: readonly TimeRange[], gapMs: number): boolean {
  const hole = holes[place.hole]!;
  return sounds.every(({ start, end }) => {
    const before = end <= place.start && end + gapMs >= hole.start && place.start - end < APART_MS;
    const after = start >= place.end && start - gapMs <= hole.end && start - place.end < APART_MS;
    return !before && !after;
  });
}

/** The place nearest to `target` that is apart from the clip's other plays in the window. */
function placeApart(
  { holes, sounds }: DayWindow,
  { demand }: DayUnit,
  target: Instant,
  gapMs: number,
): Place | undefined {
  const { clipId, durationMs } = demand;
  const own = sounds.get(clipId) ?? [];
  const places = holes.flatMap((range, hole): Place[] => {
    const last = range.end - durationMs;
    const starts = [
      range.start,
      last,
      ...own.flatMap(({ start, end }) => [end + APART_MS, start - APART_MS - durationMs]),
    ];
    return starts
      .filter((start) => range.start <= start && start <= last)
      .map((start) => ({ hole, start, end: start + durationMs }));
  });
  return places
    .filter((place) => isApart(place, holes, own, gapMs))
    .sort((a, b) => Math.abs(a.start - target) - Math.abs(b.start - target) || a.start - b.start)[0];
}

function room(window: DayWindow): number {
  return window.holes.reduce((sum, hole) => sum + hole.end - hole.start, 0);
}

/** Chooses the free stretch of each play so that plays are met in fair order, then lays out each stretch. */
function packTight(
  windows: DayWindow[],
  all: readonly DayUnit[],
  gapMs: number,
  keepFormer: boolean,
): Map<DayUnit, DayPlacement> {
  const placed = placeAtFormer(windows, keepFormer ? all : [], gapMs);
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

/**
 * Lays out in rounds, so that a clip is not heard twice in a row when others can come between; each round starts as
 * late as its share of the stretch.
 */
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

function copy({ occurrence, holes, plays, sounds }: DayWindow): DayWindow {
  return { occurrence, holes: [...holes], plays: new Map(plays), sounds: new Map(sounds) };
}
