import { Injectable } from '@nestjs/common';
import { type EntityManager, MoreThanOrEqual } from 'typeorm';
import { Clock } from '../../shared/clock.js';
import { addDays, type LocalDate, localDateOf } from '../../shared/local-time.js';
import { Config } from '../../config/config.js';
import { CampaignDemand } from '../demands/campaign-demand.entity.js';
import { Slot } from '../slots/slot.entity.js';

/** Maximum days of one planning run; later days are planned again as they come nearer. */
const LONGEST_DAYS = 365;

/** The local days that a re-planning covers. */
@Injectable()
export class PlanHorizon {
  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** From today or `from`, whichever is later, until `until` or the end of what was planned; 365 days at most. */
  async days(
    tx: EntityManager,
    { from, until }: { from?: LocalDate; until?: LocalDate | null },
  ): Promise<{ from: LocalDate; until: LocalDate }> {
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
}
