import { Between, type EntityManager, In, IsNull, Not } from 'typeorm';
import { type ChannelKind, isLoudspeaker } from '../shared/channel-kind.js';
import { addDays, instantOf, type LocalDate } from '../shared/local-time.js';
import { ChannelWindow } from './entities/channel-window.entity.js';
import { Channel } from './entities/channel.entity.js';
import { Holiday } from './entities/holiday.entity.js';
import { Policy } from './entities/policy.entity.js';
import { WindowOverride } from './entities/window-override.entity.js';
import { lawOfUnit, unitPlaces } from './place-law.js';
import { planChannelOf, policyOf, type SpecialDays, specialDays } from './channel-law.js';

import type { PlanChannel, HoursPolicy } from './hours/hours.types.js';

/** A channel with its rules in the planner's form. */
export interface ChannelWithRules {
  channel: Channel;
  rules: PlanChannel;
  /** Window names by window id. */
  windowNames: ReadonlyMap<string, string>;
  /** Titles of special programmes by `windowId|date`. */
  programmes?: ReadonlyMap<string, string>;
}

/** A channel with the name of its unit. */
export interface NamedChannel extends ChannelWithRules {
  unit: string;
}

/** Selects all channels, those of one kind, or those with these ids. */
export interface WhichChannels {
  kind?: ChannelKind;
  ids?: readonly string[];
}

interface Days {
  from: LocalDate;
  until: LocalDate;
}

/**
 * Loudspeaker channels, ordered by code: those in use; with `days` also those that were in use on one of them; with
 * `ids` these, retired or not, because their history stays readable and a closure keeps them silent. One statement.
 */
export async function loudspeakers(
  em: EntityManager,
  { kind, ids, days }: WhichChannels & { days?: Days } = {},
): Promise<Channel[]> {
  const inUse = ids || days ? {} : { active: true };
  const found = await em.find(Channel, {
    where: { ...inUse, ...(kind && { kind }), ...(ids && { id: In([...ids]) }) },
    order: { code: 'ASC' },
  });
  const wasInUse = (channel: Channel) => ids !== undefined || channel.active || (days && usedSince(channel, days.from));
  return found.filter((channel) => isLoudspeaker(channel.kind) && wasInUse(channel));
}

function usedSince({ closures, zone }: Channel, date: LocalDate): boolean {
  const retired = closures.at(-1);
  return retired?.retired === true && retired.start > instantOf(date, '00:00', zone);
}

/**
 * Loudspeaker channels (see `loudspeakers`) with their active windows and the law of their place, ordered by code. `days` are the
 * local days of interest: overrides of other dates are not read; sessions of the two days before and the seven days
 * after are still right. At most six statements, whatever the number of channels.
 */
export async function channelsWithRules(
  em: EntityManager,
  which: WhichChannels & { days?: Days } = {},
): Promise<NamedChannel[]> {
  const channels = await loudspeakers(em, which);
  if (channels.length === 0) return [];
  // Without ids, read all rows: naming hundreds of ids costs more than reading them.
  const some = which.ids !== undefined;
  const windows = await em.find(ChannelWindow, {
    where: { active: true, ...(some && { channelId: In(channels.map(({ id }) => id)) }) },
    order: { start: 'ASC', id: 'ASC' },
  });
  const units = await unitPlaces(em, some ? [...new Set(channels.map(({ unitId }) => unitId))] : undefined);
  const policies = await em.find(Policy, {
    where: { placeId: some ? In([...units.keys()]) : Not(IsNull()) },
  });
  const dates = which.days && { date: Between(addDays(which.days.from, -3), addDays(which.days.until, 8)) };
  const changed = some && { windowId: In(windows.map(({ id }) => id)) };
  const overrides = await em.findBy(WindowOverride, { active: true, ...changed, ...dates });
  const asked = windows.some(({ holidays }) => holidays !== 'any') || policies.some((p) => p.holidays !== 'usual');
  const days = specialDays(asked ? await em.findBy(Holiday, { active: true }) : []);
  const windowsOf = groupedBy(windows, ({ channelId }) => channelId);
  const overridesOfWindow = groupedBy(overrides, ({ windowId }) => windowId);
  const laws = new Laws(days);
  return channels.map((channel) => {
    const own = windowsOf.get(channel.id) ?? [];
    const changed = own.flatMap(({ id }) => overridesOfWindow.get(id) ?? []);
    const unit = units.get(channel.unitId);
    const law = unit ? lawOfUnit(unit, units, policies) : [];
    const policy = laws.of(channel, law);
    const rules = planChannelOf({ channel, windows: own, overrides: changed, policies: law, days, policy });
    return {
      channel,
      unit: unit?.name ?? '',
      rules,
      windowNames: new Map(own.map(({ id, name }) => [id, name])),
      programmes: new Map(
        changed.flatMap(({ windowId, date, title }) => (title === null ? [] : [[`${windowId}|${date}`, title]])),
      ),
    };
  });
}

/** Caches the law: a province has hundreds of channels under a few laws, and each is computed once. */
class Laws {
  private readonly known = new Map<string, HoursPolicy>();

  constructor(private readonly days: SpecialDays) {}

  of(channel: Channel, policies: readonly Policy[]): HoursPolicy {
    const rows = policies.map(({ id, effectiveFrom }) => `${id} ${effectiveFrom}`).join(',');
    const key = `${rows} ${JSON.stringify(channel.permitted)}`;
    const policy = this.known.get(key) ?? policyOf(channel, policies, this.days);
    this.known.set(key, policy);
    return policy;
  }
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
