import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, JsonColumn, TextColumn } from '../../database/schema/columns.js';

/** How one unit, or the centre, speaks one written form. */
@Entity('lexicon_entry')
export class LexiconEntry {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  /** Null: the centre's entry, for the whole city. */
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

  /**
   * Owner, form, case rule and context combined. Unique, so that two people cannot add the same entry twice; null once
   * removed.
   */
  @TextColumn({ nullable: true })
  key!: string | null;

  @InstantColumn({ name: 'added_at' })
  addedAt!: number;

  @Column({ type: 'varchar', length: 36, name: 'added_by', nullable: true })
  addedBy!: string | null;

  @InstantColumn({ name: 'changed_at' })
  changedAt!: number;

  /** The account of the last change: addition, edit, removal or restoration. */
  @Column({ type: 'varchar', length: 36, name: 'changed_by', nullable: true })
  changedBy!: string | null;

  @InstantColumn({ name: 'removed_at', nullable: true })
  removedAt!: number | null;
}
