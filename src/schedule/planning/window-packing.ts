import type { Instant } from '../../shared/clock.js';
import { contains, type TimeRange } from '../../shared/time-range.js';
import { IntervalSet } from '../../channels/hours/interval-set.js';
import type { ExistingSlot } from '../slots/existing-slot.js';
import type { Occurrence } from '../../channels/hours/hours.types.js';
import { takesTime } from '../slots/slot.transitions.js';

export interface PackItem {
  id: string;
  /** Measured from the clip. */
  durationMs: number;
}

export interface PackPlacement extends TimeRange {
  itemId: string;
}

/**
 * Packs items in their order, each at the first place of the occurrence where it fits after the one before it, `gapMs`
 * away from its neighbours. `unplaced` lists the ids without a place; a later, shorter item may still be placed.
 */
export function pack(
  occurrence: TimeRange,
  items: readonly PackItem[],
  gapMs: number,
  existing: readonly ExistingSlot[],
): { placements: PackPlacement[]; unplaced: string[] } {
  const holes = occupied(existing).holes(occurrence, gapMs);
  const placements: PackPlacement[] = [];
  const unplaced: string[] = [];
  let cursor = occurrence.start;
  for (const { id, durationMs } of items) {
    const hole = holes.find(({ start, end }) => Math.max(start, cursor) + durationMs <= end);
    if (hole) {
      const start = Math.max(hole.start, cursor);
      placements.push({ itemId: id, start, end: start + durationMs });
      cursor = start + durationMs + gapMs;
    } else {
      unplaced.push(id);
    }
  }
  return { placements, unplaced };
}

/**
 * How full one window opening is, in ms. A slot belongs to the occurrence in which it begins: `filledMs` is the time
 * that slots take of it, `shortMs` the silence, `overMs` how far the last slot runs past its end.
 */
export function fillOf(
  occurrence: Pick<Occurrence, 'start' | 'end'>,
  slots: readonly Pick<ExistingSlot, 'state' | 'start' | 'end'>[],
): { filledMs: number; shortMs: number; overMs: number } {
  const own = slots.filter((s) => takesTime(s.state) && s.start >= occurrence.start && s.start < occurrence.end);
  const filledMs = IntervalSet.of(own)
    .parts(occurrence)
    .reduce((sum, part) => sum + part.end - part.start, 0);
  const overMs = own.reduce((most, slot) => Math.max(most, slot.end - occurrence.end), 0);
  return { filledMs, shortMs: occurrence.end - occurrence.start - filledMs, overMs };
}

/** The time that slots take on a channel; pass the slots of one channel only. */
export function occupied(slots: readonly ExistingSlot[]): IntervalSet {
  return IntervalSet.of(slots.filter((slot) => takesTime(slot.state)));
}

export interface Place extends TimeRange {
  /** The index of the hole that contains it. */
  hole: number;
}

/** The first place at or after `target`; without one, the last place before it. Holes are sorted and disjoint. */
export function fit(holes: readonly TimeRange[], durationMs: number, target: Instant): Place | undefined {
  for (let hole = 0; hole < holes.length; hole++) {
    const start = Math.max(holes[hole]!.start, target);
    if (start + durationMs <= holes[hole]!.end) return { hole, start, end: start + durationMs };
  }
  for (let hole = holes.length - 1; hole >= 0; hole--) {
    const start = Math.min(holes[hole]!.end - durationMs, target);
    if (start >= holes[hole]!.start) return { hole, start, end: start + durationMs };
  }
  return undefined;
}

/** The place that begins exactly at `start`, if it is free. */
export function fitAt(holes: readonly TimeRange[], durationMs: number, start: Instant): Place | undefined {
  const place = { start, end: start + durationMs };
  const hole = holes.findIndex((range) => contains(range, place));
  return hole < 0 ? undefined : { hole, ...place };
}

/** Cuts a place, and the silence around it, out of its hole. */
export function take(holes: TimeRange[], place: Place, gapMs: number): void {
  const { start, end } = holes[place.hole]!;
  const rest: TimeRange[] = [];
  if (place.start - gapMs > start) rest.push({ start, end: place.start - gapMs });
  if (place.end + gapMs < end) rest.push({ start: place.end + gapMs, end });
  holes.splice(place.hole, 1, ...rest);
}
