import { Injectable } from '@nestjs/common';
import { type EntityManager, LessThan } from 'typeorm';
import { DomainError } from '../shared/domain-error.js';
import { Database } from '../database/database.js';
import { ClockWatch } from './clock-watch.service.js';
import { JUMP_MS } from './clock-trust.js';
import { Job } from './job.entity.js';

/** Between two attempts of a job that failed. */
const LONGEST_PAUSE_MS = 15 * 60_000;

/** Claim, renew, finish, fail: each one statement, each fenced by the attempt number. */
@Injectable()
export class JobClaims {
  constructor(
    private readonly database: Database,
    private readonly clock: ClockWatch,
  ) {}

  /**
   * The due job with the highest priority, or one whose worker was lost; null when there is none. `upTo`: the highest
   * priority number to take; smaller numbers go first.
   */
  async claim(name: string, leaseMs: number, upTo?: number): Promise<Job | null> {
    const now = this.clock.now();
    const soon = upTo === undefined ? '' : ' AND priority <= :upTo';
    // No pause and no lease is longer than this: a clock that was ahead has written such times.
    const beyond = now + LONGEST_PAUSE_MS + JUMP_MS;
    const waits = "state = 'waiting' AND (run_at <= :now OR (reason IS NOT NULL AND run_at > :beyond))";
    const runs = "state = 'running' AND (lease_until < :now OR lease_until > :beyond)";
    const due = `name = :name${soon} AND ((${waits}) OR (${runs}))`;
    const asked = { name, now, beyond, upTo };
    // Checked outside a transaction first, so that an idle system does not write once a second.
    if (!(await this.database.read().createQueryBuilder(Job, 'job').where(due, asked).getExists())) return null;
    const skip = this.database.isPostgres ? ' FOR UPDATE SKIP LOCKED' : '';
    return this.database.write(async (tx) => {
      const first = `SELECT id FROM job WHERE ${due} ORDER BY priority, run_at, id LIMIT 1${skip}`;
      const found = await tx.createQueryBuilder(Job, 'job').where(`job.id = (${first})`).setParameters(asked).getOne();
      if (!found) return null;
      const attempt = found.attempt + 1;
      const claimed = await tx
        .createQueryBuilder()
        .update(Job)
        .set({ state: 'running', attempt, leaseUntil: now + leaseMs, stage: null, percent: 0, reason: null })
        .where('id = :id AND attempt = :before AND state = :state', {
          id: found.id,
          before: found.attempt,
          state: found.state,
        })
        .execute();
      if (claimed.affected !== 1) return null;
      return Object.assign(found, { state: 'running' as const, attempt, leaseUntil: now + leaseMs });
    });
  }

  /** Whether any job has been due for this long without being started. */
  isOverdue(ms: number): Promise<boolean> {
    const due = { state: 'waiting' as const, runAt: LessThan(this.clock.now() - ms) };
    return this.database.read().existsBy(Job, due);
  }

  /** False when this attempt no longer owns the job: cancelled, or taken over. */
  async renew(job: Job, leaseMs: number): Promise<boolean> {
    return this.database.write(async (tx) => this.change(tx, job, { leaseUntil: this.clock.now() + leaseMs }));
  }

  /** False when this attempt no longer owns the job; true without a query when there is nothing new to write. */
  async progress(job: Job, stage: string, percent: number): Promise<boolean> {
    if (job.stage === stage && job.percent === percent) return true;
    job.stage = stage;
    job.percent = percent;
    return this.database.write((tx) => this.change(tx, job, { stage, percent }));
  }

  /** Gives an unfinished job back at once; the attempt does not count against it. */
  async release(job: Job): Promise<void> {
    const change = {
      state: 'waiting' as const,
      leaseUntil: null,
      runAt: this.clock.now(),
      maxAttempts: job.maxAttempts + 1,
    };
    await this.database.write((tx) => this.change(tx, job, change));
  }

  async finish(tx: EntityManager, job: Job): Promise<void> {
    const change = { state: 'done' as const, percent: 100, leaseUntil: null, finishedAt: this.clock.now() };
    if (await this.change(tx, job, change)) return;
    throw new DomainError('conflict', 'lease-lost', {
      vi: 'Việc này đã bị hủy hoặc được máy khác làm tiếp.',
      en: 'This job was cancelled or taken over.',
    });
  }

  async fail(
    tx: EntityManager,
    job: Job,
    reason: string,
    pauseMs: number,
  ): Promise<'failed' | 'waiting' | 'no longer ours'> {
    const last = job.attempt >= job.maxAttempts;
    const change = last
      ? { state: 'failed' as const, reason, leaseUntil: null, finishedAt: this.clock.now() }
      : {
          state: 'waiting' as const,
          reason,
          leaseUntil: null,
          runAt: this.clock.now() + Math.min(pauseMs, LONGEST_PAUSE_MS),
        };
    if (!(await this.change(tx, job, change))) return 'no longer ours';
    return last ? 'failed' : 'waiting';
  }

  async waitingNames(): Promise<string[]> {
    const rows: { name: string }[] = await this.database
      .read()
      .query(`SELECT DISTINCT name FROM job WHERE state IN ('waiting', 'running')`);
    return rows.map((row) => row.name);
  }

  private async change(tx: EntityManager, job: Job, set: Partial<Omit<Job, 'payload'>>): Promise<boolean> {
    const done = await tx
      .createQueryBuilder()
      .update(Job)
      .set(set)
      .where(`id = :id AND attempt = :attempt AND state = 'running'`, { id: job.id, attempt: job.attempt })
      .execute();
    return done.affected === 1;
  }
}
