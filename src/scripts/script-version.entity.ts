import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, IntegerColumn, JsonColumn, TextColumn } from '../database/schema/columns.js';
import { type VersionState } from './script-version.transitions.js';

@Entity('script_version')
export class ScriptVersion {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36, name: 'script_id' })
  scriptId!: string;

  @IntegerColumn()
  n!: number;

  @TextColumn()
  title!: string;

  @TextColumn()
  body!: string;

  @JsonColumn()
  variables!: Record<string, unknown>;

  @TextColumn({ name: 'text_hash' })
  textHash!: string;

  @TextColumn()
  state!: VersionState;

  @Column({ type: 'varchar', length: 36, name: 'author_id', nullable: true })
  authorId!: string | null;

  @InstantColumn({ name: 'created_at' })
  createdAt!: number;

  @InstantColumn({ name: 'submitted_at', nullable: true })
  submittedAt!: number | null;

  @Column({ type: 'varchar', length: 36, name: 'submitted_by', nullable: true })
  submittedBy!: string | null;
}
