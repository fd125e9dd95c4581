import { Injectable } from '@nestjs/common';
import { type EntityManager, In, MoreThanOrEqual } from 'typeorm';
import { Clock } from '../../shared/clock.js';
import { addDays, type LocalDate, localDateOf } from '../../shared/local-time.js';
import { Config } from '../../config/config.js';
import type { Actor } from '../../people/access/actor.js';
import { CampaignDemand } from '../demands/campaign-demand.entity.js';
import { CampaignPlanner } from './campaign-planner.service.js';
import { type ChannelWithRules, channelsWithRules } from '../../channels/channels-with-rules.js';
import { lockChannels } from '../../channels/lock-channels.js';
import { PinnedSlots } from './pinned-slots.service.js';
import { Shortfalls } from '../demands/shortfalls.service.js';
import { type ChangeNote, PlanChanges } from './plan-changes.service.js';
import { CampaignDemands } from '../demands/campaign-demands.service.js';
import { SlotChanges } from '../slots/slot-changes.js';
import { type Difference, DIFFERENCE_LIMIT } from '../slots/slot-difference.js';
import { SlotWriter } from '../changes/slot-writer.service.js';
import { Slot } from '../slots/slot.entity.js';

/** The longest reach of a re-plan; days further away are planned again when they come nearer. */
const LONGEST_DAYS = 365;

export interface ReplanScope {
  campaignIds?: readonly string[];
  channelIds?: readonly string[];
  /** Local days; from today at the earliest, by default to the end of what was planned. */
  from?: LocalDate;
  until?: LocalDate | null;
  /** The rules of these channels have changed: slots placed by people are checked too, and bookends follow. */
  rules?: boolean;
}

/** Plans stored demands again when something under them has changed, and returns the difference. */
@Injectable()
export class Replanner {
  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly demands: CampaignDemands,
    private readonly planner: CampaignPlanner,
    private readonly pinned: PinnedSlots,
    private readonly shortfalls: Shortfalls,
    private readonly writer: SlotWriter,
    private readonly changes: PlanChanges,
  ) {}

  /** Idempotent: the planner keeps slots that still match their demand. */
  async replan(
    tx: EntityManager,
    actor: Actor,
    scope: ReplanScope,
    note: ChangeNote,
  ): Promise<{ difference: Difference; changeId: string | null }> {
    const days = await this.days(tx, scope);
    const changes = new SlotChanges();
    const channels = await channelsWithRules(tx);
    const asked = { campaignIds: scope.campaignIds, channelIds: scope.channelIds, ...days };
    const { demands, fillToMax } = await this.demands.active(tx, asked, channels, true);
    if (scope.rules) {
      const targets = channels.filter(({ channel }) => scope.channelIds?.includes(channel.id));
      await lockChannels(tx, [
        ...targets.map(({ channel }) => channel.id),
        ...demands.flatMap((one) => one.channelIds),
      ]);
      // Slots placed by people go first: the planner then works around them.
      for (const target of targets) await this.pinned.relocate(tx, actor, changes, target, days);
    }
    if (demands.length > 0) await this.planner.plan(tx, actor, changes, { demands, channels, days, fillToMax });
    const written = await this.writer.close(tx, changes, false);
    if (scope.rules) await this.refreshBookends(tx, channels, scope, days);
    const shortfalls = demands.length > 0 || scope.campaignIds ? await this.shortfalls.find(tx, asked) : [];
    const difference = {
      ...written,
      shortfalls: shortfalls.slice(0, DIFFERENCE_LIMIT),
      shortfallsTotal: shortfalls.length,
    };
    return { difference, changeId: await this.changes.record(tx, actor, note, difference) };
  }

  private async days(tx: EntityManager, { from, until }: ReplanScope): Promise<{ from: LocalDate; until: LocalDate }> {
    const today = localDateOf(this.clock.now(), this.config.timeZone);
    const first = from && from > today ? from : today;
    const [latest] = await tx.find(CampaignDemand, { order: { until: 'DESC' }, take: 1 });
    const [lastSlot] = await tx.find(Slot, {
      where: { date: MoreThanOrEqual(first) },
      order: { date: 'DESC' },
      take: 1,
    });
    const ends = [until ?? undefined, ...(until ? [] : [latest?.until, lastSlot?.date])].filter(
      (one) => one !== undefined,
    );
    const last = ends.reduce((a, b) => (a > b ? a : b), first);
    const farthest = addDays(first, LONGEST_DAYS);
    return { from: first, until: last < farthest ? last : farthest };
  }

  /** A moved window takes its opening and closing along, even when no item moved. */
  private async refreshBookends(
    tx: EntityManager,
    channels: readonly ChannelWithRules[],
    { channelIds = [] }: ReplanScope,
    { from, until }: { from: LocalDate; until: LocalDate },
  ): Promise<void> {
    const known = channels.map(({ channel }) => channel.id).filter((id) => channelIds.includes(id));
    const rows = await tx
      .createQueryBuilder(Slot, 's')
      .select('s.channel_id', 'channelId')
      .addSelect('s.date', 'date')
      .distinct(true)
      .where({ channelId: In(known), state: 'planned' as const })
      .andWhere('s.date BETWEEN :from AND :until', { from, until })
      .getRawMany<{ channelId: string; date: string }>();
    for (const id of known) {
      const dates = rows.filter(({ channelId }) => channelId === id).map(({ date }) => date);
      if (dates.length > 0) await this.writer.refresh(tx, id, dates);
    }
  }
}
