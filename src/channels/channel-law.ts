import type { LocalDate } from '../shared/local-time.js';
import type { Channel } from './entities/channel.entity.js';
import type { ChannelWindow } from './entities/channel-window.entity.js';
import { parseDayRule } from './hours/day-rule.js';
import type { Holiday } from './entities/holiday.entity.js';
import { effectiveHours } from './hours/permitted-hours.js';
import type { Policy } from './entities/policy.entity.js';
import type { WindowDays } from './hours/window-days.js';
import type { WindowOverride } from './entities/window-override.entity.js';
import type { PlanChannel, HoursPolicy, WindowRule } from './hours/hours.types.js';

/** The days off and flag days that windows and policies may refer to; the same local dates apply in every zone. */
export interface SpecialDays {
  off: ReadonlySet<LocalDate>;
  flag: ReadonlySet<LocalDate>;
}

/** The stored rules of one channel. */
export interface StoredRules {
  channel: Pick<Channel, 'id' | 'zone' | 'permitted' | 'closures'>;
  windows: readonly ChannelWindow[];
  overrides: readonly WindowOverride[];
  /** The policies that its unit obeys, in any order. */
  policies: readonly Policy[];
  days: SpecialDays;
  /** The result of `policyOf` for these policies, when the caller reads many channels under one law. */
  policy?: HoursPolicy;
}

/** The effective date of policies that were in force before Loa: such a policy needs no takeover day. */
export const EPOCH_DATE: LocalDate = '2000-01-01';

export function specialDays(holidays: readonly Holiday[]): SpecialDays {
  const active = holidays.filter((holiday) => holiday.active);
  return {
    off: new Set(active.filter(({ dayOff }) => dayOff).map(({ date }) => date)),
    flag: new Set(active.filter(({ flagDay }) => flagDay).map(({ date }) => date)),
  };
}

/** Converts the stored rules of a channel to the planner's form. */
export function planChannelOf({ channel, windows, overrides, policies, days, policy }: StoredRules): PlanChannel {
  return {
    id: channel.id,
    zone: channel.zone,
    policy: policy ?? policyOf(channel, policies, days),
    windows: windows.map((window) => windowRuleOf(window, days)),
    overrides: overrides.map(({ windowId, date, kind, start, minutes }) => ({
      windowId,
      date,
      kind,
      start: start ?? undefined,
      minutes: minutes ?? undefined,
    })),
    ...(channel.closures.length > 0 && { closures: channel.closures }),
  };
}

/** Before the first policy of its kind of unit takes effect, only the channel's own hours apply. */
export function policyOf(channel: Pick<Channel, 'permitted'>, rows: readonly Policy[], days: SpecialDays): HoursPolicy {
  const ordered = [...rows]
    .sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1))
    .map((row) => ({ from: row.effectiveFrom, policy: lawOf(channel, row, days) }));
  const first = ordered[0] && ordered[0].from <= EPOCH_DATE ? ordered.shift() : undefined;
  const base = first?.policy ?? { permitted: channel.permitted };
  return ordered.length > 0 ? { ...base, later: ordered } : base;
}

function lawOf(channel: Pick<Channel, 'permitted'>, row: Policy, { off, flag }: SpecialDays): HoursPolicy {
  return {
    permitted: effectiveHours(channel.permitted, row.permitted, row.quiet),
    ...(row.weekdays && { weekdays: row.weekdays }),
    ...(row.sessionsPerDay !== null && { sessionsPerDay: row.sessionsPerDay }),
    ...(row.minutesPerSession !== null && { minutesPerSession: row.minutesPerSession }),
    ...(row.holidays === 'open' && { openDates: new Set([...off, ...flag]) }),
    ...(row.holidays === 'silent' && { silentDates: off }),
  };
}

function windowRuleOf(window: ChannelWindow, days: SpecialDays): WindowRule {
  const { id, channelId, weekdays, start, minutes, from, until } = window;
  const narrowed = windowDaysOf(window, days);
  return {
    id,
    channelId,
    weekdays,
    start,
    minutes,
    from: from ?? undefined,
    until: until ?? undefined,
    ...(narrowed && { days: narrowed }),
  };
}

function windowDaysOf(window: ChannelWindow, { off, flag }: SpecialDays): WindowDays | undefined {
  const { rrule, from, seasonFrom, seasonUntil, holidays } = window;
  const narrowed: WindowDays = {
    ...(rrule !== null && { rule: parseDayRule(rrule, from ?? undefined) }),
    ...(seasonFrom !== null && seasonUntil !== null && { season: { from: seasonFrom, until: seasonUntil } }),
    ...(holidays === 'skip' && { except: off }),
    ...(holidays === 'only' && { only: off }),
    ...(holidays === 'flag-days' && { only: flag }),
  };
  return Object.keys(narrowed).length > 0 ? narrowed : undefined;
}
