import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, IntegerColumn, TextColumn } from '../../database/schema/columns.js';
import type { ImageFacts } from './image-facts.js';

/**
 * The image of a manual post. Stored with the rows, so that a backup contains it; at most one per post, at most 3 MB.
 */
@Entity('post_image')
export class PostImage {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36, name: 'post_id' })
  postId!: string;

  @TextColumn()
  kind!: ImageFacts['kind'];

  @IntegerColumn()
  width!: number;

  @IntegerColumn()
  height!: number;

  @IntegerColumn()
  bytes!: number;

  /** The text alternative, for people who cannot see the image. */
  @TextColumn()
  alt!: string;

  /** base64: one form for both databases and for the backup's lines. */
  @TextColumn({ select: false })
  data!: string;

  @InstantColumn({ name: 'added_at' })
  addedAt!: number;

  @Column({ type: 'varchar', length: 36, name: 'added_by', nullable: true })
  addedBy!: string | null;
}
