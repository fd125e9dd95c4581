import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, JsonColumn, TextColumn } from '../../database/schema/columns.js';

/** How one place says one written form. */
@Entity('lexicon_entry')
export class LexiconEntry {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  /** Null: the centre's, for the whole city. */
  @Column({ type: 'varchar', length: 36, name: 'unit_id', nullable: true })
  unitId!: string | null;

  @TextColumn()
  written!: string;

  @TextColumn()
  spoken!: string;

  @TextColumn({ name: 'match_case' })
  matchCase!: 'exact' | 'any';

  @JsonColumn()
  before!: string[];

  @JsonColumn()
  after!: string[];

  @TextColumn()
  search!: string;

  /** Owner, form, case rule and context in one; unique, so that two people cannot add one thing twice. Null once removed. */
  @TextColumn({ nullable: true })
  key!: string | null;

  @InstantColumn({ name: 'added_at' })
  addedAt!: number;

  @Column({ type: 'varchar', length: 36, name: 'added_by', nullable: true })
  addedBy!: string | null;

  @InstantColumn({ name: 'changed_at' })
  changedAt!: number;

  /** Who added, changed, removed or restored it last. */
  @Column({ type: 'varchar', length: 36, name: 'changed_by', nullable: true })
  changedBy!: string | null;

  @InstantColumn({ name: 'removed_at', nullable: true })
  removedAt!: number | null;
}
