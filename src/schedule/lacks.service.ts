import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../shared/clock.js';
import { addDays, daysBetween, type LocalDate, weekdayOf } from '../shared/local-time.js';
import { Config } from '../config/config.js';
import { type ChannelWithRules, channelsWithRules } from './channel-rules.js';
import { type Lack, lack, notApproved, notPlanned } from './lacks.js';
import { type SourcedDemand, withDemands } from './plan-request.js';
import { countsAsPlay, wantsDay } from './planning/plan.upkeep.js';
import { plan } from './planning/slot.planner.js';
import { DAYS_AROUND, GAP_MS } from './planning-distances.js';
import { RememberedPlans, type RememberedScope } from './remembered-plans.service.js';
import { SessionFrames } from './session-frames.service.js';
import type { SlotChanges } from './slot-changes.js';
import { type StoredSlot, storedSlots } from './slot-rows.js';

/** Which minimums of remembered plans are not met, why, and what would meet them. */
@Injectable()
export class Lacks {
  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly plans: RememberedPlans,
    private readonly frames: SessionFrames,
  ) {}

  /** What a change leaves unmet on the days it touched. */
  async after(tx: EntityManager, changes: SlotChanges): Promise<Lack[]> {
    const channelIds = changes.channelIds;
    const dates = channelIds.flatMap((id) => changes.datesOf(id)).sort();
    const touched = new Set(channelIds.flatMap((id) => changes.datesOf(id).map((date) => `${id}|${date}`)));
    const scope = { channelIds, from: dates[0] ?? '', until: dates.at(-1) ?? '' };
    return this.find(tx, scope, (channelId, date) => touched.has(`${channelId}|${date}`));
  }

  /** By day, then channel. Days of the past are told too: then the reason is that they are over. */
  async find(
    em: EntityManager,
    scope: RememberedScope,
    wanted: (channelId: string, date: LocalDate) => boolean = () => true,
  ): Promise<Lack[]> {
    const all = await channelsWithRules(em, { ids: scope.channelIds });
    const standing = await this.plans.standing(em, scope, all, false);
    const every = [...standing.demands, ...standing.silent];
    const ids = new Set(every.flatMap(({ channelIds }) => channelIds));
    const channels = all.filter(({ channel }) => ids.has(channel.id));
    if (channels.length === 0) return [];
    const around = [addDays(scope.from, -DAYS_AROUND), addDays(scope.until, DAYS_AROUND)] as const;
    const stored = await storedSlots(em, [...ids], ...around);
    // Counting is cheap and planning is not: only what lacks something is asked why.
    const lacking = counted(every, channels, stored, scope).filter(({ channelId, date }) => wanted(channelId, date));
    if (lacking.length === 0) return [];
    const settings = await this.frames.settings(em, channels);
    const made = plan({
      obligations: standing.demands,
      channels: channels.map(({ rules }) => rules),
      existing: [
        ...withDemands(
          stored.filter(({ role }) => role === 'item'),
          standing.demands,
        ),
        ...channels.flatMap((one) => this.frames.reserved(one, settings, ...around)),
      ],
      now: this.clock.now(),
      lockMs: this.config.lockMs,
      gapMs: GAP_MS,
      horizon: scope,
    });
    const unmet = made.shortfalls;
    return lacking.map(({ channelId, ...rest }) => {
      const place = { ...rest, campaign: standing.campaigns.get(rest.demand.campaignId)?.name ?? '' };
      if (standing.silent.includes(rest.demand)) return notApproved(place);
      const why = unmet.find(
        (one) => one.demandId === rest.demand.id && one.channelId === channelId && one.date === rest.date,
      );
      return why ? lack(place, why.code, why.sentence, why.wouldFree) : notPlanned(place);
    });
  }
}

/** Every channel and day on which a demand has fewer plays than its minimum. */
function counted(
  demands: readonly SourcedDemand[],
  channels: readonly ChannelWithRules[],
  stored: readonly StoredSlot[],
  { from, until }: RememberedScope,
) {
  const counts = new Map<string, number>();
  for (const slot of withDemands([...stored], demands)) {
    if (slot.demandId === undefined || !countsAsPlay(slot)) continue;
    const key = `${slot.demandId}|${slot.channelId}|${slot.date}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return daysBetween(from, until).flatMap((date) =>
    channels.flatMap(({ channel }) =>
      demands
        .filter((demand) => demand.channelIds.includes(channel.id) && wantsDay(demand, date, weekdayOf(date)))
        .map((demand) => ({
          channelId: channel.id,
          channel: { code: channel.code, name: channel.name },
          date,
          demand,
          wanted: demand.minPlaysPerDay,
          placed: counts.get(`${demand.id}|${channel.id}|${date}`) ?? 0,
        }))
        .filter(({ wanted, placed }) => placed < wanted),
    ),
  );
}
