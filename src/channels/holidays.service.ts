import { Injectable } from '@nestjs/common';
import { Between, type EntityManager, In, Not } from 'typeorm';
import { isLoudspeaker } from '../shared/channel-kind.js';
import { Clock } from '../shared/clock.js';
import { DomainError, notFound } from '../shared/domain-error.js';
import { newId } from '../shared/ids.js';
import { type LocalDate, localDateOf, showDate, VIETNAM } from '../shared/local-time.js';
import { Database } from '../database/database.js';
import { Events } from '../database/events.js';
import type { Actor } from '../people/access/actor.js';
import { Audit } from '../people/audit/audit.js';
import { Unit } from '../people/units/unit.entity.js';
import { ChannelWindow } from './entities/channel-window.entity.js';
import { Channel } from './entities/channel.entity.js';
import { ChannelRulesChanged } from './entities/channels.events.js';
import { Holiday } from './entities/holiday.entity.js';
import { lockChannels, lockInOrder } from './entities/lock-channels.js';
import { Policy } from './entities/policy.entity.js';
import type { HolidayBody } from './rules.dto.js';

/**
 * The table of holidays: imported from the calendar, edited by people. Windows and policies read days off and flag days
 * from it.
 */
@Injectable()
export class Holidays {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly events: Events,
    private readonly audit: Audit,
  ) {}

  /** All holidays, or those of one year, ordered by date and name. */
  list(year?: string): Promise<Holiday[]> {
    const date = year === undefined ? {} : { date: Between(`${year}-01-01`, `${year}-12-31`) };
    return this.database
      .read()
      .find(Holiday, { where: { active: true, ...date }, order: { date: 'ASC', name: 'ASC' } });
  }

  /** Adds the missing holidays of a year. Holidays that people edited, moved or removed stay as they are. */
  async importYear(actor: Actor, year: number): Promise<{ added: number; kept: number }> {
    // Loaded on use: the calendars of all countries cost a tenth of a second, and the start needs none.
    const { vietnameseHolidays } = await import('./hours/vietnamese-holidays.js');
    const known = vietnameseHolidays(year);
    return this.database.write(async (tx) => {
      await lockInOrder(tx, 'holiday');
      const there = await tx.findBy(Holiday, { ruleKey: In(known.map(({ ruleKey }) => ruleKey)) });
      const sameDay = await tx.findBy(Holiday, { active: true, date: In(known.map(({ date }) => date)) });
      const missing = known.filter(
        ({ ruleKey, date, name }) =>
          !there.some((row) => row.ruleKey === ruleKey) &&
          !sameDay.some((row) => row.date === date && row.name === name),
      );
      const createdAt = this.clock.now();
      const rows = missing.map((holiday) => ({
        id: newId(createdAt),
        ...holiday,
        source: 'date-holidays',
        active: true,
        createdAt,
      }));
      if (rows.length > 0) await tx.insert(Holiday, rows);
      const after = { year, added: rows.length, kept: known.length - rows.length };
      await this.audit.record(tx, actor, {
        action: 'holidays.imported',
        entity: 'holiday',
        entityId: String(year),
        after,
      });
      await this.publishChange(tx, actor, rows, `Nhập ngày lễ năm ${year}`);
      return { added: after.added, kept: after.kept };
    });
  }

  /** Throws `holiday-exists` (409) for the same name on the same date. */
  add(actor: Actor, body: HolidayBody): Promise<Holiday> {
    return this.database.write(async (tx) => {
      await lockInOrder(tx, 'holiday');
      await requireFree(tx, body);
      const createdAt = this.clock.now();
      const row = { id: newId(createdAt), ...body, source: 'nhập tay', ruleKey: null, active: true, createdAt };
      await tx.insert(Holiday, row);
      await this.record(tx, actor, 'holiday.added', row, null);
      await this.publishChange(tx, actor, [row], `Thêm ngày “${row.name}” ${showDate(row.date)}`);
      return row;
    });
  }

  /** Changes date, name, day off or flag day. Throws 404, `holiday-exists` (409). */
  change(actor: Actor, id: string, body: HolidayBody): Promise<Holiday> {
    return this.database.write(async (tx) => {
      await lockInOrder(tx, 'holiday');
      const before = await existing(tx, id);
      await requireFree(tx, body, id);
      await tx.update(Holiday, { id }, body);
      const row = { ...before, ...body };
      await this.record(tx, actor, 'holiday.changed', row, before);
      await this.publishChange(tx, actor, [before, row], `Đổi ngày “${row.name}” ${showDate(row.date)}`);
      return row;
    });
  }

  /** Makes the date an ordinary day again; a later import of its year does not bring the holiday back. Throws 404. */
  async remove(actor: Actor, id: string): Promise<void> {
    await this.database.write(async (tx) => {
      await lockInOrder(tx, 'holiday');
      const before = await existing(tx, id);
      await tx.update(Holiday, { id }, { active: false });
      await this.record(tx, actor, 'holiday.removed', null, before);
      await this.publishChange(tx, actor, [before], `Bỏ ngày “${before.name}” ${showDate(before.date)}`);
    });
  }

  private async record(tx: EntityManager, actor: Actor, action: string, row: Holiday | null, was: Holiday | null) {
    const shown = (holiday: Holiday | null) => {
      if (!holiday) return undefined;
      const { date, name, kind, dayOff, flagDay } = holiday;
      return { date, name, kind, dayOff, flagDay };
    };
    const entityId = (row ?? was)?.id ?? '';
    await this.audit.record(tx, actor, { action, entity: 'holiday', entityId, before: shown(was), after: shown(row) });
  }

  /**
   * Publishes `ChannelRulesChanged` for the channels whose windows, or whose kind of policy, depend on days off or flag
   * days.
   */
  private async publishChange(
    tx: EntityManager,
    actor: Actor,
    rows: readonly Holiday[],
    reason: string,
  ): Promise<void> {
    const today = localDateOf(this.clock.now(), VIETNAM);
    const dates = rows.filter(({ dayOff, flagDay }) => dayOff || flagDay).map(({ date }) => date);
    const days: LocalDate[] = dates.filter((date) => date >= today).sort();
    const [first, last] = [days[0], days.at(-1)];
    if (first === undefined || last === undefined) return;
    const windows = await tx.findBy(ChannelWindow, { active: true, holidays: Not('any') });
    const policies = await tx.findBy(Policy, { holidays: Not('usual') });
    const units = await tx.findBy(Unit, { kind: In(policies.map(({ unitKind }) => unitKind)) });
    const byPolicy = await tx.findBy(Channel, { active: true, unitId: In(units.map(({ id }) => id)) });
    const ruled = byPolicy.filter(({ kind }) => isLoudspeaker(kind)).map(({ id }) => id);
    const ids = [...new Set([...windows.map(({ channelId }) => channelId), ...ruled])].sort();
    if (ids.length === 0) return;
    await lockChannels(tx, ids);
    await this.events.publish(tx, new ChannelRulesChanged(ids, first, last, 'holiday', reason, actor));
  }
}

async function existing(tx: EntityManager, id: string): Promise<Holiday> {
  const found = /^[0-9a-f-]{36}$/.test(id) ? await tx.findOneBy(Holiday, { id, active: true }) : null;
  if (!found) throw notFound();
  return found;
}

async function requireFree(tx: EntityManager, { date, name }: HolidayBody, except = ''): Promise<void> {
  if (!(await tx.existsBy(Holiday, { date, name, active: true, id: Not(except) }))) return;
  throw new DomainError(
    'conflict',
    'holiday-exists',
    { vi: `Ngày ${showDate(date)} đã có “${name}”.`, en: `${date} has “${name}” already.` },
    { field: 'name' },
  );
}
