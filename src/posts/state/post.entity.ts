import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, IntegerColumn, TextColumn } from '../../database/schema/columns.js';
import { type PostAdapterName } from '../graph/post-adapter.port.js';
import { type PostState } from './post.transitions.js';

@Entity('post')
export class Post {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  /** campaign|channel|version; a cancelled post releases its key. */
  @TextColumn()
  key!: string;

  @Column({ type: 'varchar', length: 36, name: 'campaign_id' })
  campaignId!: string;

  @Column({ type: 'varchar', length: 36, name: 'channel_id' })
  channelId!: string;

  @Column({ type: 'varchar', length: 36, name: 'script_version_id' })
  scriptVersionId!: string;

  @TextColumn()
  message!: string;

  @TextColumn()
  adapter!: PostAdapterName;

  /** When it should be published; lateness is measured from here. */
  @InstantColumn({ name: 'due_at' })
  dueAt!: number;

  @TextColumn()
  state!: PostState;

  /** How often it has been claimed for sending. */
  @IntegerColumn()
  attempt!: number;

  /**
   * publishing: how long the claim holds. unknown: the next lookup, null when a person decides. scheduled: not before.
   */
  @InstantColumn({ name: 'lease_until', nullable: true })
  leaseUntil!: number | null;

  @TextColumn({ name: 'external_id', nullable: true })
  externalId!: string | null;

  @TextColumn({ nullable: true })
  permalink!: string | null;

  /** Vietnamese, for the page admin. */
  @TextColumn({ nullable: true })
  reason!: string | null;

  @InstantColumn({ name: 'created_at' })
  createdAt!: number;

  @Column({ type: 'varchar', length: 36, name: 'created_by', nullable: true })
  createdBy!: string | null;

  @InstantColumn({ name: 'published_at', nullable: true })
  publishedAt!: number | null;

  /** Who published it by hand and pasted its link; null when the machine did. */
  @Column({ type: 'varchar', length: 36, name: 'published_by', nullable: true })
  publishedBy!: string | null;
}
