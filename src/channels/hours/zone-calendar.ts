import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../../shared/clock.js';
import { addDays, instantOf, type LocalDate, type LocalTime, type TimeZone } from '../../shared/local-time.js';

export const MINUTE = 60_000;
export const DAY = 86_400_000;

/** Days since 1970-01-01, so that the next day is one more. */
export function dayNumberOf(date: LocalDate): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY;
}

export function dateOfDay(day: number): LocalDate {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** 1 Monday … 7 Sunday; 1970-01-01 was a Thursday. */
export function weekdayOfDay(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

export function minutesOf(time: LocalTime): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

/** A period without a clock change in the zone: local = instant + offset. */
export interface ClockSegment {
  start: Instant;
  end: Instant;
  offset: number;
}

/**
 * The clocks of one zone over some days, as integers. Temporal is asked once, for the clock changes: a province needs
 * thousands of conversions, and each call of Temporal costs about 8 µs.
 */
export class ZoneCalendar {
  readonly segments: readonly ClockSegment[];
  private readonly first: number;
  private readonly last: number;

  /** Valid from `from` − 9 days to `until` + 9 days. */
  constructor(
    readonly zone: TimeZone,
    from: LocalDate,
    until: LocalDate,
  ) {
    this.first = dayNumberOf(from) - 9;
    this.last = dayNumberOf(until) + 9;
    const end = instantOf(addDays(until, 10), '00:00', zone);
    const segments: ClockSegment[] = [];
    let at: Temporal.ZonedDateTime | null = Temporal.Instant.fromEpochMilliseconds(
      instantOf(addDays(from, -10), '00:00', zone),
    ).toZonedDateTimeISO(zone);
    while (at && at.epochMilliseconds < end) {
      const next: Temporal.ZonedDateTime | null = at.getTimeZoneTransition('next');
      const until = Math.min(next?.epochMilliseconds ?? end, end);
      segments.push({ start: at.epochMilliseconds, end: until, offset: at.offsetNanoseconds / 1e6 });
      at = next;
    }
    this.segments = segments;
  }

  /**
   * The instant at which local clocks show that minute of that day; it agrees with `instantOf`. A minute that the
   * clocks skip uses the offset before the change; a minute that they show twice is the first of the two.
   */
  at(day: number, minute: number): Instant {
    if (day < this.first || day > this.last) throw new RangeError(`day ${day} is outside this calendar`);
    const local = day * DAY + minute * MINUTE;
    let before = 0;
    for (const { start, end, offset } of this.segments) {
      const instant = local - offset;
      if (instant < start) return local - before;
      if (instant < end) return instant;
      before = offset;
    }
    return local - before;
  }

  /** The local day on which `at` falls. */
  dayOf(at: Instant): number {
    return Math.floor((at + this.offsetAt(at)) / DAY);
  }

  /** 'HH:MM' on the clocks of the zone. */
  timeOf(at: Instant): LocalTime {
    const local = at + this.offsetAt(at);
    const minutes = Math.floor((local - Math.floor(local / DAY) * DAY) / MINUTE);
    return `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
  }

  /** '2026-11-25T05:30:00': local date and time, without the zone. */
  clockFaceAt(at: Instant): string {
    return new Date(at + this.offsetAt(at)).toISOString().slice(0, 19);
  }

  private offsetAt(at: Instant): number {
    for (const { end, offset } of this.segments) if (at < end) return offset;
    return this.segments.at(-1)?.offset ?? 0;
  }
}

/** Caches one calendar for each zone during one computation. */
export class ZoneCalendars {
  private readonly byZone = new Map<TimeZone, ZoneCalendar>();

  constructor(
    private readonly from: LocalDate,
    private readonly until: LocalDate,
  ) {}

  of(zone: TimeZone): ZoneCalendar {
    let calendar = this.byZone.get(zone);
    if (!calendar) this.byZone.set(zone, (calendar = new ZoneCalendar(zone, this.from, this.until)));
    return calendar;
  }
}
