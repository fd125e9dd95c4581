import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, IntegerColumn, TextColumn } from '../database/schema/columns.js';

@Entity('playlist')
export class Playlist {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36, name: 'channel_id' })
  channelId!: string;

  @TextColumn()
  date!: string;

  @IntegerColumn()
  version!: number;

  @IntegerColumn()
  items!: number;

  @TextColumn()
  etag!: string;

  @TextColumn()
  json!: string;

  @TextColumn()
  m3u8!: string;

  @TextColumn()
  xspf!: string;

  /** The end of the audit before this version was published; null in versions from before it was stored. */
  @IntegerColumn({ name: 'audit_seq', nullable: true })
  auditSeq!: number | null;

  @TextColumn({ name: 'audit_hash', nullable: true })
  auditHash!: string | null;

  @InstantColumn({ name: 'published_at' })
  publishedAt!: number;
}
