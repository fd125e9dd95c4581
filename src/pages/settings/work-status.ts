import { Injectable } from '@nestjs/common';
import type { Instant } from '../../shared/clock.js';
import { Database } from '../../database/database.js';
import { Job } from '../../jobs/job.entity.js';
import { Silence, SILENT_AFTER_MINUTES } from '../../stations/silence.service.js';
import { PostHeartbeat } from '../../posts/post-heartbeat.service.js';

/** The state of background work, as the database shows it. */
export interface WorkFacts {
  database: 'PostgreSQL' | 'SQLite';
  databaseAnswers: boolean;
  /** The poster's last heartbeat; null when it never ran. */
  poster: { at: Instant; late: boolean } | null;
  silentStations: number;
  /** Jobs that have waited longer than `STUCK_MS`, and jobs that failed for good in the last day. */
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

  /** The database check of /health: it answers and has no storage fault. */
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
