import { Injectable } from '@nestjs/common';
import { notFound } from '../../shared/domain-error.js';
import type { Instant } from '../../shared/clock.js';
import { addDays, daysBetween, type LocalDate, localDateOf, type TimeZone } from '../../shared/local-time.js';
import { Database } from '../../database/database.js';
import { channelsWithRules } from '../../channels/channels-with-rules.js';
import { type DayView, dayView } from './day-view.js';
import { channelDays, channelOccurrences } from '../../channels/hours/window-occurrences.js';
import { MINUTE, ZoneCalendars } from '../../channels/hours/zone-calendar.js';
import { slotViews } from '../slots/slot-view.js';

/** Days and weeks of a channel, for screens and API. */
@Injectable()
export class ScheduleViews {
  constructor(private readonly database: Database) {}

  async day(channelId: string, date: LocalDate): Promise<DayView> {
    const [day] = await this.days(channelId, date, date);
    if (!day) throw notFound();
    return day;
  }

  /**
   * The first local day, from that of `at` on and within a week, on which a session of any active loudspeaker channel
   * still has a minute after `at`; the day of `at` when none has. At most six statements.
   */
  async firstSessionDay(at: Instant, zone: TimeZone): Promise<LocalDate> {
    const today = localDateOf(at, zone);
    const until = addDays(today, 7);
    const channels = await channelsWithRules(this.database.read(), { days: { from: today, until } });
    const calendars = new ZoneCalendars(today, until);
    const first = channels.flatMap(({ rules }) => {
      const days = channelDays(rules, calendars.of(rules.zone), today, until);
      return (
        days.find(({ sessions }) => sessions.some(({ start, end }) => end - Math.max(start, at) >= MINUTE))?.date ?? []
      );
    });
    return first.sort()[0] ?? today;
  }

  week(channelId: string, monday: LocalDate): Promise<DayView[]> {
    return this.days(channelId, monday, addDays(monday, 6));
  }

  /**
   * Local days `from`–`until`, both included. Throws 404 unless it is an active loudspeaker channel; `bad-horizon`
   * (422).
   */
  async days(channelId: string, from: LocalDate, until: LocalDate): Promise<DayView[]> {
    const em = this.database.read();
    const [channel] = await channelsWithRules(em, { ids: [channelId], days: { from, until } });
    if (!channel) throw notFound();
    const sessions = channelOccurrences(channel.rules, from, until);
    const slots = await slotViews(em, { channelId, from, until });
    return daysBetween(from, until).map((date) => dayView(channel, date, sessions, slots));
  }
}
