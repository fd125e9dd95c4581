import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock } from '../shared/clock.js';
import { DomainError } from '../shared/domain-error.js';
import { withLogFields } from '../shared/context.js';
import { Database } from '../database/database.js';
import { StorageError } from '../database/disk/storage-fault.js';
import { Job } from './job.entity.js';
import type { JobRun } from './job-handler.js';
import { Jobs } from './jobs.service.js';
import { JobClaims } from './job-claims.js';

const LEASE_MS = 30_000;
const SHUTTING_DOWN = new Error('shutting down');
/** How many attempts beyond the planned number may be lost with their worker: a power cut is not the job's fault. */
const LOST_WORKERS = 5;

/** A runner that has not looked for work for this long has stopped. */
const SILENT_MS = 30_000;
/** A job that has been due for this long is late: no worker runs it, or there is too much work. */
const LATE_MS = 10 * 60_000;

/**
 * `again`: it failed and will be tried again. `given-back`: the server stops, or cannot store the result. `lost`:
 * another worker has taken over.
 */
export type JobOutcome = 'done' | 'again' | 'failed' | 'given-back' | 'lost';

interface Running {
  name: string;
  abort: AbortController;
  done: Promise<void>;
}

/**
 * Claims due jobs and runs them. All state is in the table; a timer only wakes the runner. A worker that dies keeps its
 * lease for 30 s, then the job is claimed again with the next attempt number, and a late finish of the lost attempt
 * changes nothing. A job that crashes its worker every time is given up after a limited number of attempts.
 */
@Injectable()
export class JobRunner implements BeforeApplicationShutdown {
  private readonly log = new Logger('Jobs');
  /** Attempts, not jobs: one that has lost its lease may still be ending while its successor runs. */
  private readonly running = new Set<Running>();
  private started = false;
  private stopping = false;
  private looking?: Promise<void>;
  private lookAgain = false;
  /** By the monotonic clock. */
  private lookedAt = 0;
  private readonly enders: ((job: Job, outcome: JobOutcome, ms: number) => void)[] = [];

  constructor(
    private readonly jobs: Jobs,
    private readonly claims: JobClaims,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Starts claiming jobs. Throws when a waiting job has no handler here. */
  async start(): Promise<void> {
    const waiting = await this.claims.waitingNames();
    const orphans = waiting.filter((name) => !this.jobs.handlers.has(name));
    if (orphans.length > 0) throw new Error(`jobs without a handler: ${orphans.join(', ')}`);
    this.started = true;
    this.lookedAt = this.clock.monotonic();
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
      .then(() => void (this.lookedAt = this.clock.monotonic()))
      .catch((error: unknown) => this.log.error(`Looking for jobs failed: ${String(error)}`))
      .finally(() => {
        this.looking = undefined;
        if (this.lookAgain) {
          this.lookAgain = false;
          this.wake();
        }
      });
  }

  /** `stopped`: it should work and does not. `late`: something has been due for more than ten minutes. */
  async health(): Promise<'ok' | 'idle' | 'stopped' | 'late'> {
    if (!this.started) return 'idle';
    if (this.clock.monotonic() - this.lookedAt > SILENT_MS) return 'stopped';
    return (await this.claims.isOverdue(LATE_MS)) ? 'late' : 'ok';
  }

  /** Called with every attempt that has ended, and with its duration. Must not throw. */
  onEnded(ender: (job: Job, outcome: JobOutcome, ms: number) => void): void {
    this.enders.push(ender);
  }

  /**
   * Runs everything that is due now and resolves when nothing due is left. For tests, the demo and the command line.
   */
  async drain(): Promise<void> {
    for (;;) {
      const working = this.running.size;
      const taken = await this.takeAll();
      // A job that ran while other names were checked may have ended and left a free place or new work.
      if (taken === 0 && working === 0 && this.running.size === 0) return;
      if (this.running.size > 0) await Promise.race([...this.running].map((one) => one.done));
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.started = false;
    this.stopping = true;
    // A job that is being claimed at this moment must also be told to stop.
    await this.looking;
    for (const one of this.running) one.abort.abort(SHUTTING_DOWN);
    await Promise.allSettled([...this.running].map((one) => one.done));
  }

  /** Returns how many jobs were claimed. */
  private async takeAll(): Promise<number> {
    let taken = 0;
    // Work whose result cannot be stored would be started again and again and use up its attempts.
    if (this.database.fault) return taken;
    for (const [name, handler] of this.jobs.handlers) {
      const places = handler.concurrency ?? 1;
      const urgentPlaces = handler.urgentPlaces ?? 0;
      while (!this.stopping) {
        const working = [...this.running].filter((one) => one.name === name).length;
        if (working >= places + urgentPlaces) break;
        const job = await this.claims.claim(name, LEASE_MS, working >= places ? 0 : undefined);
        if (!job) break;
        const one: Running = { name, abort: new AbortController(), done: Promise.resolve() };
        this.running.add(one);
        taken++;
        one.done = this.run(job, one.abort).finally(() => {
          this.running.delete(one);
          this.wake();
        });
      }
    }
    return taken;
  }

  private run(job: Job, abort: AbortController): Promise<void> {
    const { name, id, attempt } = job;
    return withLogFields({ job: name, jobId: id, attempt }, async () => {
      const begun = performance.now();
      const outcome = await this.attempt(job, abort);
      const ms = performance.now() - begun;
      for (const ender of this.enders) ender(job, outcome, ms);
      this.log.log('Job ended', { outcome, durationMs: Math.round(ms) });
    });
  }

  private async attempt(job: Job, abort: AbortController): Promise<JobOutcome> {
    const handler = this.jobs.handlers.get(job.name);
    if (!handler) return 'lost';
    const renew = setInterval(() => {
      this.claims
        .renew(job, LEASE_MS)
        .then((mine) => {
          if (!mine) abort.abort(new Error('lease lost'));
        })
        .catch((error: unknown) => this.log.warn(`Renewing ${job.name} ${job.key}: ${String(error)}`));
    }, LEASE_MS / 3);
    try {
      if (job.attempt > job.maxAttempts + LOST_WORKERS) throw workersLost(job.attempt - 1);
      let finished = false;
      const run: JobRun = {
        job,
        payload: job.payload,
        signal: abort.signal,
        progress: async (stage, percent) => {
          if (!(await this.claims.progress(job, stage, Math.round(percent)))) abort.abort(new Error('lease lost'));
        },
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
      return 'done';
    } catch (error) {
      // A failure to store the result is not the job's fault.
      const isGivenBack = abort.signal.reason === SHUTTING_DOWN || error instanceof StorageError;
      return await (isGivenBack ? this.release(job) : this.fail(job, error));
    } finally {
      clearInterval(renew);
    }
  }

  private async release(job: Job): Promise<JobOutcome> {
    try {
      await this.claims.release(job);
    } catch (error) {
      // Then the job waits for the end of its lease.
      this.log.warn(`Giving back ${job.name} ${job.key}: ${String(error)}`);
    }
    return 'given-back';
  }

  private async fail(job: Job, error: unknown): Promise<JobOutcome> {
    const reason =
      error instanceof DomainError ? error.sentence.vi : error instanceof Error ? error.message : String(error);
    const handler = this.jobs.handlers.get(job.name);
    try {
      const pause = handler?.backoffMs?.(job.attempt) ?? 1000 * 2 ** job.attempt;
      const last = await this.database.write(async (tx) => {
        const outcome = await this.claims.fail(tx, job, reason, pause);
        if (outcome === 'failed') await handler?.failed?.(tx, job, reason);
        return outcome;
      });
      this.log.warn(`${job.name} ${job.key} attempt ${job.attempt} ${last}: ${reason}`);
      return last === 'waiting' ? 'again' : last === 'failed' ? 'failed' : 'lost';
    } catch (second) {
      // The lease runs out and the job is claimed again; all that is left to do is log it.
      this.log.error(`${job.name} ${job.key}: "${reason}" could not be recorded: ${String(second)}`);
      return 'again';
    }
  }
}

function workersLost(attempts: number): DomainError {
  return new DomainError('unavailable', 'workers-lost', {
    vi: `Đã thử ${attempts} lần mà lần nào máy chủ cũng dừng giữa chừng. Xin báo quản trị viên, rồi yêu cầu lại.`,
    en: `Tried ${attempts} times, and every time the server stopped in the middle. Tell an administrator, then ask again.`,
  });
}
