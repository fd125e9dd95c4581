import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, IntegerColumn, TextColumn } from '../../database/schema/columns.js';

/**
 * One attempt to publish, or one lookup on the page. Written before the call; a row without an outcome means that the
 * process died in it.
 */
@Entity('post_attempt')
export class PostAttempt {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36, name: 'post_id' })
  postId!: string;

  /** Of a publish attempt: the post's attempt number; of a lookup, see lookupNumber. */
  @IntegerColumn()
  n!: number;

  @TextColumn()
  kind!: 'publish' | 'lookup';

  @InstantColumn({ name: 'started_at' })
  startedAt!: number;

  @InstantColumn({ name: 'finished_at', nullable: true })
  finishedAt!: number | null;

  /** Of a publish attempt: published, refused, duplicate, not-sent, unknown. Of a lookup: found, not-found, failed. */
  @TextColumn({ nullable: true })
  outcome!: string | null;

  @TextColumn({ nullable: true })
  detail!: string | null;
}
