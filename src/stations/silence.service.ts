import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock, type Instant } from '../shared/clock.js';
import { Database } from '../database/database.js';
import { Events } from '../database/events.js';
import { Metrics } from '../http/metrics/metrics.js';
import { Jobs } from '../jobs/jobs.service.js';
import { systemActor } from '../people/access/actor.js';
import { Audit } from '../people/audit/audit.js';
import { Channel } from '../channels/entities/channel.entity.js';
import { Station } from './station.entity.js';
import { StationSilent } from './stations.events.js';

/** Players call every minute; a quarter of an hour is longer than a restart and shorter than a broadcast session. */
export const SILENT_AFTER_MINUTES = 15;
const JOB = 'station-silent';
const WAKE_MS = 60_000;

/** Detects stations that have stopped calling and reports each silence once: one job per station and last heartbeat. */
@Injectable()
export class Silence implements OnModuleInit {
  private readonly log = new Logger('Stations');

  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.metrics.gauge(
      'loa_stations',
      'Stations in service; silent: not heard of for a quarter of an hour.',
      ['state'],
      () => this.counts(),
    );
    this.jobs.define(JOB, {
      run: async (run) => {
        const { stationId, since } = run.payload as { stationId: string; since: Instant };
        await run.finish(async (tx) => {
          const station = await tx.findOneBy(Station, { id: stationId, active: true });
          if (!station || sinceOf(station) !== since) return; // it has called meanwhile, or is out of service
          const channel = await tx.findOneBy(Channel, { id: station.channelId });
          await this.audit.record(tx, systemActor('giám sát trạm'), {
            action: 'station.silent',
            entity: 'station',
            entityId: station.id,
            unitId: channel?.unitId,
            after: { lastSeenAt: station.lastSeenAt },
          });
          await this.events.publish(tx, new StationSilent(station.id, station.channelId, station.lastSeenAt));
        });
      },
    });
  }

  /**
   * Active stations without a call in the last `minutes` before `now`, longest silence first; for a new one the time
   * counts from its enrolment.
   */
  async silent(now: Instant, minutes: number): Promise<Station[]> {
    return (
      this.database
        .read()
        .createQueryBuilder(Station, 'station')
        // A station of a retired channel may be switched off.
        .innerJoin(Channel, 'channel', 'channel.id = station.channelId AND channel.active = :active')
        .where('station.active = :active', { active: true })
        .andWhere('COALESCE(station.last_seen_at, station.created_at) < :limit', { limit: now - minutes * 60_000 })
        .orderBy('COALESCE(station.last_seen_at, station.created_at)')
        .addOrderBy('station.id')
        .getMany()
    );
  }

  private async counts() {
    const all = await this.database.read().countBy(Station, { active: true });
    const { length } = await this.silent(this.clock.now(), SILENT_AFTER_MINUTES);
    return [
      { labels: { state: 'heard' }, value: Math.max(0, all - length) },
      { labels: { state: 'silent' }, value: length },
    ];
  }

  /** Adds a job for every silence that has not been reported. Returns how many were new. */
  async look(): Promise<number> {
    let added = 0;
    for (const station of await this.silent(this.clock.now(), SILENT_AFTER_MINUTES)) {
      const since = sinceOf(station);
      const key = `${station.id}:${since}`;
      if (await this.jobs.find(JOB, key)) continue;
      const payload = { stationId: station.id, since };
      await this.database.write((tx) => this.jobs.add(tx, { name: JOB, key, payload }));
      added++;
    }
    return added;
  }

  @Interval(WAKE_MS)
  wake(): void {
    this.look().catch((error: unknown) => this.log.error(`Looking for silent stations failed: ${String(error)}`));
  }
}

function sinceOf(station: Station): Instant {
  return station.lastSeenAt ?? station.createdAt;
}
