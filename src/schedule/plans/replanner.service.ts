import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { type LocalDate } from '../../shared/local-time.js';
import type { Actor } from '../../people/access/actor.js';
import { DemandPlanner } from './demand-planner.service.js';
import { PlanHorizon } from './plan-horizon.service.js';
import { type ChannelWithRules, channelsWithRules } from '../../channels/channels-with-rules.js';
import { lockChannels } from '../../channels/entities/lock-channels.js';
import { PinnedSlots } from './pinned-slots.service.js';
import { Shortfalls } from '../demands/shortfalls.service.js';
import { type ChangeNote, PlanChanges } from './plan-changes.service.js';
import { CampaignDemands } from '../demands/campaign-demands.service.js';
import { SlotChanges } from '../slots/slot-changes.js';
import { type Difference, DIFFERENCE_LIMIT } from '../slots/slot-difference.js';
import { SlotWriter } from '../changes/slot-writer.service.js';
import { Slot } from '../slots/slot.entity.js';

export interface ReplanScope {
  campaignIds?: readonly string[];
  channelIds?: readonly string[];
  /** Local days: from today at the earliest, to the end of what was planned when omitted. */
  from?: LocalDate;
  until?: LocalDate | null;
  /** The rules of these channels have changed: slots that a person placed are checked too, and bookends follow. */
  rules?: boolean;
}

/** Plans stored demands again when something that they depend on has changed, and returns the difference. */
@Injectable()
export class Replanner {
  constructor(
    private readonly horizon: PlanHorizon,
    private readonly demands: CampaignDemands,
    private readonly planner: DemandPlanner,
    private readonly pinned: PinnedSlots,
    private readonly shortfalls: Shortfalls,
    private readonly writer: SlotWriter,
    private readonly changes: PlanChanges,
  ) {}

  /** A second run changes nothing: the planner keeps slots that still meet their demand. */
  async replan(
    tx: EntityManager,
    actor: Actor,
    scope: ReplanScope,
    note: ChangeNote,
  ): Promise<{ difference: Difference; changeId: string | null }> {
    const days = await this.horizon.days(tx, scope);
    const changes = new SlotChanges();
    const channels = await channelsWithRules(tx);
    const query = { campaignIds: scope.campaignIds, channelIds: scope.channelIds, ...days };
    const { demands, fillToMax } = await this.demands.active(tx, query, channels, true);
    if (scope.rules) {
      const targets = channels.filter(({ channel }) => scope.channelIds?.includes(channel.id));
      await lockChannels(tx, [
        ...targets.map(({ channel }) => channel.id),
        ...demands.flatMap((one) => one.channelIds),
      ]);
      // Slots that a person placed come first: the planner then works around them.
      for (const target of targets) await this.pinned.relocate(tx, actor, changes, target, days);
    }
    if (demands.length > 0) await this.planner.plan(tx, actor, changes, { demands, channels, days, fillToMax });
    const written = await this.writer.close(tx, changes, false);
    if (scope.rules) await this.refreshBookends(tx, channels, scope, days);
    const shortfalls = demands.length > 0 || scope.campaignIds ? await this.shortfalls.find(tx, query) : [];
    const difference = {
      ...written,
      shortfalls: shortfalls.slice(0, DIFFERENCE_LIMIT),
      shortfallsTotal: shortfalls.length,
    };
    return { difference, changeId: await this.changes.record(tx, actor, note, difference) };
  }

  /** Moves the opening and closing of a window that moved, also when no item had to move. */
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
