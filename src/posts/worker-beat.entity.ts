import { Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, TextColumn } from '../database/schema/columns.js';

/** The last sign of life of those who do one kind of work, in whatever process. */
@Entity('worker_beat')
export class WorkerBeat {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @TextColumn()
  name!: string;

  /** Machine and process that gave it. */
  @TextColumn()
  worker!: string;

  @InstantColumn()
  at!: number;
}
