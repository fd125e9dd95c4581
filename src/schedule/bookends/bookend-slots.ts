import type { Instant } from '../../shared/clock.js';
import type { LocalDate } from '../../shared/local-time.js';
import { type TimeRange, overlaps } from '../../shared/time-range.js';
import type { Occurrence } from '../../channels/hours/hours.types.js';
import type { SlotRole } from '../slots/slot-kind.js';

/** A clip that opens or closes sessions. */
export interface BookendClip {
  clipId: string;
  durationMs: number;
  /** The local days for which it is approved, both included; null when the approval names no days. */
  days?: { from: LocalDate; until: LocalDate } | null;
}

/** A finished station ident of one day. */
export interface BookendIdent {
  identId: string;
  date: LocalDate;
  readyAt: Instant;
  durationMs: number;
}

/** What opens, or closes, the sessions of a window. */
export interface ResolvedBookend {
  /** For every day; where an ident is wanted, for the days without one. */
  clip: BookendClip | null;
  /**
   * Set when the ident of the day is wanted: the finished idents, latest order first, and the time to reserve while one
   * is missing.
   */
  idents?: { ready: readonly BookendIdent[]; roomMs: number };
}

export interface BookendSetting {
  opening: ResolvedBookend;
  closing: ResolvedBookend;
}

export type BookendRole = Exclude<SlotRole, 'item'>;

/** The clip or ident that is broadcast. `insteadOfIdent`: an ident was wanted and was not ready in time. */
export interface BookendSound {
  clipId: string | null;
  identId: string | null;
  durationMs: number;
  insteadOfIdent: boolean;
}

export interface BookendPart extends TimeRange, BookendSound {
  role: BookendRole;
}

/** Silence before the closing, as between two planned slots. */
const GAP_MS = 2_000;

/**
 * The candidates for one part, best first. An ident counts only for sessions that begin at least `lockMs` after it was
 * ready, since a station already has what plays next. A later call therefore returns the same answer.
 */
function soundsOf(
  { clip, idents }: ResolvedBookend,
  session: Pick<Occurrence, 'date' | 'start'>,
  lockMs: number,
): BookendSound[] {
  const ident = idents?.ready.find(({ date, readyAt }) => date === session.date && readyAt + lockMs <= session.start);
  const sounds: BookendSound[] = [];
  if (ident) sounds.push({ clipId: null, identId: ident.identId, durationMs: ident.durationMs, insteadOfIdent: false });
  if (clip && isApprovedOn(clip, session.date))
    sounds.push({
      clipId: clip.clipId,
      durationMs: clip.durationMs,
      identId: null,
      insteadOfIdent: idents !== undefined,
    });
  return sounds;
}

function isApprovedOn({ days }: BookendClip, date: LocalDate): boolean {
  return !days || (days.from <= date && date <= days.until);
}

/** When idents are too long, the clips take their place. */
const attempts: readonly ((wish: ResolvedBookend) => ResolvedBookend)[] = [
  (wish) => wish,
  ({ clip, idents }) => ({ clip, ...(idents && { idents: { ready: [], roomMs: 0 } }) }),
];

/**
 * The time of a session that its bookends reserve: the opening at the start and, at the end, the closing with the
 * silence before it; for an ident that is not finished, its estimated length. Returns nothing when both would take more
 * than half of the session: the ordered items come before their announcement.
 */
export function reservedParts(
  session: Occurrence,
  { opening, closing }: BookendSetting,
  lockMs: number,
): (TimeRange & { role: BookendRole })[] {
  const { start, end } = session;
  for (const kept of attempts) {
    const openingMs = lengthOf(kept(opening), session, lockMs);
    const closingMs = lengthOf(kept(closing), session, lockMs);
    if (!isModest(session, openingMs, closingMs)) continue;
    const parts: (TimeRange & { role: BookendRole })[] = [];
    if (openingMs > 0) parts.push({ role: 'opening', start, end: start + openingMs });
    if (closingMs > 0) parts.push({ role: 'closing', start: end - closingMs - GAP_MS, end });
    return parts;
  }
  return [];
}

function lengthOf(bookend: ResolvedBookend, session: Occurrence, lockMs: number): number {
  const [first] = soundsOf(bookend, session, lockMs);
  const room = first && !first.insteadOfIdent ? 0 : (bookend.idents?.roomMs ?? 0);
  return Math.max(first?.durationMs ?? 0, room);
}

function isModest({ start, end }: TimeRange, openingMs: number, closingMs: number): boolean {
  return openingMs + (closingMs > 0 ? closingMs + GAP_MS : 0) <= (end - start) / 2;
}

/**
 * The opening and closing of a session that has at least one item: the opening at its start, the closing right after
 * the last item. When an older item occupies the opening's time, that day has no opening. When an ident does not fit,
 * the clip takes its place.
 */
export function bookendParts(
  session: Occurrence,
  setting: BookendSetting,
  items: readonly TimeRange[],
  lockMs: number,
): BookendPart[] {
  const own = items.filter((item) => session.start <= item.start && item.start < session.end);
  if (own.length === 0) return [];
  const last = own.reduce((end, item) => Math.max(end, item.end), 0);
  const starts: Record<BookendRole, Instant> = { opening: session.start, closing: last + GAP_MS };
  const fitting = (role: BookendRole, bookend: ResolvedBookend): BookendPart | undefined =>
    soundsOf(bookend, session, lockMs)
      .map((sound) => ({ ...sound, role, start: starts[role], end: starts[role] + sound.durationMs }))
      .find((part) => part.end <= session.end && !items.some((item) => overlaps(item, part)));
  for (const kept of attempts) {
    const opening = fitting('opening', kept(setting.opening));
    const closing = fitting('closing', kept(setting.closing));
    if (isModest(session, opening?.durationMs ?? 0, closing?.durationMs ?? 0))
      return [opening, closing].filter((part) => part !== undefined);
  }
  return [];
}
