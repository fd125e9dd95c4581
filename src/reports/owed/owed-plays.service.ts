import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import type { Instant } from '../../shared/clock.js';
import type { LocalDate } from '../../shared/local-time.js';
import { Config } from '../../config/config.js';
import { Clip } from '../../audio/clips/clip.entity.js';
import { channelsWithRules } from '../../channels/channels-with-rules.js';
import { channelDays } from '../../channels/hours/window-occurrences.js';
import { ZoneCalendars } from '../../channels/hours/zone-calendar.js';
import { CampaignDemand } from '../../schedule/demands/campaign-demand.entity.js';
import { possiblePlays } from '../../schedule/planning/possible-plays.js';
import { GAP_MS } from '../../schedule/slots/planning-distances.js';

/** The first plan of each obligation that was planned. */
export interface FirstPlan {
  since: Instant;
  clipIds: ReadonlySet<string>;
}
export type FirstPlans = ReadonlyMap<string, FirstPlan>;

/** Days of one obligation on one channel that fell short of the minimum, `from`–`until` both included. */
export interface ShortOnChannel {
  obligationId: string;
  channelId: string;
  minimum: number;
  from: LocalDate;
  until: LocalDate;
}

/** Days that owe less than the minimum, by `obligationId channelId`: only these days are listed. */
export type OwedDays = ReadonlyMap<string, ReadonlyMap<LocalDate, number>>;

export const owedKey = (obligationId: string, channelId: string) => `${obligationId} ${channelId}`;

/** The length of a play whose clip is not known. */
const USUAL_MS = 60_000;

/** What could have been played: see the README. */
@Injectable()
export class OwedPlays {
  constructor(private readonly config: Config) {}

  /** One statement. */
  async firstPlans(em: EntityManager, campaignIds: readonly string[]): Promise<FirstPlans> {
    const rows = campaignIds.length > 0 ? await em.findBy(CampaignDemand, { campaignId: In([...campaignIds]) }) : [];
    const plans = new Map<string, { since: Instant; clipIds: Set<string> }>();
    for (const { request, since } of rows) {
      if (request.obligationId === undefined) continue;
      const plan = plans.get(request.obligationId) ?? { since, clipIds: new Set() };
      plans.set(request.obligationId, plan);
      plan.since = Math.min(plan.since, since);
      plan.clipIds.add(request.clipId);
    }
    return plans;
  }

  /** Eight statements at most, however many days and channels; none when nothing is short. */
  async of(em: EntityManager, plans: FirstPlans, short: readonly ShortOnChannel[]): Promise<OwedDays> {
    const [first] = short;
    if (!first) return new Map();
    const days = short.reduce(({ from, until }, one) => ({ from: min(from, one.from), until: max(until, one.until) }), {
      from: first.from,
      until: first.until,
    });
    const lengths = await this.lengths(em, plans);
    const ids = [...new Set(short.map(({ channelId }) => channelId))];
    const channels = new Map((await channelsWithRules(em, { ids, days })).map((one) => [one.channel.id, one.rules]));
    const calendars = new ZoneCalendars(days.from, days.until);
    const owed = new Map<string, ReadonlyMap<LocalDate, number>>();
    for (const { obligationId, channelId, minimum, from, until } of short) {
      const rules = channels.get(channelId);
      if (!rules) continue;
      const since = plans.get(obligationId)?.since;
      const play = { durationMs: lengths.get(obligationId) ?? USUAL_MS, gapMs: GAP_MS };
      const earliest = since === undefined ? 0 : since + this.config.lockMs;
      const reduced = channelDays(rules, calendars.of(rules.zone), from, until).flatMap(({ date, sessions }) => {
        const possible = possiblePlays(sessions, { from: earliest, ...play });
        return possible < minimum ? [[date, possible] as const] : [];
      });
      if (reduced.length > 0) owed.set(owedKey(obligationId, channelId), new Map(reduced));
    }
    return owed;
  }

  /** The shortest clip of each obligation: what could be played is not judged by the longest. */
  private async lengths(em: EntityManager, plans: FirstPlans): Promise<ReadonlyMap<string, number>> {
    const ids = [...new Set([...plans.values()].flatMap(({ clipIds }) => [...clipIds]))];
    const clips =
      ids.length > 0 ? await em.find(Clip, { where: { id: In(ids) }, select: { id: true, durationMs: true } }) : [];
    const lengths = new Map(clips.map(({ id, durationMs }) => [id, durationMs]));
    return new Map(
      [...plans].flatMap(([obligationId, { clipIds }]) => {
        const known = [...clipIds].flatMap((id) => lengths.get(id) ?? []);
        return known.length > 0 ? [[obligationId, Math.min(...known)] as const] : [];
      }),
    );
  }
}

const min = (a: string, b: string) => (a < b ? a : b);
const max = (a: string, b: string) => (a > b ? a : b);
