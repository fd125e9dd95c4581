import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock } from '../shared/clock.js';
import { DomainError } from '../shared/domain-error.js';
import { Database } from '../database/database.js';
import { Job } from './job.entity.js';
import type { JobRun } from './job-handler.js';
import { Jobs } from './jobs.service.js';
import { JobClaims } from './job-claims.js';

const LEASE_MS = 30_000;

/**
 * Claims due jobs and runs them. The table remembers; a timer only wakes. A worker that dies keeps its
 * lease for 30 s, then the job is claimed again with the next attempt number, and a late finish of the
 * lost attempt changes nothing.
 */
@Injectable()
export class JobRunner implements BeforeApplicationShutdown {
  private readonly log = new Logger('Jobs');
  private readonly running = new Map<string, { name: string; abort: AbortController; done: Promise<void> }>();
  private started = false;
  private looking?: Promise<void>;
  private lookAgain = false;

  constructor(
    private readonly jobs: Jobs,
    private readonly claims: JobClaims,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Starts taking jobs. Refuses when a job waits that nobody here can do. */
  async start(): Promise<void> {
    const waiting = await this.claims.waitingNames();
    const orphans = waiting.filter((name) => !this.jobs.handlers.has(name));
    if (orphans.length > 0) throw new Error(`jobs without a handler: ${orphans.join(', ')}`);
    this.started = true;
    this.jobs.onWake(() => this.wake());
    this.wake();
  }

  @Interval(1000)
  wake(): void {
    if (!this.started) return;
    if (this.looking) {
      this.lookAgain = true;
      return;
    }
    this.looking = this.takeAll()
      .catch((error: unknown) => this.log.error(`Looking for jobs failed: ${String(error)}`))
      .finally(() => {
        this.looking = undefined;
        if (this.lookAgain) {
          this.lookAgain = false;
          this.wake();
        }
      });
  }

  /** Runs everything that is due now and resolves when nothing due is left. For tests, the demo and the command line. */
  async drain(): Promise<void> {
    for (;;) {
      await this.takeAll();
      if (this.running.size === 0) return;
      await Promise.race([...this.running.values()].map((one) => one.done));
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.started = false;
    for (const one of this.running.values()) one.abort.abort(new Error('shutting down'));
    await this.looking;
    await Promise.allSettled([...this.running.values()].map((one) => one.done));
  }

  private async takeAll(): Promise<void> {
    for (const [name, handler] of this.jobs.handlers) {
      const limit = handler.concurrency ?? 1;
      while ([...this.running.values()].filter((one) => one.name === name).length < limit) {
        const job = await this.claims.claim(name, LEASE_MS);
        if (!job) break;
        const abort = new AbortController();
        const done = this.run(job, abort).finally(() => {
          this.running.delete(job.id);
          this.wake();
        });
        this.running.set(job.id, { name, abort, done });
      }
    }
  }

  private async run(job: Job, abort: AbortController): Promise<void> {
    const handler = this.jobs.handlers.get(job.name);
    if (!handler) return;
    const renew = setInterval(() => {
      this.claims
        .renew(job, LEASE_MS)
        .then((mine) => {
          if (!mine) abort.abort(new Error('lease lost'));
        })
        .catch((error: unknown) => this.log.warn(`Renewing ${job.name} ${job.key}: ${String(error)}`));
    }, LEASE_MS / 3);
    try {
      let finished = false;
      const run: JobRun = {
        job,
        payload: job.payload,
        signal: abort.signal,
        progress: (stage, percent) => this.claims.progress(job, stage, Math.round(percent)),
        finish: async (work) => {
          await this.database.write(async (tx) => {
            await this.claims.finish(tx, job);
            await work(tx);
          });
          finished = true;
        },
      };
      await handler.run(run);
      if (!finished) await run.finish(async () => undefined);
    } catch (error) {
      await this.fail(job, error);
    } finally {
      clearInterval(renew);
    }
  }

  private async fail(job: Job, error: unknown): Promise<void> {
    const reason =
      error instanceof DomainError ? error.sentence.vi : error instanceof Error ? error.message : String(error);
    const handler = this.jobs.handlers.get(job.name);
    try {
      const pause = handler?.backoffMs?.(job.attempt) ?? 1000 * 2 ** job.attempt;
      const last = await this.database.write(async (tx) => {
        const outcome = await this.claims.fail(tx, job, reason, this.clock.now() + pause);
        if (outcome === 'failed') await handler?.failed?.(tx, job, reason);
        return outcome;
      });
      this.log.warn(`${job.name} ${job.key} attempt ${job.attempt} ${last}: ${reason}`);
    } catch (second) {
      // The lease runs out and the job is claimed again; saying so is all that is left.
      this.log.error(`${job.name} ${job.key}: "${reason}" could not be recorded: ${String(second)}`);
    }
  }
}
