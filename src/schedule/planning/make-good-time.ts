import type { Instant } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { addDays, localDateOf, showDate, type LocalDate } from '../../shared/local-time.js';
import type { TimeRange } from '../../shared/time-range.js';
import { requireSlotRange } from './plan-input.js';
import { requireChannel, requireMoment, requireHorizon } from '../../channels/hours/rules-input.js';
import type { ExistingSlot } from '../slots/existing-slot.js';
import type { PlanChannel } from '../../channels/hours/hours.types.js';
import { channelDays } from '../../channels/hours/window-occurrences.js';
import { occupied } from './window-packing.js';
import { ZoneCalendar } from '../../channels/hours/zone-calendar.js';

/** A slot that would make good another one, once a person or the campaign's setting accepts it. */
export interface MakeGoodProposal extends TimeRange {
  /** One key for each missed slot: accepting twice creates one row. */
  key: string;
  makeGoodFor: string;
  channelId: string;
  windowId: string;
  date: LocalDate;
  demandId?: string;
  clipId?: string;
  why: string;
}

export interface MakeGoodOptions {
  /** Nothing is placed before `now + lockMs`; default 0. */
  lockMs?: number;
  gapMs?: number;
  /** The last useful local day, for instance the campaign's last; default a week from now. */
  until?: LocalDate;
}

const DAYS_AHEAD = 7;
const MAX_DAYS_AHEAD = 31;

/**
 * The first free place, in the next window with room, for a missed or replaced slot. `null` when there is none up to
 * the last day, or when this slot already has a make-good. Throws `not-missed` for a slot in another state.
 */
export function proposeMakeGood(
  missed: ExistingSlot,
  channel: PlanChannel,
  existing: readonly ExistingSlot[],
  now: Instant,
  options: MakeGoodOptions = {},
): MakeGoodProposal | null {
  const { lockMs = 0, gapMs = 0 } = options;
  requireSlotRange(missed, missed.id);
  requireMoment(now, lockMs, gapMs);
  requireChannel(channel);
  if (options.until !== undefined) requireHorizon({ from: options.until, until: options.until });
  if (missed.state !== 'missed' && missed.state !== 'replaced') {
    throw new DomainError(
      'conflict',
      'not-missed',
      {
        vi: 'Chỉ phát bù cho lượt không phát được hoặc bị thay thế.',
        en: 'Only a slot that was missed or replaced is made good.',
      },
      { slotId: missed.id, state: missed.state },
    );
  }
  if (existing.some((slot) => slot.makeGoodFor === missed.id && slot.state !== 'cancelled')) return null;
  const own = existing.filter((slot) => slot.channelId === channel.id);
  const earliest = now + lockMs;
  const today = localDateOf(now, channel.zone);
  const farthest = addDays(today, MAX_DAYS_AHEAD);
  const wanted = options.until ?? addDays(today, DAYS_AHEAD);
  const until = wanted < farthest ? wanted : farthest;
  // Yesterday's last window may still be open after midnight.
  const from = addDays(today, -1);
  const calendar = new ZoneCalendar(channel.zone, from, farthest);
  const taken = occupied(own);
  const length = missed.end - missed.start;
  for (const session of channelDays(channel, calendar, from, until).flatMap((day) => day.sessions)) {
    const open = { start: Math.max(session.start, earliest), end: session.end };
    if (open.start >= open.end) continue;
    const hole = taken.holes(open, gapMs).find(({ start, end }) => end - start >= length);
    if (!hole) continue;
    const attempts = own.filter((slot) => slot.makeGoodFor === missed.id).length;
    return {
      key: `${missed.key ?? missed.id}|make-good${attempts > 0 ? `|${attempts + 1}` : ''}`,
      makeGoodFor: missed.id,
      channelId: channel.id,
      windowId: session.windowId,
      date: session.date,
      start: hole.start,
      end: hole.start + length,
      demandId: missed.demandId,
      clipId: missed.clipId,
      why: `Phát bù lượt ${calendar.timeOf(missed.start)} ngày ${showDate(missed.date)}, vào buổi kế tiếp còn chỗ.`,
    };
  }
  return null;
}
