import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../shared/ids.js';
import { Database } from '../database/database.js';
import { ClockWatch } from './clock-watch.service.js';
import { Job } from './job.entity.js';
import type { JobHandler } from './job-handler.js';
import type { JobState } from './job.transitions.js';

export interface NewJob {
  name: string;
  key: string;
  payload?: Record<string, unknown>;
  /** Smaller goes first; 0 emergency, 5 normal. */
  priority?: number;
  /** An instant that people or the law have set; default: at once. */
  runAt?: number;
  /** Alternative to `runAt`: milliseconds from now. */
  inMs?: number;
  maxAttempts?: number;
  /** Run it again even if it was done, failed or cancelled before. */
  again?: boolean;
}

/** Jobs of one name in one state. */
export interface JobCount {
  name: string;
  state: JobState;
  count: number;
  /** When the first waiting job was or is due. */
  firstDueAt: number;
}

/** Adds, counts and cancels jobs. The runner runs them. */
@Injectable()
export class Jobs {
  readonly handlers = new Map<string, JobHandler>();
  private readonly wakers = new Set<() => void>();

  constructor(
    private readonly database: Database,
    private readonly clock: ClockWatch,
  ) {}

  define(name: string, handler: JobHandler): void {
    if (this.handlers.has(name)) throw new Error(`two handlers for the job "${name}"`);
    this.handlers.set(name, handler);
  }

  /** Adds in the caller's transaction. A job of the same name and key that waits or runs is left unchanged. */
  async add(tx: EntityManager, job: NewJob): Promise<void> {
    const now = this.clock.now();
    const fresh = {
      payload: job.payload ?? {},
      state: 'waiting' as const,
      priority: job.priority ?? 5,
      attempt: 0,
      maxAttempts: job.maxAttempts ?? 3,
      runAt: job.runAt ?? now + (job.inMs ?? 0),
      leaseUntil: null,
      stage: null,
      percent: 0,
      reason: null,
      createdAt: now,
      finishedAt: null,
    };
    // Insert first: the unique index decides between two processes that add the same job at once.
    await tx
      .createQueryBuilder()
      .insert()
      .into(Job)
      .values({ ...fresh, payload: () => ':payload', id: newId(now), name: job.name, key: job.key })
      .setParameter('payload', JSON.stringify(fresh.payload))
      .orIgnore()
      .updateEntity(false)
      .execute();
    if (job.again) {
      // The attempt number keeps counting, so that a worker of an earlier round cannot finish this one.
      const { attempt: _, maxAttempts: __, ...reset } = fresh;
      const old = await tx.findOneBy(Job, { name: job.name, key: job.key });
      if (old && ['done', 'failed', 'cancelled'].includes(old.state)) {
        await tx.update(Job, { id: old.id }, { ...reset, maxAttempts: old.attempt + (job.maxAttempts ?? 3) } as object);
      }
    }
    this.database.afterCommit(tx, () => this.wake());
  }

  /**
   * Cancels a waiting or running job; false when there was nothing to cancel. A running handler sees its signal abort.
   */
  async cancel(tx: EntityManager, name: string, key: string): Promise<boolean> {
    const done = await tx
      .createQueryBuilder()
      .update(Job)
      .set({ state: 'cancelled', leaseUntil: null, finishedAt: this.clock.now() })
      .where("name = :name AND \"key\" = :key AND state IN ('waiting', 'running')", { name, key })
      .execute();
    return (done.affected ?? 0) > 0;
  }

  find(name: string, key: string): Promise<Job | null> {
    return this.database.read().findOneBy(Job, { name, key });
  }

  /** Waiting, running and failed jobs. Done and cancelled ones are not counted: their number grows for ever. */
  async counts(): Promise<JobCount[]> {
    const rows = await this.database
      .read()
      .createQueryBuilder(Job, 'job')
      .select(['job.name AS name', 'job.state AS state', 'COUNT(*) AS count', 'MIN(job.run_at) AS first'])
      .where("job.state IN ('waiting', 'running', 'failed')")
      .groupBy('job.name, job.state')
      .getRawMany<{ name: string; state: JobState; count: number | string; first: number | string }>();
    return rows.map(({ name, state, count, first }) => ({
      name,
      state,
      count: Number(count),
      firstDueAt: Number(first),
    }));
  }

  onWake(waker: () => void): void {
    this.wakers.add(waker);
  }

  wake(): void {
    for (const waker of this.wakers) waker();
  }
}
