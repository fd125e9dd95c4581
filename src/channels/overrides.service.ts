import { Injectable } from '@nestjs/common';
import { Between, type EntityManager, In } from 'typeorm';
import { Clock } from '../shared/clock.js';
import { DomainError } from '../shared/domain-error.js';
import { newId } from '../shared/ids.js';
import { type LocalDate, showDate } from '../shared/local-time.js';
import { Database } from '../database/database.js';
import { Events } from '../database/events.js';
import type { Actor } from '../people/access/actor.js';
import { Audit } from '../people/audit/audit.js';
import { ChannelWindow } from './entities/channel-window.entity.js';
import type { Channel } from './entities/channel.entity.js';
import { ChannelRulesChanged } from './entities/channels.events.js';
import type { OverrideBody } from './rules.dto.js';
import { inThePast } from './rules-sentences.js';
import { WindowOverride } from './entities/window-override.entity.js';
import { windowOf, Windows } from './windows.service.js';

/** Changes one date of one window: silent, moved, or with a special programme. The series is not touched. */
@Injectable()
export class Overrides {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly events: Events,
    private readonly audit: Audit,
    private readonly windows: Windows,
  ) {}

  /** Active overrides of a channel dated `from`–`until`, both included, with the window's name. Ordered by date. */
  async list(channelId: string, from: LocalDate, until: LocalDate): Promise<(WindowOverride & { window: string })[]> {
    const em = this.database.read();
    const windows = await em.findBy(ChannelWindow, { channelId, active: true });
    const names = new Map(windows.map(({ id, name }) => [id, name]));
    const rows = await em.find(WindowOverride, {
      where: { windowId: In([...names.keys()]), active: true, date: Between(from, until) },
      order: { date: 'ASC', id: 'ASC' },
    });
    return rows.map((row) => ({ ...row, window: names.get(row.windowId) ?? '' }));
  }

  /**
   * Sets what the window does on that date; the previous override becomes inactive and comes back with `undo`. Throws
   * 404, `in-the-past` (422).
   */
  set(
    actor: Actor,
    channelCode: string,
    windowId: string,
    date: LocalDate,
    body: OverrideBody,
  ): Promise<WindowOverride> {
    return this.changing(actor, channelCode, windowId, date, async (tx, { channel, window, active }) => {
      const row: WindowOverride = {
        id: newId(this.clock.now()),
        windowId,
        date,
        kind: body.kind,
        start: body.kind === 'skip' ? null : (body.start ?? null),
        minutes: body.kind === 'skip' ? null : (body.minutes ?? null),
        title: body.kind === 'special' ? (body.title ?? null) : null,
        reason: body.reason,
        active: true,
        previousId: active?.id ?? null,
        createdAt: this.clock.now(),
        createdBy: actor.accountId,
      };
      if (active) await tx.update(WindowOverride, { id: active.id }, { active: false });
      await tx.insert(WindowOverride, row);
      await this.record(tx, actor, channel, 'override.set', row, active);
      await this.publishChange(tx, actor, channel, date, changeSentence(window, row));
      return row;
    });
  }

  /**
   * Undoes the last change: the override before it applies again, or the series. Returns the override that now applies.
   * Throws `nothing-to-undo` (409).
   */
  undo(actor: Actor, channelCode: string, windowId: string, date: LocalDate): Promise<WindowOverride | null> {
    return this.changing(actor, channelCode, windowId, date, async (tx, { channel, window, active }) => {
      if (!active) throw nothingToUndo(date);
      await tx.update(WindowOverride, { id: active.id }, { active: false });
      if (active.previousId) await tx.update(WindowOverride, { id: active.previousId }, { active: true });
      const now = await activeOn(tx, windowId, date);
      await this.record(tx, actor, channel, 'override.undone', active, active);
      const back = now ? changeSentence(window, now) : `“${window.name}” ngày ${showDate(date)} trở lại lịch thường`;
      await this.publishChange(tx, actor, channel, date, back);
      return now;
    });
  }

  /** Removes all changes of that date, so that the series applies again. Does nothing when there is no change. */
  async clear(actor: Actor, channelCode: string, windowId: string, date: LocalDate): Promise<void> {
    await this.changing(actor, channelCode, windowId, date, async (tx, { channel, window, active }) => {
      if (!active) return;
      await tx.update(WindowOverride, { id: active.id }, { active: false });
      await this.record(tx, actor, channel, 'override.removed', active, active);
      await this.publishChange(tx, actor, channel, date, `“${window.name}” ngày ${showDate(date)} trở lại lịch thường`);
    });
  }

  private changing<T>(
    actor: Actor,
    channelCode: string,
    windowId: string,
    date: LocalDate,
    work: (
      tx: EntityManager,
      seen: { channel: Channel; window: ChannelWindow; active: WindowOverride | null },
    ) => Promise<T>,
  ): Promise<T> {
    return this.database.write(async (tx) => {
      const { channel, today } = await this.windows.lockLoudspeaker(tx, actor, channelCode);
      const window = await windowOf(tx, channel.id, windowId);
      if (date < today) throw inThePast('date', date);
      return work(tx, { channel, window, active: await activeOn(tx, windowId, date) });
    });
  }

  private async record(
    tx: EntityManager,
    actor: Actor,
    channel: Channel,
    action: string,
    { id, windowId, date, kind, start, minutes, title, reason }: WindowOverride,
    before: WindowOverride | null,
  ): Promise<void> {
    const after = { channel: channel.code, windowId, date, kind, start, minutes, title, reason };
    const was = before && { kind: before.kind, start: before.start, minutes: before.minutes, title: before.title };
    await this.audit.record(tx, actor, {
      action,
      entity: 'window_override',
      entityId: id,
      unitId: channel.unitId,
      before: was,
      after: action === 'override.set' ? after : { channel: channel.code, windowId, date },
    });
  }

  private async publishChange(
    tx: EntityManager,
    actor: Actor,
    channel: Channel,
    date: LocalDate,
    reason: string,
  ): Promise<void> {
    await this.events.publish(tx, new ChannelRulesChanged([channel.id], date, date, 'override', reason, actor));
  }
}

function activeOn(tx: EntityManager, windowId: string, date: LocalDate): Promise<WindowOverride | null> {
  return tx.findOneBy(WindowOverride, { windowId, date, active: true });
}

function changeSentence(window: ChannelWindow, { kind, date, start, minutes, title, reason }: WindowOverride): string {
  const when = `“${window.name}” ngày ${showDate(date)}`;
  const to = [start && `lúc ${start}`, minutes && `${minutes} phút`].filter(Boolean).join(', ');
  if (kind === 'skip') return `${when} không phát: ${reason}`;
  if (kind === 'move') return `${when} phát ${to}: ${reason}`;
  return `${when} có chương trình đặc biệt${title ? ` “${title}”` : ''}${to ? ` ${to}` : ''}: ${reason}`;
}

function nothingToUndo(date: LocalDate): DomainError {
  return new DomainError('conflict', 'nothing-to-undo', {
    vi: `Ngày ${showDate(date)} đang theo lịch thường, không có gì để hoàn tác.`,
    en: `${date} follows the series; there is nothing to undo.`,
  });
}
