import { Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, TextColumn } from '../database/schema/columns.js';

/** The last heartbeat of the workers of one kind, in whatever process. */
@Entity('worker_beat')
export class WorkerBeat {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @TextColumn()
  name!: string;

  /** Machine and process that wrote it. */
  @TextColumn()
  worker!: string;

  @InstantColumn()
  at!: number;
}
