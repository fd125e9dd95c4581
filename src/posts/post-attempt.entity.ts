import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, IntegerColumn, TextColumn } from '../database/columns.js';

@Entity('post_attempt')
export class PostAttempt {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36, name: 'post_id' })
  postId!: string;

  @IntegerColumn()
  n!: number;

  @TextColumn()
  kind!: 'publish' | 'lookup';

  @InstantColumn({ name: 'started_at' })
  startedAt!: number;

  @InstantColumn({ name: 'finished_at', nullable: true })
  finishedAt!: number | null;

  @TextColumn({ nullable: true })
  outcome!: string | null;

  @TextColumn({ nullable: true })
  detail!: string | null;
}
