import { Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, IntegerColumn, JsonColumn, TextColumn } from '../database/schema/columns.js';
import type { JobState } from './job.transitions.js';

@Entity('job')
export class Job {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @TextColumn()
  name!: string;

  /** What the job is about; one job per name and key. */
  @TextColumn()
  key!: string;

  @JsonColumn()
  payload!: Record<string, unknown>;

  @TextColumn()
  state!: JobState;

  /** Smaller goes first; 0 is an emergency. */
  @IntegerColumn()
  priority!: number;

  /** How often it has been claimed; the finish must name the attempt it belongs to. */
  @IntegerColumn()
  attempt!: number;

  @IntegerColumn({ name: 'max_attempts' })
  maxAttempts!: number;

  @InstantColumn({ name: 'run_at' })
  runAt!: number;

  @InstantColumn({ name: 'lease_until', nullable: true })
  leaseUntil!: number | null;

  @TextColumn({ nullable: true })
  stage!: string | null;

  @IntegerColumn()
  percent!: number;

  @TextColumn({ nullable: true })
  reason!: string | null;

  @InstantColumn({ name: 'created_at' })
  createdAt!: number;

  @InstantColumn({ name: 'finished_at', nullable: true })
  finishedAt!: number | null;
}
