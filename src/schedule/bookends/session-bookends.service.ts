import { Injectable } from '@nestjs/common';
import { type EntityManager, In, MoreThan, Not } from 'typeorm';
import { Clock } from '../../shared/clock.js';
import { sha256 } from '../../shared/ids.js';
import { addDays, type LocalDate } from '../../shared/local-time.js';
import { Config } from '../../config/config.js';
import { identTitle } from '../../audio/idents/ident-text.js';
import type { ChannelWithRules } from '../../channels/channels-with-rules.js';
import { type StoredBookends, BookendResolver } from './bookend-resolver.service.js';
import { newSlot } from '../slots/new-slot.js';
import type { Occurrence } from '../../channels/hours/hours.types.js';
import { takesTime } from '../slots/slot.transitions.js';
import { channelOccurrences } from '../../channels/hours/window-occurrences.js';
import { type BookendPart, bookendParts, type BookendSetting, reservedParts } from './bookend-slots.js';
import { Slot } from '../slots/slot.entity.js';
import { insertSlots, type StoredSlot } from '../slots/slot-rows.js';
import { startColumns } from '../slots/start-rule.js';

const INSTEAD = '; lời giới thiệu đài của ngày chưa có hoặc không vừa nên phát bản thu thay.';

/**
 * Openings and closings as slots. They follow from the items of their session: before a change of items, `lift` removes
 * the bookends of those days; afterwards, in the same transaction, `settle` places them again.
 */
@Injectable()
export class SessionBookends {
  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly resolver: BookendResolver,
  ) {}

  settings(em: EntityManager, channels: readonly ChannelWithRules[]): Promise<StoredBookends> {
    return this.resolver.settings(em, channels);
  }

  /** The time that bookends reserve on these days; planner and placement check treat it as taken. */
  reserved(channel: ChannelWithRules, settings: StoredBookends, from: LocalDate, until: LocalDate): StoredSlot[] {
    if (settings.size === 0) return [];
    return channelOccurrences(channel.rules, from, until).flatMap((session) =>
      this.parts(session, settings, (one, setting) => reservedParts(one, setting, this.config.lockMs)).map((part) => ({
        id: bookendKey(part.role, session),
        channelId: channel.channel.id,
        date: session.date,
        start: part.start,
        end: part.end,
        state: 'planned' as const,
        locked: true,
        obligationId: null,
        role: part.role,
      })),
    );
  }

  /**
   * Deletes the future bookends of these days. They are neither a decision of a person nor a record: the playlists keep
   * what was broadcast.
   */
  async lift(tx: EntityManager, channelId: string, dates: readonly LocalDate[]): Promise<void> {
    const where = { channelId, date: In([...dates]), role: Not('item' as const), state: 'planned' as const };
    await tx.delete(Slot, { ...where, startsAt: MoreThan(this.clock.now()) });
  }

  /** Places the bookends of these days; a session that has begun stays as it was. */
  async settle(
    tx: EntityManager,
    channel: ChannelWithRules,
    settings: StoredBookends,
    dates: readonly LocalDate[],
  ): Promise<void> {
    if (settings.size === 0 || dates.length === 0) return;
    const days = [...dates].sort();
    const [from = '', until = ''] = [days[0], days.at(-1)];
    const channelId = channel.channel.id;
    const stored = await tx.find(Slot, { where: { channelId, date: In(neighbours(days)) } });
    const items = stored
      .filter((slot) => slot.role === 'item' && takesTime(slot.state))
      .map(({ startsAt, endsAt }) => ({ start: startsAt, end: endsAt }));
    const keys = new Set(stored.map(({ key }) => key));
    const now = this.clock.now();
    const sessions = channelOccurrences(channel.rules, from, until).filter(({ date }) => days.includes(date));
    const rows = sessions.flatMap((session) =>
      this.parts(session, settings, (one, setting) => bookendParts(one, setting, items, this.config.lockMs))
        .filter((part) => part.start > now && !keys.has(bookendKey(part.role, session)))
        .map((part) => bookendSlot(part, session, now)),
    );
    await insertSlots(tx, rows);
  }

  private parts<T>(
    session: Occurrence,
    settings: StoredBookends,
    make: (session: Occurrence, setting: BookendSetting) => T[],
  ): T[] {
    const setting = settings.get(session.windowId);
    return setting ? make(session, setting) : [];
  }
}

function bookendKey(role: string, { channelId, windowId, date, start }: Occurrence): string {
  return `frame|${role}|${channelId}|${windowId}|${date}|${start}`;
}

/** The same bookend of the same session keeps its id, so that a playlist changes only when the broadcast changes. */
function bookendSlot(part: BookendPart, session: Occurrence, now: number): Slot {
  const key = bookendKey(part.role, session);
  const hex = sha256(key);
  const opening = part.role === 'opening';
  return newSlot({
    id: `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`,
    key,
    channelId: session.channelId,
    windowId: session.windowId,
    date: session.date,
    startsAt: part.start,
    endsAt: part.end,
    clipId: part.clipId,
    stationCallId: part.identId,
    role: part.role,
    title:
      part.identId === null
        ? opening
          ? 'Mở đầu buổi phát'
          : 'Kết thúc buổi phát'
        : identTitle(part.role, session.date),
    why: `${opening ? 'Mở đầu buổi phát' : 'Kết thúc buổi phát, sau lượt cuối cùng'}${part.insteadOfIdent ? INSTEAD : '.'}`,
    ...startColumns(opening ? { rule: 'cut' } : { rule: 'next' }),
    held: true,
    createdAt: now,
    createdBy: null,
  });
}

/** A slot of the day before may still run after midnight. */
function neighbours(days: readonly LocalDate[]): LocalDate[] {
  return [...new Set(days.flatMap((day) => [addDays(day, -1), day, addDays(day, 1)]))];
}
