import type { LocalDate } from '../shared/local-time.js';
import type { TimeRange } from '../shared/time-range.js';
import { overlaps } from '../shared/time-range.js';
import type { Occurrence } from './planning/planning.types.js';
import type { SlotRole } from './slot-kind.js';

/** A clip that opens or closes sessions. */
export interface FrameClip {
  clipId: string;
  durationMs: number;
  /** The local days for which it is approved, both included; null when that is not said. */
  days?: { from: LocalDate; until: LocalDate } | null;
}

export interface FrameSetting {
  opening: FrameClip | null;
  closing: FrameClip | null;
}

export interface FramePart extends TimeRange {
  role: Exclude<SlotRole, 'item'>;
  clipId: string;
}

/** Silence before the closing, as between two planned slots. */
const GAP_MS = 2_000;

/**
 * The time of one session that its frame keeps free: the opening at its start and, at its end, the closing with the silence
 * before it. Nothing when the two would take more than half of the session: what was ordered goes before how it is announced.
 */
export function reservedParts(session: TimeRange, { opening, closing }: FrameSetting): FramePart[] {
  const openingMs = opening?.durationMs ?? 0;
  const closingMs = closing ? closing.durationMs + GAP_MS : 0;
  if (openingMs + closingMs > (session.end - session.start) / 2) return [];
  const parts: FramePart[] = [];
  if (opening) {
    const { start } = session;
    parts.push({ role: 'opening', clipId: opening.clipId, start, end: start + openingMs });
  }
  if (closing)
    parts.push({ role: 'closing', clipId: closing.clipId, start: session.end - closingMs, end: session.end });
  return parts;
}

/**
 * The opening and closing of a session that has something between them: the opening at the start, the closing right after the
 * last item. Where an item stands in the opening's place since before there was one, there is none that day.
 */
export function frameParts(session: Occurrence, setting: FrameSetting, items: readonly TimeRange[]): FramePart[] {
  const own = items.filter((item) => session.start <= item.start && item.start < session.end);
  if (own.length === 0) return [];
  const last = own.reduce((end, item) => Math.max(end, item.end), 0);
  return reservedParts(session, setting)
    .map((part) => {
      if (part.role === 'opening') return part;
      const start = last + GAP_MS;
      return { ...part, start, end: start + (part.end - part.start) - GAP_MS };
    })
    .filter((part) => part.end <= session.end && !items.some((item) => overlaps(item, part)));
}
