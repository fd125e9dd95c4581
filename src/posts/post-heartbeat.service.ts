import { hostname } from 'node:os';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock, type Instant } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { Database } from '../database/database.js';
import { Jobs } from '../jobs/jobs.service.js';
import { WorkerBeat } from './worker-beat.entity.js';

const JOB = 'post-heartbeat';
const NAME = 'posts';
export const BEAT_EVERY_MS = 30_000;
/** Four missed beats: no process posts, or it cannot reach the database. */
export const BEAT_LATE_MS = 120_000;

/**
 * Records that a runner for posts is alive. It is a job like the posts themselves: the runner that would send them
 * writes the heartbeat, so a process that hangs, has lost the database or never started to take jobs writes none. One
 * row for all processes.
 */
@Injectable()
export class PostHeartbeat implements OnModuleInit, OnApplicationBootstrap {
  private readonly log = new Logger('Posts');

  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.define(JOB, {
      run: (run) =>
        run.finish(async (tx) => {
          await this.beat(tx);
          await this.next(tx, BEAT_EVERY_MS);
        }),
      backoffMs: () => BEAT_EVERY_MS,
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    try {
      const soon = this.clock.now() + BEAT_EVERY_MS;
      const job = await this.jobs.find(JOB, NAME);
      await this.database.write(async (tx) => {
        // The machine's clock has been set back: a job that waits for the old time would be silent until then.
        if (job?.state === 'waiting' && job.runAt > soon) await this.jobs.cancel(tx, JOB, NAME);
        await this.next(tx, 0);
      });
    } catch (error) {
      // A full disk is no reason not to start: the screen then says that no process posts.
      this.log.warn(`No sign of life is given: ${String(error)}`);
    }
  }

  /** The last heartbeat; null when there never was one. */
  async last(): Promise<{ at: Instant; late: boolean } | null> {
    const beat = await this.database.read().findOneBy(WorkerBeat, { name: NAME });
    return beat && { at: beat.at, late: Math.abs(this.clock.now() - beat.at) > BEAT_LATE_MS };
  }

  private async beat(tx: EntityManager): Promise<void> {
    const at = this.clock.now();
    const worker = `${hostname()}/${process.pid}`;
    const done = await tx.update(WorkerBeat, { name: NAME }, { at, worker });
    if (done.affected !== 1) await tx.insert(WorkerBeat, { id: newId(at), name: NAME, at, worker });
  }

  private async next(tx: EntityManager, inMs: number): Promise<void> {
    await this.jobs.add(tx, { name: JOB, key: NAME, inMs, again: true, maxAttempts: 100_000 });
  }
}
