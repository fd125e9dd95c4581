import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { ClockWatch } from '../../jobs/clock-watch.service.js';
import { JobRunner } from '../../jobs/job-runner.js';
import { Jobs } from '../../jobs/jobs.service.js';
import { HealthChecks } from './health-checks.service.js';
import { Metrics } from './metrics.js';

/** Seconds. A statement takes less than a millisecond, a wait for the disk some milliseconds. */
const DATABASE_SECONDS = [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10];
/** Seconds. Replanning takes some milliseconds, rendering a long recording minutes. */
const JOB_SECONDS = [0.05, 0.25, 1, 5, 30, 120, 600];

/** The metrics of the folders above http/: the database, the jobs and the parts of /health. */
@Injectable()
export class HouseMetrics {
  constructor(
    metrics: Metrics,
    database: Database,
    jobs: Jobs,
    runner: JobRunner,
    clock: ClockWatch,
    health: HealthChecks,
  ) {
    const statements = metrics.histogram(
      'loa_database_seconds',
      'Time of the database; a transaction with the wait for its turn.',
      ['lane', 'kind'],
      DATABASE_SECONDS,
    );
    database.times.onTimed((kind, lane, ms) => statements.observe({ lane, kind }, ms / 1000));
    const ended = metrics.histogram(
      'loa_job_seconds',
      'Attempts of jobs that have ended in this process; renders are render-clip and render-station-call.',
      ['name', 'outcome'],
      JOB_SECONDS,
    );
    runner.onEnded(({ name }, outcome, ms) => ended.observe({ name, outcome }, ms / 1000));
    metrics.gauge('loa_jobs', 'Jobs that wait, run or have failed.', ['name', 'state'], async () =>
      (await jobs.counts()).map(({ name, state, count }) => ({ labels: { name, state }, value: count })),
    );
    metrics.gauge('loa_job_oldest_due_seconds', 'How long the oldest job has been due.', ['name'], async () =>
      (await jobs.counts())
        .filter(({ state }) => state === 'waiting')
        .map(({ name, firstDueAt }) => ({
          labels: { name },
          value: Math.max(0, clock.now() - firstDueAt) / 1000,
        })),
    );
    metrics.gauge('loa_health', 'Parts of /health: 1 works, 0 does not.', ['part', 'word'], () =>
      Promise.all(
        health.all().map(async ([part, check]) => {
          const { works, word } = await check();
          return { labels: { part, word }, value: works ? 1 : 0 };
        }),
      ),
    );
  }
}
