import { Injectable } from '@nestjs/common';
import type { Instant } from '../../shared/clock.js';
import { Database } from '../../database/database.js';
import { Job } from '../../jobs/job.entity.js';
import { Silence, SILENT_AFTER_MINUTES } from '../../stations/silence.service.js';
import { PostHeartbeat } from '../../posts/post-heartbeat.service.js';

/** How the work of the house goes, as the database and those who write to it tell. */
export interface WorkFacts {
  database: 'PostgreSQL' | 'SQLite';
  databaseAnswers: boolean;
  /** The poster's last sign of life; null when it never gave one. */
  poster: { at: Instant; late: boolean } | null;
  silentStations: number;
  /** Jobs that waited longer than `STUCK_MS` for their turn, and those given up in the last day. */
  jobs: { stuck: number; failed: number };
}

const STUCK_MS = 10 * 60_000;
const DAY_MS = 86_400_000;

@Injectable()
export class WorkStatus {
  constructor(
    private readonly database: Database,
    private readonly poster: PostHeartbeat,
    private readonly silence: Silence,
  ) {}

  async at(now: Instant): Promise<WorkFacts> {
    return {
      database: this.database.isPostgres ? 'PostgreSQL' : 'SQLite',
      databaseAnswers: await this.answers(),
      poster: await this.poster.last(),
      silentStations: (await this.silence.silent(now, SILENT_AFTER_MINUTES)).length,
      jobs: await this.jobs(now),
    };
  }

  /** What /health asks of the database: it answers, and keeps what is written. */
  private async answers(): Promise<boolean> {
    if (this.database.fault) return false;
    try {
      await this.database.read().query('SELECT 1');
      return true;
    } catch {
      return false;
    }
  }

  private async jobs(now: Instant): Promise<WorkFacts['jobs']> {
    const jobs = () => this.database.read().createQueryBuilder(Job, 'job');
    const stuck = await jobs()
      .where('job.state = :state AND job.run_at < :limit', { state: 'waiting', limit: now - STUCK_MS })
      .getCount();
    const failed = await jobs()
      .where('job.state = :state AND job.finished_at > :limit', { state: 'failed', limit: now - DAY_MS })
      .getCount();
    return { stuck, failed };
  }
}
