import type { EntityManager } from 'typeorm';
import type { Job } from './job.entity.js';

/** The arguments of a running job. */
export interface JobRun {
  readonly job: Job;
  readonly payload: Record<string, unknown>;
  /** Aborted on cancel, on a lost lease and at shutdown. */
  readonly signal: AbortSignal;
  /** Shown to people: a stage in Vietnamese and 0–100. Cheap to call often; only changes are written. */
  progress(stage: string, percent: number): Promise<void>;
  /** Writes the results and the finish in one transaction; throws `lease-lost` when another worker has taken over. */
  finish(work: (tx: EntityManager) => Promise<void>): Promise<void>;
}

export interface JobHandler {
  /** May run twice: it first checks whether the work is already done. */
  run(run: JobRun): Promise<void>;
  /** Runs in the transaction that marks the job failed for good. `reason` is a sentence for a person. */
  failed?(tx: EntityManager, job: Job, reason: string): Promise<void>;
  /** Jobs of this name that may run at once; default 1. */
  concurrency?: number;
  /**
   * Additional places that only jobs of priority 0 use: an emergency never waits for the end of other long work.
   * Default none.
   */
  urgentPlaces?: number;
  /** Pause before attempt n+1 in ms; default 2^n seconds. */
  backoffMs?(attempt: number): number;
}
