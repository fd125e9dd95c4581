import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../shared/clock.js';
import { addDays, daysBetween, type LocalDate, localDateOf, weekdayOf } from '../../shared/local-time.js';
import { Config } from '../../config/config.js';
import type { Channel } from '../../channels/entities/channel.entity.js';
import { channelsWithRules, loudspeakers } from '../../channels/channels-with-rules.js';
import { type ChannelDay, channelDays } from '../../channels/hours/window-occurrences.js';
import { ZoneCalendars } from '../../channels/hours/zone-calendar.js';
import { scriptsOf } from './clip-scripts.js';
import { shortfall, type ShortfallPlace, notApproved, notPlanned } from './shortfall-sentences.js';
import type { Shortfall } from '../slots/shortfall.js';
import { withDemands } from './plan-request.js';
import type { SourcedDemand } from '../planning/planning.types.js';
import { minimumOn } from '../planning/possible-plays.js';
import { wantsDay } from '../planning/reconcile-existing.js';
import { plan } from '../planning/slot-planner.js';
import { DAYS_AROUND, GAP_MS } from '../slots/planning-distances.js';
import { CampaignDemands, type DemandScope, type ActiveDemands } from './campaign-demands.service.js';
import { SessionBookends } from '../bookends/session-bookends.service.js';
import type { SlotChanges } from '../slots/slot-changes.js';
import { type PlayCount, playCounts, storedSlots } from '../slots/slot-rows.js';

/** The shortfalls of stored demands: which minimums are not met, why, and what would meet them. */
@Injectable()
export class Shortfalls {
  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly demands: CampaignDemands,
    private readonly bookends: SessionBookends,
  ) {}

  /** The shortfalls on the days that a change touched. */
  async after(tx: EntityManager, changes: SlotChanges): Promise<Shortfall[]> {
    const channelIds = changes.channelIds;
    const dates = channelIds.flatMap((id) => changes.datesOf(id)).sort();
    const touched = new Set(channelIds.flatMap((id) => changes.datesOf(id).map((date) => `${id}|${date}`)));
    const scope = { channelIds, from: dates[0] ?? '', until: dates.at(-1) ?? '' };
    return this.find(tx, scope, (channelId, date) => touched.has(`${channelId}|${date}`));
  }

  /** By day, then channel. Past days are included, with the reason that they are over. */
  async find(
    em: EntityManager,
    scope: DemandScope,
    wanted: (channelId: string, date: LocalDate) => boolean = () => true,
  ): Promise<Shortfall[]> {
    return (await this.first(em, scope, Infinity, wanted)).rows;
  }

  /** Like `find`, for a list that shows at most `most`: the total, and the reasons of those shown. */
  async first(
    em: EntityManager,
    scope: DemandScope,
    most: number,
    wanted: (channelId: string, date: LocalDate) => boolean = () => true,
  ): Promise<{ count: number; rows: Shortfall[] }> {
    const all = await loudspeakers(em, { ids: scope.channelIds });
    const active = await this.demands.active(
      em,
      scope,
      all.map((channel) => ({ channel })),
      false,
    );
    const every = [...active.demands, ...active.silent];
    const ids = new Set(every.flatMap(({ channelIds }) => channelIds));
    const asked = all.filter(({ id }) => ids.has(id));
    if (asked.length === 0) return { count: 0, rows: [] };
    const plays = await playCounts(em, [...ids], scope.from, scope.until);
    const scripts = await scriptsOf(em, plays);
    const short = counted(every, asked, plays, scope, scripts).filter(({ channelId, date }) => wanted(channelId, date));
    const unmet = await this.owed(em, scope, asked, short);
    const rows = await this.explained(em, scope, active, unmet.slice(0, most));
    return { count: unmet.length, rows };
  }

  /** Leaves out what no session of the first days could have held: see `minimumOn`. */
  private async owed(
    em: EntityManager,
    scope: DemandScope,
    channels: readonly Channel[],
    short: readonly UnmetMinimum[],
  ): Promise<UnmetMinimum[]> {
    const { lockMs } = this.config;
    const zones = new Map(channels.map(({ id, zone }) => [id, zone]));
    const isEarly = ({ demand: { since }, channelId, date }: UnmetMinimum) =>
      since !== undefined && date <= localDateOf(since + lockMs, zones.get(channelId) ?? this.config.timeZone);
    const early = short.filter(isEarly);
    if (early.length === 0) return [...short];
    const dates = early.map(({ date }) => date).sort();
    const days = { from: dates[0] ?? scope.from, until: dates.at(-1) ?? scope.until };
    const ids = [...new Set(early.map(({ channelId }) => channelId))];
    const calendars = new ZoneCalendars(days.from, days.until);
    const sessions = new Map<string, ChannelDay>();
    for (const { channel, rules } of await channelsWithRules(em, { ids, days })) {
      for (const day of channelDays(rules, calendars.of(rules.zone), days.from, days.until)) {
        sessions.set(`${channel.id}|${day.date}`, day);
      }
    }
    return short.flatMap((one) => {
      const day = isEarly(one) ? sessions.get(`${one.channelId}|${one.date}`) : undefined;
      if (!day) return [one];
      const wanted = minimumOn(one.demand, day, { lockMs, gapMs: GAP_MS, existing: one.placed });
      return one.placed < wanted ? [{ ...one, wanted }] : [];
    });
  }

  /** Counting is cheap and planning is not: only channels with shortfalls are planned to find the reason. */
  private async explained(
    em: EntityManager,
    scope: DemandScope,
    active: ActiveDemands,
    unmet: readonly UnmetMinimum[],
  ): Promise<Shortfall[]> {
    const ids = new Set(unmet.map(({ channelId }) => channelId));
    if (ids.size === 0) return [];
    const channels = await channelsWithRules(em, { ids: [...ids], days: scope });
    const around = [addDays(scope.from, -DAYS_AROUND), addDays(scope.until, DAYS_AROUND)] as const;
    const stored = await storedSlots(em, [...ids], ...around);
    const settings = await this.bookends.settings(em, channels);
    // Channels are planned independently.
    const demands = active.demands.flatMap((demand) => {
      const channelIds = demand.channelIds.filter((id) => ids.has(id));
      return channelIds.length > 0 ? [{ ...demand, channelIds }] : [];
    });
    const made = plan({
      obligations: demands,
      channels: channels.map(({ rules }) => rules),
      existing: [
        ...withDemands(
          stored.filter(({ role }) => role === 'item'),
          demands,
          await scriptsOf(em, stored),
        ),
        ...channels.flatMap((one) => this.bookends.reserved(one, settings, ...around)),
      ],
      now: this.clock.now(),
      lockMs: this.config.lockMs,
      gapMs: GAP_MS,
      horizon: scope,
    });
    const reasons = new Map(made.shortfalls.map((one) => [`${one.demandId}|${one.channelId}|${one.date}`, one]));
    return unmet.map(({ channelId, ...rest }) => {
      const place = { ...rest, campaign: active.campaigns.get(rest.demand.campaignId)?.name ?? '' };
      if (active.silent.includes(rest.demand)) return notApproved(place);
      const why = reasons.get(`${rest.demand.id}|${channelId}|${rest.date}`);
      return why ? shortfall(place, why.code, why.sentence, why.wouldFree) : notPlanned(place);
    });
  }
}

type UnmetMinimum = Omit<ShortfallPlace, 'campaign'> & { channelId: string };

/** Every channel and day on which a demand has fewer plays than its minimum. */
function counted(
  demands: readonly SourcedDemand[],
  channels: readonly Channel[],
  plays: readonly PlayCount[],
  { from, until }: DemandScope,
  scriptOf: ReadonlyMap<string, string>,
): UnmetMinimum[] {
  const counts = new Map<string, number>();
  for (const { demandId, channelId, date, plays: n } of withDemands(plays, demands, scriptOf)) {
    if (demandId === undefined) continue;
    const key = `${demandId}|${channelId}|${date}`;
    counts.set(key, (counts.get(key) ?? 0) + n);
  }
  const demandsOf = new Map<string, SourcedDemand[]>(channels.map(({ id }) => [id, []]));
  for (const demand of demands) for (const id of demand.channelIds) demandsOf.get(id)?.push(demand);
  return daysBetween(from, until).flatMap((date) => {
    const weekday = weekdayOf(date);
    return channels.flatMap((channel) =>
      (demandsOf.get(channel.id) ?? [])
        .filter((demand) => wantsDay(demand, date, weekday))
        .map((demand) => ({
          channelId: channel.id,
          channel: { code: channel.code, name: channel.name },
          date,
          demand,
          wanted: demand.minPlaysPerDay,
          placed: counts.get(`${demand.id}|${channel.id}|${date}`) ?? 0,
        }))
        .filter(({ wanted, placed }) => placed < wanted),
    );
  });
}
