import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, IntegerColumn, TextColumn } from '../database/columns.js';
import { type PostAdapterName } from './post-adapter.port.js';
import { type PostState } from './post.transitions.js';

@Entity('post')
export class Post {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

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

  @InstantColumn({ name: 'due_at' })
  dueAt!: number;

  @TextColumn()
  state!: PostState;

  @IntegerColumn()
  attempt!: number;

  @InstantColumn({ name: 'lease_until', nullable: true })
  leaseUntil!: number | null;

  @TextColumn({ name: 'external_id', nullable: true })
  externalId!: string | null;

  @TextColumn({ nullable: true })
  permalink!: string | null;

  @TextColumn({ nullable: true })
  reason!: string | null;

  @InstantColumn({ name: 'created_at' })
  createdAt!: number;

  @Column({ type: 'varchar', length: 36, name: 'created_by', nullable: true })
  createdBy!: string | null;

  @InstantColumn({ name: 'published_at', nullable: true })
  publishedAt!: number | null;
}
