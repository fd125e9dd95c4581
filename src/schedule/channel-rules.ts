import { Between, type EntityManager, In } from 'typeorm';
import { type ChannelKind, isLoudspeaker } from '../shared/channel-kind.js';
import { addDays, type LocalDate } from '../shared/local-time.js';
import { Unit } from '../people/unit.entity.js';
import { ChannelWindow } from '../channels/channel-window.entity.js';
import { Channel } from '../channels/channel.entity.js';
import { Holiday } from '../channels/holiday.entity.js';
import { PolicyRow } from '../channels/policy.entity.js';
import { WindowOverride } from '../channels/window-override.entity.js';
import { planChannelOf, specialDays } from './channel-law.js';

export { lockChannels } from '../channels/lock-channels.js';
import type { PlanChannel } from './planning/planning.types.js';

/** A channel with its rules as the planner takes them. */
export interface ChannelWithRules {
  channel: Channel;
  rules: PlanChannel;
  /** Names of its windows by id. */
  windowNames: ReadonlyMap<string, string>;
  /** What special programmes are called, by `windowId|date`. */
  programmes?: ReadonlyMap<string, string>;
}

/**
 * Active loudspeaker channels with their active windows and the law of their place: all, those of one kind, or those of
 * these ids. By code. `days`: the local days that will be asked about, so that the changes of other dates stay in their table;
 * sessions of the two days before and the seven after are right as well.
 */
export async function channelsWithRules(
  em: EntityManager,
  which: { kind?: ChannelKind; ids?: readonly string[]; days?: { from: LocalDate; until: LocalDate } } = {},
): Promise<ChannelWithRules[]> {
  const found = await em.find(Channel, {
    where: { active: true, ...(which.kind && { kind: which.kind }), ...(which.ids && { id: In([...which.ids]) }) },
    order: { code: 'ASC' },
  });
  const channels = found.filter((channel) => isLoudspeaker(channel.kind));
  if (channels.length === 0) return [];
  const windows = await em.find(ChannelWindow, {
    where: { active: true, channelId: In(channels.map(({ id }) => id)) },
    order: { start: 'ASC', id: 'ASC' },
  });
  const units = await em.find(Unit, { where: { id: In([...new Set(channels.map(({ unitId }) => unitId))]) } });
  const kindOf = new Map(units.map(({ id, kind }) => [id, kind]));
  const policies = await em.find(PolicyRow, { where: { unitKind: In([...new Set(kindOf.values())]) } });
  const overrides = await overridesOf(em, windows, which.days);
  const asked = windows.some(({ holidays }) => holidays !== 'any') || policies.some((p) => p.holidays !== 'usual');
  const days = specialDays(asked ? await em.findBy(Holiday, { active: true }) : []);
  const windowsOf = groupedBy(windows, ({ channelId }) => channelId);
  const overridesOfWindow = groupedBy(overrides, ({ windowId }) => windowId);
  return channels.map((channel) => {
    const own = windowsOf.get(channel.id) ?? [];
    const changed = own.flatMap(({ id }) => overridesOfWindow.get(id) ?? []);
    const rules = planChannelOf({
      channel,
      windows: own,
      overrides: changed,
      policies: policies.filter(({ unitKind }) => unitKind === kindOf.get(channel.unitId)),
      days,
    });
    return {
      channel,
      rules,
      windowNames: new Map(own.map(({ id, name }) => [id, name])),
      programmes: new Map(
        changed.flatMap(({ windowId, date, title }) => (title === null ? [] : [[`${windowId}|${date}`, title]])),
      ),
    };
  });
}

const IDS_A_CALL = 500;

async function overridesOf(
  em: EntityManager,
  windows: readonly ChannelWindow[],
  days?: { from: LocalDate; until: LocalDate },
): Promise<WindowOverride[]> {
  const rows: WindowOverride[] = [];
  const dates = days && { date: Between(addDays(days.from, -3), addDays(days.until, 8)) };
  for (let i = 0; i < windows.length; i += IDS_A_CALL) {
    const windowId = In(windows.slice(i, i + IDS_A_CALL).map(({ id }) => id));
    rows.push(...(await em.findBy(WindowOverride, { active: true, windowId, ...dates })));
  }
  return rows;
}

function groupedBy<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}
