import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, JsonColumn, TextColumn } from '../../database/schema/columns.js';
import type { DecisionAnchor } from '../reading/place-decisions.js';

/** A person's decision about one written form in one script: how it is spoken there, or that it is skipped. */
@Entity('reading_decision')
export class ReadingDecision {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36, name: 'script_id' })
  scriptId!: string;

  @TextColumn()
  source!: string;

  /** '' when the form is skipped. */
  @TextColumn()
  spoken!: string;

  /** Null: every occurrence of the form in this script. */
  @JsonColumn({ nullable: true })
  anchor!: DecisionAnchor | null;

  @InstantColumn({ name: 'decided_at' })
  decidedAt!: number;

  @Column({ type: 'varchar', length: 36, name: 'decided_by', nullable: true })
  decidedBy!: string | null;

  @InstantColumn({ name: 'removed_at', nullable: true })
  removedAt!: number | null;

  @Column({ type: 'varchar', length: 36, name: 'removed_by', nullable: true })
  removedBy!: string | null;
}
