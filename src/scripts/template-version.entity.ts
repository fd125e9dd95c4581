import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, IntegerColumn, TextColumn } from '../database/schema/columns.js';

/** One text of a template, edited on screen. The highest number is in use; rows are never changed. */
@Entity('template_version')
export class TemplateVersion {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @TextColumn()
  code!: string;

  @IntegerColumn()
  n!: number;

  /** The whole file: front matter and body. */
  @TextColumn()
  source!: string;

  /** Why it was changed. */
  @TextColumn()
  note!: string;

  @InstantColumn({ name: 'created_at' })
  createdAt!: number;

  @Column({ type: 'varchar', length: 36, name: 'created_by', nullable: true })
  createdBy!: string | null;
}
