import type { EntityManager, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { Instant } from '../../shared/clock.js';
import { type LocalDate, localDateOf, type TimeZone } from '../../shared/local-time.js';
import { Channel } from '../../channels/entities/channel.entity.js';
import { Obligation } from '../../directives/obligation.entity.js';
import { Unit } from '../../people/units/unit.entity.js';
import { Slot } from '../../schedule/slots/slot.entity.js';
import { type ProgressChannel, type SlotTally, withFoldedNames } from './build-progress.js';

type Row = Record<string, unknown>;

/** One statement: every channel with its unit, ordered by the name of the unit. */
export async function progressChannels(em: EntityManager): Promise<ProgressChannel[]> {
  const rows = (await em
    .createQueryBuilder(Channel, 'channel')
    .innerJoinAndMapOne('channel.unit', Unit, 'unit', 'unit.id = channel.unitId')
    .orderBy('unit.name')
    .addOrderBy('channel.code')
    .getMany()) as (Channel & { unit: Unit })[];
  return rows.map(({ id, code, name, kind, zone, active, unit }) => {
    const names = { unitCode: unit.code, unitName: unit.name, unitNames: [unit.name, unit.shortName, ...unit.aliases] };
    return withFoldedNames({ id, code, name, kind, zone, active, unitId: unit.id, ...names });
  });
}

/**
 * One statement, one row per obligation and channel however many slots: counted by day first, because a day meets the
 * minimum or does not, then over the days. Each channel's time zone decides which days are over. The innermost count
 * uses an index that contains every column it needs (campaign, obligation, channel, date, state), so that nothing is
 * sorted and no row is read.
 */
export async function slotTallies(
  em: EntityManager,
  campaignIds: readonly string[],
  zones: readonly TimeZone[],
  now: Instant,
): Promise<SlotTally[]> {
  if (campaignIds.length === 0) return [];
  const parameters: Record<string, unknown> = { campaignIds };
  const cases = [...new Set(zones)].map((zone, n) => {
    Object.assign(parameters, { [`zone${n}`]: zone, [`today${n}`]: localDateOf(now, zone) });
    return `WHEN :zone${n} THEN :today${n}`;
  });
  const today = cases.length > 0 ? `CASE channel.zone ${cases.join(' ')} END` : `''`;
  const due = `day.date < ${today} AND day.date >= ${edge('from_date', 'MIN')}`;
  const over = `${due} AND day.date <= ${edge('until_date', 'MAX')}`;
  const minimum = 'COALESCE(duty.min_plays_per_day, 1)';
  const rows: Row[] = await em
    .createQueryBuilder()
    .select('day.obligation_id', 'obligationId')
    .addSelect('day.channel_id', 'channelId')
    .addSelect('SUM(day.played)', 'played')
    .addSelect('SUM(day.missed)', 'missed')
    .addSelect('SUM(day.waiting)', 'waiting')
    .addSelect('SUM(day.late)', 'lateReported')
    .addSelect(
      `SUM(CASE WHEN day.date <= COALESCE(${edge('until_date', 'MAX')}, '9999') THEN day.played ELSE 0 END)`,
      'playedInTime',
    )
    .addSelect(`SUM(CASE WHEN ${due} THEN day.played ELSE 0 END)`, 'playedDue')
    .addSelect(`SUM(CASE WHEN ${due} THEN day.waiting ELSE 0 END)`, 'waitingDue')
    .addSelect(count(`${over} AND day.played >= ${minimum}`), 'daysMet')
    .addSelect(count(`${over} AND day.played < ${minimum} AND day.played + day.waiting >= ${minimum}`), 'daysOpen')
    .from(
      (sub) =>
        sub
          .select('part.obligation_id', 'obligation_id')
          .addSelect('part.channel_id', 'channel_id')
          .addSelect('part.date', 'date')
          .addSelect('SUM(part.played)', 'played')
          .addSelect('SUM(part.missed)', 'missed')
          .addSelect('SUM(part.waiting)', 'waiting')
          .addSelect('SUM(part.late)', 'late')
          .from(partsOfDays, 'part')
          .groupBy('part.obligation_id')
          .addGroupBy('part.channel_id')
          .addGroupBy('part.date'),
      'day',
    )
    .innerJoin(Obligation, 'duty', 'duty.id = day.obligation_id')
    .innerJoin(Channel, 'channel', 'channel.id = day.channel_id')
    .groupBy('day.obligation_id')
    .addGroupBy('day.channel_id')
    .setParameters(parameters)
    .getRawMany();
  return rows.map(slotTally);
}

/** What was placed and played on some days, one row per obligation, channel and day. One statement. */
export async function playsOnDays(
  em: EntityManager,
  campaignIds: readonly string[],
  asked: { obligationIds: readonly string[]; channelIds: readonly string[]; dates: readonly LocalDate[] },
): Promise<
  { obligationId: string; channelId: string; date: LocalDate; played: number; waiting: number; placed: number }[]
> {
  const { obligationIds, channelIds, dates } = asked;
  if (campaignIds.length === 0 || dates.length === 0) return [];
  const rows: Row[] = await partsOfDays(em.createQueryBuilder())
    .andWhere('slot.obligation_id IN (:...obligationIds) AND slot.channel_id IN (:...channelIds)')
    .andWhere('slot.date IN (:...dates)')
    .setParameters({ campaignIds, obligationIds, channelIds, dates })
    .getRawMany();
  return rows.map((row) => {
    const [played, missed, waiting] = ['played', 'missed', 'waiting'].map((name) => Number(row[name])) as [
      number,
      number,
      number,
    ];
    return {
      obligationId: String(row['obligation_id']),
      channelId: String(row['channel_id']),
      date: String(row['date']),
      played,
      waiting,
      placed: played + missed + waiting,
    };
  });
}

/** A miss counts only once it is final, as in the report. */
const missed = `slot.state = 'missed' AND slot.evidence_until IS NULL`;

/** The slots of a day for one obligation usually belong to one campaign, and to several when a letter has several. */
function partsOfDays(query: SelectQueryBuilder<ObjectLiteral>): SelectQueryBuilder<ObjectLiteral> {
  return query
    .select('slot.obligation_id', 'obligation_id')
    .addSelect('slot.channel_id', 'channel_id')
    .addSelect('slot.date', 'date')
    .addSelect(count(`slot.state = 'played'`), 'played')
    .addSelect(count(missed), 'missed')
    .addSelect(
      count(`slot.state = 'planned' OR (slot.state = 'missed' AND slot.evidence_until IS NOT NULL)`),
      'waiting',
    )
    .addSelect(count(`${missed} AND EXISTS ${deviceLog}`), 'late')
    .from(Slot, 'slot')
    .where('slot.campaign_id IN (:...campaignIds) AND slot.obligation_id IS NOT NULL')
    .groupBy('slot.campaign_id')
    .addGroupBy('slot.obligation_id')
    .addGroupBy('slot.channel_id')
    .addGroupBy('slot.date');
}

const deviceLog = `(SELECT 1 FROM as_run run WHERE run.slot_id = slot.id AND run.outcome = 'played' AND run.grade IN ('A', 'B'))`;

/** The obligation's own period, otherwise the days of the campaigns that answer its directive. */
function edge(column: 'from_date' | 'until_date', pick: 'MIN' | 'MAX'): string {
  const campaigns = `(SELECT ${pick}(work.${column}) FROM campaign work WHERE work.directive_id = duty.directive_id)`;
  return `COALESCE(duty.${column}, ${campaigns})`;
}

function count(condition: string): string {
  return `SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END)`;
}

/** PostgreSQL returns sums as text. */
function slotTally(row: Row): SlotTally {
  const n = (name: string) => Number(row[name]);
  const [played, missed, waiting] = [n('played'), n('missed'), n('waiting')];
  return {
    obligationId: String(row['obligationId']),
    channelId: String(row['channelId']),
    planned: played + missed + waiting,
    played,
    missed,
    waiting,
    lateReported: n('lateReported'),
    playedInTime: n('playedInTime'),
    playedDue: n('playedDue'),
    waitingDue: n('waitingDue'),
    daysMet: n('daysMet'),
    daysOpen: n('daysOpen'),
  };
}
