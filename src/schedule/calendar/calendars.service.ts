import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ChannelKind } from '../../shared/channel-kind.js';
import { Clock } from '../../shared/clock.js';
import { notFound } from '../../shared/domain-error.js';
import { localDateOf, type LocalDate } from '../../shared/local-time.js';
import type { TimeRange } from '../../shared/time-range.js';
import { Database } from '../../database/database.js';
import { type Actor, mayRead } from '../../people/access/actor.js';
import { channelsWithRules, type NamedChannel } from '../../channels/channels-with-rules.js';
import { type Conflict, conflictsAt } from '../slots/slot-conflicts.js';
import { slotTimes, type SlotView, slotViews } from '../slots/slot-view.js';
import { type BoardDay, boardDay } from './board-day.js';
import { found, partOf } from './board-part.js';
import { type Board, board, type ChannelCalendar, channelCalendar } from './calendar.view.js';
import { channelIcs, icsDays } from './channel-ics.js';

/**
 * Months, weeks, boards and iCalendar. Each answer takes the same few queries, however many channels and slots it
 * shows.
 */
@Injectable()
export class Calendars {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Local days `from`–`until` of one channel, both included. Throws 404 unless it is an active loudspeaker channel. */
  async ofChannel(channelId: string, from: LocalDate, until: LocalDate): Promise<ChannelCalendar> {
    const em = this.database.read();
    const [channel] = await channelsWithRules(em, { ids: [channelId], days: { from, until } });
    if (!channel) throw notFound();
    const slots = await slotViews(em, { channelId, from, until });
    return channelCalendar(channel, slots, from, until, this.clock.now());
  }

  /**
   * One local date on every loudspeaker channel that the actor may read; `kind`, `search` and `page` narrow the
   * channels.
   */
  async board(actor: Actor, date: LocalDate, { kind, search, page }: BoardQuestion = {}): Promise<Board> {
    const em = this.database.read();
    const part = partOf(found(await this.visible(em, actor, date, kind), search), page);
    const channelIds = part.channels.map(({ channel }) => channel.id);
    const slots = await slotViews(em, { channelIds, from: date, until: date });
    return board(part, slots, date, this.clock.now());
  }

  /**
   * The figures of the same day, fifty channels a page, and the slots of the page's channels. `names` lists every
   * channel of the kind that the actor may read, by code.
   */
  async boardDay(
    actor: Actor,
    date: LocalDate,
    { kind, search, page = 1 }: BoardQuestion = {},
  ): Promise<BoardDay & { slots: SlotView[]; names: ReadonlyMap<string, string> }> {
    const em = this.database.read();
    const visible = await this.visible(em, actor, date, kind);
    const channels = found(visible, search);
    const ids = channels.map(({ channel }) => channel.id);
    const day = boardDay(channels, await slotTimes(em, ids, date), date, page);
    const channelIds = day.channels.map(({ channelId }) => channelId);
    const slots = await slotViews(em, { channelIds, from: date, until: date });
    return { ...day, slots, names: new Map(visible.map(({ channel }) => [channel.code, channel.name])) };
  }

  /** The slots of a channel that overlap `range`; `except` is the slot being moved. */
  conflicts(channelId: string, range: TimeRange, except?: string): Promise<Conflict[]> {
    return conflictsAt(this.database.read(), channelId, range, except);
  }

  /** RFC 5545, from a week ago to 60 days ahead; `base`: the address of this server, for links back. Throws 404. */
  async ics(channelId: string, base: string): Promise<string> {
    const em = this.database.read();
    const [channel] = await channelsWithRules(em, { ids: [channelId] });
    if (!channel) throw notFound();
    const now = this.clock.now();
    const today = localDateOf(now, channel.rules.zone);
    const { from, until } = icsDays(today);
    const slots = await slotViews(em, { channelId, from, until });
    const { days } = channelCalendar(channel, slots, from, until, now);
    const { code, name } = channel.channel;
    const windows = days.flatMap(({ date, windows }) => windows.map((window) => ({ ...window, date })));
    return channelIcs({ channel: { code, name, unit: channel.unit }, windows, slots, base });
  }

  private async visible(em: EntityManager, actor: Actor, date: LocalDate, kind?: ChannelKind): Promise<NamedChannel[]> {
    const all = await channelsWithRules(em, { kind, days: { from: date, until: date } });
    return all.filter(({ channel }) => mayRead(actor, channel.unitId));
  }
}

/** What a board shows. `page` counts from 1. */
export interface BoardQuestion {
  kind?: ChannelKind;
  search?: string;
  page?: number;
}
