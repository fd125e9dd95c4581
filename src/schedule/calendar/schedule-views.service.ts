import { Injectable } from '@nestjs/common';
import { notFound } from '../../shared/domain-error.js';
import { addDays, daysBetween, type LocalDate } from '../../shared/local-time.js';
import { Database } from '../../database/database.js';
import { channelsWithRules } from '../../channels/channels-with-rules.js';
import { type DayView, dayView } from './day-view.js';
import { channelOccurrences } from '../../channels/hours/window-occurrences.js';
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
